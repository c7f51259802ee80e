import type { Commands } from '../commands';
import { defaultOptions } from '../options';
import { appStore, dismiss, notify } from '../store';
import { savedPart } from './keep-settings';
import { settingsShelf, type SettingsShelf } from './settings-shelf';

/** Every setting that is saved becomes what it was in the beginning; one button brings the visitor's own back. */
export function resetSettings(commands: Pick<Commands, 'set'>, shelf: SettingsShelf = settingsShelf()): void {
  const before = savedPart(appStore.getState().options);
  // What is saved but overruled by the address does not change now, so nobody else would forget it.
  shelf.clear();
  commands.set(savedPart(defaultOptions));
  notify({
    id: 'settings-reset',
    level: 'info',
    text: 'The settings are as they were in the beginning.',
    action: {
      label: 'Undo',
      run: () => {
        dismiss('settings-reset');
        commands.set(before);
      },
    },
  });
}
