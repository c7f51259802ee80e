/** The key under which the settings stand in the browser. */
export const settingsKey = 'reverie.settings';

/** Where settings are kept. No method throws: private windows, full disks and blocked storage are part of life. */
export type SettingsShelf = {
  /** Null: nothing is there, or it may not be read. */
  read(): string | null;
  /** @returns whether it is kept now */
  write(text: string): boolean;
  clear(): void;
};

/** @param storage asked for at each use: where it is blocked, even its name throws */
export function settingsShelf(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = () => localStorage): SettingsShelf {
  return {
    read() {
      try {
        return storage().getItem(settingsKey);
      } catch {
        return null;
      }
    },
    write(text) {
      try {
        storage().setItem(settingsKey, text);
        return true;
      } catch {
        return false;
      }
    },
    clear() {
      try {
        storage().removeItem(settingsKey);
      } catch {
        // Nothing could be written there either.
      }
    },
  };
}
