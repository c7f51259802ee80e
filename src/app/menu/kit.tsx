import { Container, Text, type VanillaContainer } from '@react-three/uikit';
import { createContext, useContext, useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Vector3, type Object3D } from 'three';
import { addMenuItem } from './menu-items';
import { sounds } from '../sound/sounds';
import { printable } from './printable';

/** The page's own colours (src/app/ui/page.css). */
export const colors = {
  ink: '#f3f1ec',
  inkSoft: '#ccd0d9',
  accent: '#ecc993',
  accentInk: '#1d1609',
  danger: '#ffb3a4',
  panel: '#14161d',
  control: '#2b2e37',
  controlHover: '#454a57',
  controlActive: '#5b6170',
  line: '#4a4e59',
} as const;

/** A line of text is 30 mm high at about 1.05 m: 1.6 degrees, some 24 pixels of a headset. Nothing is smaller. */
export const textPx = 24;
export const line = '30px';
/** A target is at least 52 mm high: 2.8 degrees, for hands that tremble. */
export const targetPx = 52;

/** The group in the tracked room that a menu's panel hangs in, and whether it is shown. */
export type Board = { group: Object3D; isShown: () => boolean };
export const BoardContext = createContext<Board | null>(null);

const middle = new Vector3();

/** Tells `window.reverie.menu()` of an item while it is mounted. */
function useItem(label: string, state: string | null) {
  const board = useContext(BoardContext);
  const element = useRef<VanillaContainer>(null);
  const now = useRef({ label, state });
  useLayoutEffect(() => {
    now.current = { label, state };
  }, [label, state]);
  useEffect(
    () =>
      addMenuItem(() => {
        const globalMatrix = element.current?.globalMatrix.peek();
        if (!board?.isShown() || !globalMatrix || !element.current?.isVisible.peek()) return null;
        middle.set(0, 0, 0).applyMatrix4(globalMatrix).applyMatrix4(board.group.matrix);
        return { ...now.current, roomPosition: [middle.x, middle.y, middle.z] };
      }),
    [board],
  );
  return element;
}

type ButtonProps = {
  label: string;
  /** What scripts call it, where the words on it are not unique. */
  name?: string;
  /** Chosen or switched on. */
  isOn?: boolean;
  /** What `window.reverie.menu()` says of it; left out: 'chosen' when it is on. */
  state?: string | null;
  /** A second, softer line. */
  detail?: string;
  danger?: boolean;
  width?: number | `${number}%`;
  grow?: boolean;
  align?: 'center' | 'flex-start';
  height?: number;
  size?: number;
  onPress: () => void;
};

/** Everything that can be pressed is this. */
export function Button(props: ButtonProps) {
  const { label, name = label, isOn = false, detail, danger = false, align = 'center' } = props;
  const element = useItem(name, props.state === undefined ? (isOn ? 'chosen' : null) : props.state);
  const ink = isOn ? colors.accentInk : danger ? colors.danger : colors.ink;
  return (
    <Container
      ref={element}
      onClick={(event: { stopPropagation?: () => void }) => {
        event.stopPropagation?.();
        sounds.play('menu-click');
        props.onPress();
      }}
      pointerEvents="auto"
      flexDirection="column"
      flexShrink={0}
      flexGrow={props.grow ? 1 : 0}
      flexBasis={props.grow ? 0 : undefined}
      width={props.width}
      minHeight={props.height ?? targetPx}
      paddingX={props.grow ? 6 : 14}
      justifyContent="center"
      alignItems={align}
      borderRadius={12}
      backgroundColor={isOn ? colors.accent : colors.control}
      hover={{ backgroundColor: isOn ? '#f6dfb8' : colors.controlHover }}
      active={{ backgroundColor: isOn ? '#fff2da' : colors.controlActive }}
    >
      <Text pointerEvents="none" color={ink} fontSize={props.size ?? textPx} lineHeight={line}>
        {printable(label)}
      </Text>
      {detail !== undefined && (
        <Text pointerEvents="none" color={isOn ? colors.accentInk : colors.inkSoft} fontSize={22} lineHeight={line}>
          {printable(detail)}
        </Text>
      )}
    </Container>
  );
}

/** A label on the left and its control on the right. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Container flexDirection="row" alignItems="center" gap={12} width="100%" flexShrink={0}>
      <Text width={172} flexShrink={0} color={colors.ink} fontSize={textPx} lineHeight={line}>
        {label}
      </Text>
      <Container flexDirection="row" flexGrow={1} flexBasis={0} gap={8} alignItems="center">
        {children}
      </Container>
    </Container>
  );
}

type Choice<T extends string> = { value: T; label: string };
type ChoicesProps<T extends string> = { legend: string; choices: readonly Choice<T>[]; value: T; onChange: (value: T) => void };

/** One of a few, side by side. */
export function Choices<T extends string>({ legend, choices, value, onChange }: ChoicesProps<T>) {
  return (
    <>
      {choices.map((choice) => (
        <Button
          key={choice.value}
          grow
          label={choice.label}
          name={`${legend}: ${choice.label}`}
          isOn={choice.value === value}
          onPress={() => onChange(choice.value)}
        />
      ))}
    </>
  );
}

export function ChoiceRow<T extends string>(props: ChoicesProps<T>) {
  return (
    <Row label={props.legend}>
      <Choices {...props} />
    </Row>
  );
}

/** On or off. */
export function SwitchRow({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Row label={label}>
      <Button grow label="On" name={`${label}: on`} isOn={value} onPress={() => onChange(true)} />
      <Button grow label="Off" name={`${label}: off`} isOn={!value} onPress={() => onChange(false)} />
    </Row>
  );
}

type StepperProps = { label: string; value: number; min: number; max: number; step: number; shows: string; onChange: (value: number) => void };

/** A number by steps: a slider would want a hand that rests. */
export function StepperRow({ label, value, min, max, step, shows, onChange }: StepperProps) {
  // In whole steps from nought, so that 0.1 + 0.2 is 0.3.
  const to = (steps: number): void => onChange(Math.min(max, Math.max(min, Number((Math.round(value / step + steps) * step).toFixed(6)))));
  return (
    <Row label={label}>
      <Button width={96} label="-" name={`${label}: less`} state={shows} size={34} onPress={() => to(-1)} />
      <Container flexGrow={1} flexBasis={0} justifyContent="center" alignItems="center">
        <Text color={colors.ink} fontSize={26} lineHeight={line} textAlign="center">
          {shows}
        </Text>
      </Container>
      <Button width={96} label="+" name={`${label}: more`} state={shows} size={34} onPress={() => to(1)} />
    </Row>
  );
}

/** A softer sentence. */
export function Hint({ children }: { children: string }) {
  return (
    <Text color={colors.inkSoft} fontSize={22} lineHeight={line} width="100%" flexShrink={0}>
      {printable(children)}
    </Text>
  );
}

/** A page's content, from above to below. */
export function Column({ children, gap = 10 }: { children: ReactNode; gap?: number }) {
  return (
    <Container flexDirection="column" width="100%" gap={gap}>
      {children}
    </Container>
  );
}
