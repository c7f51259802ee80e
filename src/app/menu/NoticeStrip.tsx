import { Container, Text } from '@react-three/uikit';
import { useStore } from 'zustand';
import { appStore, dismiss, type Notice } from '../store';
import { Button, colors, line } from './kit';
import { printable } from './printable';

const inkOf: Readonly<Record<Notice['level'], string>> = { error: colors.danger, warning: colors.accent, info: colors.ink };
const weight: Readonly<Record<Notice['level'], number>> = { error: 2, warning: 1, info: 0 };

/** The sentence that matters most now, the newest of them: errors first, and of those what a press can mend. */
export function foremost(notices: readonly Notice[]): Notice | null {
  let best: Notice | null = null;
  const rank = (notice: Notice): number => 2 * weight[notice.level] + (notice.level === 'error' && notice.action ? 1 : 0);
  for (const notice of notices) if (!best || rank(notice) >= rank(best)) best = notice;
  return best;
}

/** What the page says in its notices, inside the menu: what an item did is answered where it was pressed. */
export function NoticeStrip() {
  const notice = useStore(appStore, (state) => foremost(state.notices));
  if (!notice) return null;
  const { action } = notice;
  return (
    <Container
      flexDirection="row"
      alignItems="center"
      gap={8}
      width="100%"
      flexShrink={0}
      backgroundColor="#22252e"
      borderRadius={12}
      padding={8}
      paddingLeft={14}
    >
      <Text flexGrow={1} flexBasis={0} color={inkOf[notice.level]} fontSize={22} lineHeight={line}>
        {printable(notice.text)}
      </Text>
      {action && <Button label={action.label} name={`Notice: ${action.label}`} onPress={action.run} />}
      <Button label="OK" name="Notice: dismiss" onPress={() => dismiss(notice.id)} />
    </Container>
  );
}
