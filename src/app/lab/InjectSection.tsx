import { useStore } from 'zustand';
import type { Commands } from '../commands';
import { defaultOptions, type Options } from '../options';
import { appStore } from '../store';
import { SliderField, TextField } from '../ui/fields';
import { applyOptions } from '../ui/apply-options';
import { optionChecks } from '../validate-options';
import { injectionSliders, nearestStop, type InjectionName } from './injection-sliders';

const injected: readonly (InjectionName | 'latencySeed')[] = [...injectionSliders.map(({ name }) => name), 'latencySeed'];

/** Makes the link and the model worse on purpose; the same seed repeats the same bad luck. */
export function InjectSection({ commands }: { commands: Commands }) {
  const options = useStore(appStore, (state) => state.options);
  const apply = (change: Partial<Options>): string | null => applyOptions(commands, change);
  const isClean = injected.every((name) => options[name] === defaultOptions[name]);
  return (
    <>
      <div className="lab-sliders">
        {injectionSliders.map(({ name, label, stops, shows }) => (
          <SliderField
            key={name}
            label={label}
            min={0}
            max={stops.length - 1}
            step={1}
            value={nearestStop(stops, options[name])}
            shows={shows(options[name])}
            onChange={(stop) => apply({ [name]: stops[stop] })}
          />
        ))}
      </div>
      <div className="field-line">
        <TextField
          label="Seed"
          inputMode="numeric"
          value={String(options.latencySeed)}
          onCommit={(text) => apply({ latencySeed: optionChecks.latencySeed.fromText(text) as number })}
        />
        <button
          type="button"
          className="button button-quiet"
          aria-disabled={isClean}
          onClick={() => apply(Object.fromEntries(injected.map((name) => [name, defaultOptions[name]])))}
        >
          Reset
        </button>
      </div>
    </>
  );
}
