import { optionChecks } from '../../validate-options';
import { ChoiceField, TextField } from '../fields';
import { presets, providers, qualities } from '../settings-choices';
import type { SectionProps } from './section';
import { SwitchField } from './SwitchField';

/** What the model runs on and how fast. */
export function ModelSection({ options, apply }: SectionProps) {
  const applyText = (name: 'modelHz' | 'addLatencyMs') => (text: string) => apply({ [name]: optionChecks[name].fromText(text) });
  return (
    <>
      <h3>Model</h3>
      <ChoiceField legend="Runs on" choices={providers} value={options.provider} onChange={(provider) => apply({ provider })} />
      <ChoiceField legend="Quality" choices={qualities} value={options.quality} onChange={(quality) => apply({ quality })} />
      <ChoiceField legend="Detail for" choices={presets} value={options.preset} onChange={(preset) => apply({ preset })} compact />
      <TextField
        label="At most"
        inputMode="decimal"
        unit="steps/s"
        value={String(options.modelHz)}
        onCommit={applyText('modelHz')}
      />
      <TextField
        label="Added latency"
        inputMode="decimal"
        unit="ms"
        value={String(options.addLatencyMs)}
        onCommit={applyText('addLatencyMs')}
      />
      <SwitchField label="Keep a trace of every frame" value={options.trace} onChange={(trace) => apply({ trace })} />
    </>
  );
}
