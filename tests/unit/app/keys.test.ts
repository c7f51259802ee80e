import { describe, expect, it } from 'vitest';
import { isWalkingKey, shortcutFor, type KeyPress, type Shortcut } from '../../../src/app/keys';

function press(key: string, code: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code, ctrlKey: false, altKey: false, metaKey: false, repeat: false, ...more };
}

const walking = ['KeyW', 'KeyA', 'KeyS', 'KeyD', 'KeyQ', 'KeyE', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

describe('shortcuts', () => {
  it.each<[string, string, Shortcut]>([
    ['p', 'KeyP', 'stats'],
    ['P', 'KeyP', 'stats'],
    ['`', 'Backquote', 'stats'],
    ['Dead', 'Backquote', 'stats'],
    ['h', 'KeyH', 'help'],
    ['?', 'Slash', 'help'],
    ['?', 'Minus', 'help'],
    ['o', 'KeyO', 'settings'],
    ['g', 'KeyG', 'debug'],
    ['п', 'KeyG', 'debug'],
    ['n', 'KeyN', 'new-world'],
    ['r', 'KeyR', 'recentre'],
    ['v', 'KeyV', 'vr'],
    ['м', 'KeyV', 'vr'],
    ['x', 'KeyX', 'ar'],
    ['Escape', 'Escape', 'close'],
  ])('%s at %s means %s', (key, code, shortcut) => {
    expect(shortcutFor(press(key, code))).toBe(shortcut);
  });

  it('leave keys with Control, Alt or Command to the browser', () => {
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey'] as const) {
      expect(shortcutFor(press('p', 'KeyP', { [modifier]: true }))).toBeNull();
      expect(isWalkingKey(press('w', 'KeyW', { [modifier]: true }))).toBe(false);
    }
  });

  it('act once for a held key', () => {
    expect(shortcutFor(press('p', 'KeyP', { repeat: true }))).toBeNull();
  });

  it('are never walking keys, even where a layout puts their letters there', () => {
    for (const code of walking) {
      expect(isWalkingKey(press('', code))).toBe(true);
      for (const key of ['p', 'h', 'o', 'g', 'n', 'r', 'v', '?', '`']) expect(shortcutFor(press(key, code))).toBeNull();
    }
  });

  it('follow the letter, not the place, on Latin layouts', () => {
    // Dvorak writes "r" where QWERTY writes "o", and "l" where it writes "p".
    expect(shortcutFor(press('r', 'KeyO'))).toBe('recentre');
    expect(shortcutFor(press('l', 'KeyP'))).toBe('lab');
  });

  it('say nothing to other keys', () => {
    for (const [key, code] of [['Tab', 'Tab'], ['Enter', 'Enter'], [' ', 'Space'], ['Shift', 'ShiftLeft'], ['z', 'KeyZ']]) {
      expect(shortcutFor(press(key, code))).toBeNull();
    }
    expect(isWalkingKey(press('Shift', 'ShiftLeft'))).toBe(false);
  });
});
