import { useStore } from 'zustand';
import { appStore } from '../../store';
import { handed, seatedWords, turns, vignetteWords, walkWords } from '../../ui/settings-choices';
import { optionLimits } from '../../validate-options';
import { ChoiceRow, Column, StepperRow, SwitchRow } from '../kit';
import { useMenuHost } from '../menu-host';

/** What is comfortable for the body. */
export function ComfortPage() {
  const { commands } = useMenuHost();
  const options = useStore(appStore, (state) => state.options);
  return (
    <Column>
      <ChoiceRow legend="Turning" choices={turns} value={options.turn} onChange={(turn) => commands.set({ turn })} />
      <StepperRow
        label="Vignette"
        {...optionLimits.vignette}
        step={0.1}
        value={options.vignette}
        shows={vignetteWords(options.vignette)}
        onChange={(vignette) => commands.set({ vignette })}
      />
      <StepperRow
        label="Walking speed"
        {...optionLimits.walkSpeed}
        step={0.2}
        value={options.walkSpeed}
        shows={walkWords(options.walkSpeed)}
        onChange={(walkSpeed) => commands.set({ walkSpeed })}
      />
      <StepperRow
        label="Seated height"
        {...optionLimits.seatedHeightM}
        step={0.1}
        value={options.seatedHeightM}
        shows={seatedWords(options.seatedHeightM)}
        onChange={(seatedHeightM) => commands.set({ seatedHeightM })}
      />
      <ChoiceRow legend="Throwing hand" choices={handed} value={options.hand} onChange={(hand) => commands.set({ hand })} />
      <SwitchRow label="Walls stop you" value={options.collide} onChange={(collide) => commands.set({ collide })} />
    </Column>
  );
}
