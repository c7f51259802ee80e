import { ChoiceField } from '../fields';
import { thingChoiceList, toolChoiceList } from '../settings-choices';
import type { SectionProps } from './section';
import { SwitchField } from './SwitchField';

/** What the hands do, and what is heard. */
export function ThingsSection({ options, apply }: SectionProps) {
  return (
    <>
      <h3>Things and sound</h3>
      <ChoiceField
        legend="Trigger or pinch in a headset"
        choices={toolChoiceList}
        value={options.tool}
        onChange={(tool) => apply({ tool })}
        compact
      />
      <ChoiceField legend="What is thrown" choices={thingChoiceList} value={options.thing} onChange={(thing) => apply({ thing })} />
      <SwitchField label="Sound" value={options.sound} onChange={(sound) => apply({ sound })} />
      <SwitchField label="Captions for sounds" value={options.captions} onChange={(captions) => apply({ captions })} />
    </>
  );
}
