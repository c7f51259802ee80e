import { optionChecks } from '../../validate-options';
import { ChoiceField, TextField } from '../fields';
import { hours, palettes } from '../settings-choices';
import type { SectionProps } from './section';

/** What the world looks like. */
export function WorldSection({ options, apply }: SectionProps) {
  return (
    <>
      <h3>World</h3>
      <ChoiceField
        legend="Colours"
        choices={palettes}
        value={options.palette}
        onChange={(palette) => apply({ palette })}
        compact
      />
      <ChoiceField legend="Time of day" choices={hours} value={options.hour} onChange={(hour) => apply({ hour })} compact />
      <TextField
        label="World seed"
        inputMode="numeric"
        value={String(options.seed)}
        onCommit={(text) => apply({ seed: optionChecks.seed.fromText(text) as number })}
      />
    </>
  );
}
