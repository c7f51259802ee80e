import { optionLimits } from '../../validate-options';
import { ChoiceField, SliderField } from '../fields';
import { arCutChoices, arFormChoices, scaleWords } from '../settings-choices';
import type { SectionProps } from './section';
import { SwitchField } from './SwitchField';

/** How the world stands in the visitor's room. */
export function RoomSection({ options, apply }: SectionProps) {
  return (
    <>
      <h3>In your room (AR)</h3>
      <ChoiceField
        legend="Form"
        choices={arFormChoices}
        value={options.arForm}
        onChange={(arForm) => apply({ arForm })}
        compact
      />
      <SliderField
        label="Scale of the diorama"
        {...optionLimits.arScale}
        step={1}
        value={options.arScale}
        shows={scaleWords(options.arScale)}
        onChange={(arScale) => apply({ arScale })}
      />
      <ChoiceField
        legend="Outline of the diorama"
        choices={arCutChoices}
        value={options.arCut}
        onChange={(arCut) => apply({ arCut })}
      />
      <SwitchField
        label="Real things hide the dream, where the headset measures depth"
        value={options.arOcclusion}
        onChange={(arOcclusion) => apply({ arOcclusion })}
      />
    </>
  );
}
