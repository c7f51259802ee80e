import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Commands } from '../commands';
import type { ReprojectionMode } from '../../reproject/modes';
import type { Options, Quality } from '../options';
import { appStore } from '../store';
import { optionChecks, optionLimits, validateOptions } from '../validate-options';
import { askToOpen, toggleSettings } from './ask';
import { ChoiceField, SliderField, TextField, type Choice } from './fields';
import { CloseIcon } from './icons';

const reprojections: readonly Choice<ReprojectionMode>[] = [
  { value: 'off', label: 'Off', explains: 'The last frame as it is: the world lags and swims behind your head.' },
  { value: 'rotation', label: 'Rotation', explains: 'Turned for your head: looking is steady, walking is not.' },
  { value: 'mesh', label: 'Mesh', explains: 'Rebuilt in 3D from depth: steady for both, with parallax and stereo.' },
];
const qualityChoices: readonly Choice<Quality>[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
];
const providers: readonly Choice<Options['provider']>[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'WASM' },
];
const turns: readonly Choice<Options['turn']>[] = [
  { value: 'snap', label: 'Snap 30°' },
  { value: 'smooth', label: 'Smooth' },
];

/** Everything a visitor can set. Not modal: the world stays in view and in reach while it changes. */
export function SettingsPanel({ commands }: { commands: Commands }) {
  const options = useStore(appStore, (state) => state.options);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = panel.current;
    element?.focus();
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('settings-button')?.focus();
    };
  }, []);

  /** Null when it was taken, else the sentence that says why not. */
  const apply = (change: Partial<Options>): string | null => {
    try {
      commands.set(validateOptions(change));
      return null;
    } catch (error) {
      if (error instanceof RangeError) return error.message;
      throw error;
    }
  };
  const applyText = (name: 'seed' | 'modelHz' | 'addLatencyMs') => (text: string) =>
    apply({ [name]: optionChecks[name].fromText(text) });

  return (
    <section className="panel settings" aria-labelledby="settings-title" ref={panel} tabIndex={-1}>
      <div className="panel-head">
        <h2 id="settings-title">Settings</h2>
        <button type="button" className="icon-button" aria-label="Close settings" onClick={toggleSettings}>
          <CloseIcon />
        </button>
      </div>
      <div className="settings-body">
        <ChoiceField
          legend="Between two frames of the model"
          choices={reprojections}
          value={options.reprojection}
          onChange={(reprojection) => apply({ reprojection })}
        />
        <h3>Comfort</h3>
        <ChoiceField legend="Turning" choices={turns} value={options.turn} onChange={(turn) => apply({ turn })} />
        <SliderField
          label="Vignette while moving in VR"
          {...optionLimits.vignette}
          step={0.05}
          value={options.vignette}
          shows={options.vignette === 0 ? 'Off' : `${Math.round(options.vignette * 100)} %`}
          onChange={(vignette) => apply({ vignette })}
        />
        <SliderField
          label="Walking speed"
          {...optionLimits.walkSpeed}
          step={0.1}
          value={options.walkSpeed}
          shows={`${options.walkSpeed.toFixed(1)} m/s`}
          onChange={(walkSpeed) => apply({ walkSpeed })}
        />
        <h3>Model</h3>
        <TextField label="World seed" inputMode="numeric" value={String(options.seed)} onCommit={applyText('seed')} />
        <ChoiceField
          legend="Runs on"
          choices={providers}
          value={options.provider}
          onChange={(provider) => apply({ provider })}
        />
        <ChoiceField
          legend="Quality"
          choices={qualityChoices}
          value={options.quality}
          onChange={(quality) => apply({ quality })}
        />
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
        <label className="check">
          <input
            type="checkbox"
            checked={options.trace}
            onChange={(event) => apply({ trace: event.currentTarget.checked })}
          />
          Keep a trace of every frame
        </label>
        <TextField
          label="Open a package"
          inputMode="url"
          placeholder="https://…/manifest.json"
          value=""
          onCommit={(text) => {
            const address = text.trim();
            if (address === '') return null;
            try {
              validateOptions({ world: address });
            } catch (error) {
              return error instanceof RangeError ? error.message : String(error);
            }
            askToOpen(commands, address);
            return null;
          }}
        />
      </div>
    </section>
  );
}
