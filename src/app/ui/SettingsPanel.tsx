import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Commands } from '../commands';
import type { Options } from '../options';
import { appStore } from '../store';
import { optionChecks, optionLimits, validateOptions } from '../validate-options';
import { applyOptions } from './apply-options';
import { askToOpen, toggleSettings } from './ask';
import { ChoiceField, SliderField, TextField } from './fields';
import { CloseIcon } from './icons';
import { debugChoices, edges, hours, palettes, presets, providers, qualities, reprojections, turns } from './settings-choices';

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

  const apply = (change: Partial<Options>): string | null => applyOptions(commands, change);
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
        <ChoiceField
          legend="Outlines"
          choices={edges}
          value={options.edges}
          onChange={(chosen) => apply({ edges: chosen })}
          compact
        />
        <ChoiceField
          legend="See how it is made"
          choices={debugChoices}
          value={options.debug}
          onChange={(debug) => apply({ debug })}
          compact
        />
        <h3>World</h3>
        <ChoiceField
          legend="Colours"
          choices={palettes}
          value={options.palette}
          onChange={(palette) => apply({ palette })}
          compact
        />
        <ChoiceField
          legend="Time of day"
          choices={hours}
          value={options.hour}
          onChange={(hour) => apply({ hour })}
          compact
        />
        <TextField label="World seed" inputMode="numeric" value={String(options.seed)} onCommit={applyText('seed')} />
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
        <ChoiceField
          legend="Runs on"
          choices={providers}
          value={options.provider}
          onChange={(provider) => apply({ provider })}
        />
        <ChoiceField
          legend="Quality"
          choices={qualities}
          value={options.quality}
          onChange={(quality) => apply({ quality })}
        />
        <ChoiceField
          legend="Detail for"
          choices={presets}
          value={options.preset}
          onChange={(preset) => apply({ preset })}
          compact
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
