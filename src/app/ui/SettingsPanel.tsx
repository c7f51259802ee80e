import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Commands } from '../commands';
import type { Options } from '../options';
import { resetSettings } from '../settings/reset-settings';
import { appStore } from '../store';
import { applyOptions } from './apply-options';
import { toggleSettings } from './ask';
import { CloseIcon } from './icons';
import { ComfortSection } from './settings/ComfortSection';
import { ModelSection } from './settings/ModelSection';
import { PackageField } from './settings/PackageField';
import { PictureSection } from './settings/PictureSection';
import { RoomSection } from './settings/RoomSection';
import { ThingsSection } from './settings/ThingsSection';
import { WorldSection } from './settings/WorldSection';

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

  const section = { options, apply: (change: Partial<Options>): string | null => applyOptions(commands, change) };

  return (
    <section className="panel settings" aria-labelledby="settings-title" ref={panel} tabIndex={-1}>
      <div className="panel-head">
        <h2 id="settings-title">Settings</h2>
        <button type="button" className="icon-button" aria-label="Close settings" onClick={toggleSettings}>
          <CloseIcon />
        </button>
      </div>
      <div className="settings-body">
        <PictureSection {...section} />
        <WorldSection {...section} />
        <ComfortSection {...section} />
        <ThingsSection {...section} />
        <RoomSection {...section} />
        <ModelSection {...section} />
        <PackageField commands={commands} />
        <p className="field-hint">
          What is about you and your device is kept in this browser for the next visit. An address that says otherwise goes
          before it.
        </p>
        <button type="button" className="button button-quiet" onClick={() => resetSettings(commands)}>
          Reset settings
        </button>
      </div>
    </section>
  );
}
