import { describe, expect, test } from 'vitest';
import { nextVignette } from '../../../src/xr/comfort';

function after(seconds: number, speedMps: number, turnRadPerS: number, amount: number, start = 0): number {
  let strength = start;
  for (let i = 0; i < seconds * 72; i++) strength = nextVignette(strength, speedMps, turnRadPerS, amount, 1 / 72);
  return strength;
}

describe('the vignette', () => {
  test('closes to the chosen amount within a third of a second of walking', () => {
    expect(after(0.33, 1.6, 0, 0.5)).toBeGreaterThan(0.48);
    expect(after(5, 1.6, 0, 0.5)).toBeCloseTo(0.5, 3);
  });

  test('closes for turning in either direction too', () => {
    expect(after(1, 0, -1.5, 1)).toBeGreaterThan(0.95);
  });

  test('opens more slowly than it closes, and then is truly gone', () => {
    const opening = after(0.2, 0, 0, 1, 1);
    const closing = after(0.2, 1.6, 0, 1);
    expect(1 - opening).toBeLessThan(closing);
    expect(after(4, 0, 0, 1, 1)).toBe(0);
  });

  test('stays away when it is switched off or nothing moves', () => {
    expect(after(1, 3.2, 1.5, 0)).toBe(0);
    expect(after(1, 0.1, 0.1, 1)).toBe(0);
  });

  test('does not depend on the display rate', () => {
    let slow = 0;
    for (let i = 0; i < 6; i++) slow = nextVignette(slow, 1.6, 0, 1, 1 / 30);
    let fast = 0;
    for (let i = 0; i < 24; i++) fast = nextVignette(fast, 1.6, 0, 1, 1 / 120);
    expect(fast).toBeCloseTo(slow, 9);
  });
});
