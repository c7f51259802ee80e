/** What a page shortcut does. Walking (WASD, arrows, Q, E, Shift) is not among them: see the keyboard in `src/xr`. */
export type Shortcut =
  | 'stats'
  | 'help'
  | 'settings'
  | 'visits'
  | 'lab'
  | 'compare'
  | 'debug'
  | 'new-world'
  | 'recentre'
  | 'vr'
  | 'ar'
  | 'throw'
  | 'clear-things'
  | 'picture'
  | 'close';

/** The part of a KeyboardEvent that decides. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>;

const shortcutByKey: Readonly<Record<string, Shortcut>> = {
  p: 'stats',
  '`': 'stats',
  h: 'help',
  '?': 'help',
  o: 'settings',
  k: 'visits',
  l: 'lab',
  b: 'compare',
  g: 'debug',
  n: 'new-world',
  r: 'recentre',
  v: 'vr',
  x: 'ar',
  t: 'throw',
  c: 'clear-things',
  i: 'picture',
  escape: 'close',
};

/** The same keys by place, for keyboards whose letters are not Latin and layouts where the back quote is a dead key. */
const shortcutByCode: Readonly<Record<string, Shortcut>> = {
  KeyP: 'stats',
  Backquote: 'stats',
  KeyH: 'help',
  KeyO: 'settings',
  KeyK: 'visits',
  KeyL: 'lab',
  KeyB: 'compare',
  KeyG: 'debug',
  KeyN: 'new-world',
  KeyR: 'recentre',
  KeyV: 'vr',
  KeyX: 'ar',
  KeyT: 'throw',
  KeyC: 'clear-things',
  KeyI: 'picture',
};

const walkingCodes: ReadonlySet<string> = new Set([
  'KeyW',
  'KeyA',
  'KeyS',
  'KeyD',
  'KeyQ',
  'KeyE',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
]);

/** True for a key that walks, turns or rises, by its place on the keyboard; Shift alone moves nobody. */
export function isWalkingKey(press: Pick<KeyPress, 'code' | 'ctrlKey' | 'altKey' | 'metaKey'>): boolean {
  return walkingCodes.has(press.code) && !press.ctrlKey && !press.altKey && !press.metaKey;
}

/** The shortcut that a key press means, or null. A held key acts once; a walking key is never a shortcut. */
export function shortcutFor(press: KeyPress): Shortcut | null {
  if (press.ctrlKey || press.altKey || press.metaKey || press.repeat || isWalkingKey(press)) return null;
  const key = press.key.toLowerCase();
  if (Object.hasOwn(shortcutByKey, key)) return shortcutByKey[key];
  const latin = /^[\x20-\x7e]$/.test(key);
  return latin ? null : (shortcutByCode[press.code] ?? null);
}
