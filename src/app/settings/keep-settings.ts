import { labStore } from '../lab/lab-store';
import type { Options } from '../options';
import { appStore, notify } from '../store';
import { pageStore } from '../ui/page-state';
import { isSaved, readSettings, savedOptions, writeSettings, type SavedOption } from './saved-settings';
import type { SettingsShelf } from './settings-shelf';

/** The saved options, to be put over the defaults and below the address. Says what could not be used. */
export function loadSettings(shelf: SettingsShelf): Partial<Options> {
  const { options, problems } = readSettings(shelf.read());
  if (problems.length > 0) notify({ id: 'settings', level: 'warning', text: problems.join(' ') });
  return options;
}

/**
 * Saves each setting in the moment in which it changes, and only that one: what the address asks for is meant for one
 * visit, and another tab may have saved something else meanwhile. @returns stop
 */
export function keepSettings(shelf: SettingsShelf): () => void {
  let hasComplained = false;
  return appStore.subscribe(({ options }, before) => {
    if (options === before.options) return;
    const changed = savedOptions.filter((name) => options[name] !== before.options[name] && !isExperiment(name));
    if (changed.length === 0) return;
    const kept: Record<string, unknown> = { ...readSettings(shelf.read()).options };
    for (const name of changed) kept[name] = options[name];
    if (shelf.write(writeSettings(kept)) || hasComplained) return;
    hasComplained = true;
    notify({
      id: 'settings-kept',
      level: 'info',
      text: 'This browser does not let the page keep settings (a private window, or no room); they hold until you close it.',
    });
  });
}

/** The lab goes through the modes to compare them; that is nobody's choice. */
function isExperiment(name: SavedOption): boolean {
  if (labStore.getState().suite !== null) return true;
  return name === 'reprojection' && (labStore.getState().inHeadset || pageStore.getState().labOpen);
}

/** The names of `options` that are saved, with their values. */
export function savedPart(options: Options): Partial<Options> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => isSaved(name)));
}
