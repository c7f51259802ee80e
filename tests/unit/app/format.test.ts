import { describe, expect, it } from 'vitest';
import { formatAge, formatBytes, formatNumber, providerName } from '../../../src/app/ui/format';

describe('formatting', () => {
  it('writes an age the coarser the older it is', () => {
    expect([512, 1230, 9949, 9950, 45_400, 99_400, 99_500, 180_000].map(formatAge)).toEqual([
      '0.5 s',
      '1.2 s',
      '9.9 s',
      '10 s',
      '45 s',
      '99 s',
      '2 min',
      '3 min',
    ]);
    expect(formatAge(Number.NaN)).toBe('–');
  });

  it('writes bytes with the unit that suits them', () => {
    expect([0, 999, 1000, 840_499, 999_500, 5_712_345, 999_949_999, 2_500_000_000].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1 kB',
      '840 kB',
      '1.0 MB',
      '5.7 MB',
      '999.9 MB',
      '2.50 GB',
    ]);
    expect(formatBytes(NaN)).toBe('–');
    expect(formatBytes(-1)).toBe('–');
  });

  it('writes a dash for a number that is not there', () => {
    expect(formatNumber(71.94, 1)).toBe('71.9');
    expect(formatNumber(12)).toBe('12');
    expect(formatNumber(NaN, 1)).toBe('–');
    expect(formatNumber(Infinity)).toBe('–');
  });

  it('names providers as people know them', () => {
    expect(['webgpu', 'wasm', 'cpu', 'remote', ''].map(providerName)).toEqual(['WebGPU', 'WASM', 'CPU', 'remote', '–']);
  });
});
