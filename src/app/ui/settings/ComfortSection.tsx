import { optionLimits } from '../../validate-options';
import { ChoiceField, SliderField } from '../fields';
import { handed, seatedWords, turns, vignetteWords, walkWords } from '../settings-choices';
import type { SectionProps } from './section';
import { SwitchField } from './SwitchField';

/** What is comfortable for the body. */
export function ComfortSection({ options, apply }: SectionProps) {
  return (
    <>
      <h3>Comfort</h3>
      <ChoiceField legend="Turning" choices={turns} value={options.turn} onChange={(turn) => apply({ turn })} />
      <SliderField
        label="Vignette while moving in VR"
        {...optionLimits.vignette}
        step={0.05}
        value={options.vignette}
        shows={vignetteWords(options.vignette)}
        onChange={(vignette) => apply({ vignette })}
      />
      <SliderField
        label="Walking speed"
        {...optionLimits.walkSpeed}
        step={0.1}
        value={options.walkSpeed}
        shows={walkWords(options.walkSpeed)}
        onChange={(walkSpeed) => apply({ walkSpeed })}
      />
      <SliderField
        label="Seated height in VR"
        {...optionLimits.seatedHeightM}
        step={0.05}
        value={options.seatedHeightM}
        shows={seatedWords(options.seatedHeightM)}
        onChange={(seatedHeightM) => apply({ seatedHeightM })}
      />
      <ChoiceField
        legend="Hand that turns, aims and throws"
        choices={handed}
        value={options.hand}
        onChange={(hand) => apply({ hand })}
      />
      <SwitchField label="Walls stop you" value={options.collide} onChange={(collide) => apply({ collide })} />
    </>
  );
}
