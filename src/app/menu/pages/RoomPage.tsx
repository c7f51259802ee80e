import { useStore } from 'zustand';
import { arCommands } from '../../ar/ar-commands';
import { appStore, type ArState } from '../../store';
import { arCutChoices, arFormChoices, scaleWords } from '../../ui/settings-choices';
import { optionLimits } from '../../validate-options';
import { Button, ChoiceRow, Column, Hint, Row, StepperRow, SwitchRow } from '../kit';
import { useMenuHost } from '../menu-host';
import { closeMenu } from '../menu-store';

const turnRad = Math.PI / 12;
const sizeFactor = 1.15;

/** How the world stands in the visitor's room: AR only. */
export function RoomPage() {
  const { commands } = useMenuHost();
  const options = useStore(appStore, (state) => state.options);
  const ar = useStore(appStore, (state) => state.ar);
  const form = arFormChoices.find(({ value }) => value === options.arForm);
  return (
    <Column gap={8}>
      <ChoiceRow legend="Form" choices={arFormChoices} value={options.arForm} onChange={(arForm) => commands.set({ arForm })} />
      <Hint>{form?.explains ?? ''}</Hint>
      <Row label="Place">
        <Button
          grow
          label="Place again"
          onPress={() => {
            arCommands.place();
            // It follows the hand now, and the menu would be in its way.
            closeMenu();
          }}
        />
        <Button grow label="Best place" onPress={arCommands.reset} />
      </Row>
      <Row label="Turn">
        <Button grow label="Left" name="Turn: left" onPress={() => arCommands.turnBy(turnRad)} />
        <Button grow label="Right" name="Turn: right" onPress={() => arCommands.turnBy(-turnRad)} />
      </Row>
      {options.arForm === 'window' && (
        <Row label="Size">
          <Button grow label="Smaller" onPress={() => arCommands.scaleBy(1 / sizeFactor)} />
          <Button grow label="Larger" onPress={() => arCommands.scaleBy(sizeFactor)} />
        </Row>
      )}
      {options.arForm === 'diorama' && (
        <>
          <StepperRow
            label="Scale"
            {...optionLimits.arScale}
            step={5}
            value={options.arScale}
            shows={scaleWords(options.arScale)}
            onChange={(arScale) => commands.set({ arScale })}
          />
          <ChoiceRow legend="Outline" choices={arCutChoices} value={options.arCut} onChange={(arCut) => commands.set({ arCut })} />
        </>
      )}
      <SwitchRow label="Real depth" value={options.arOcclusion} onChange={(arOcclusion) => commands.set({ arOcclusion })} />
      <Hint>{depthSentence(ar?.depth ?? 'none', options.arOcclusion)}</Hint>
    </Column>
  );
}

/** What hides the dream, as far as this headset can. */
export function depthSentence(depth: ArState['depth'], isWanted: boolean): string {
  if (depth === 'none') return 'This headset gives no depth: nothing real hides the dream.';
  return isWanted ? `Real things hide the dream: ${depth} depth.` : `Real things do not hide the dream, though this headset could (${depth} depth).`;
}
