import { describe, expect, test } from 'vitest';
import { impactStrength, pitchOf, soundNames, soundRecipes } from '../../../../src/app/sound/sound-recipes';
import { synthesise } from '../../../../src/app/sound/synth';

const sampleRateHz = 48_000;

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

describe.each(soundNames)('the sound "%s"', (name) => {
  const recipe = soundRecipes[name];
  const samples = synthesise(recipe, sampleRateHz, 1);

  test('is as long as its recipe says, and short', () => {
    expect(samples.length).toBe(Math.round(recipe.lengthS * sampleRateHz));
    expect(recipe.lengthS).toBeLessThanOrEqual(0.5);
  });

  test('never clips, and is loud enough to be heard', () => {
    const largest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(largest).toBeCloseTo(recipe.peak, 5);
    expect(largest).toBeLessThanOrEqual(0.95);
    expect(rms(samples)).toBeGreaterThan(0.005);
  });

  test('has no constant part', () => {
    const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    expect(Math.abs(mean)).toBeLessThan(1e-3 * rms(samples));
  });

  test('begins and ends in silence', () => {
    expect(Math.abs(samples[0]!)).toBeLessThan(1e-3);
    expect(Math.abs(samples.at(-1)!)).toBeLessThan(1e-3);
    const tail = samples.subarray(Math.floor(samples.length * 0.9));
    const loudest = samples.subarray(0, Math.floor(samples.length * 0.6));
    expect(rms(tail)).toBeLessThan(0.2 * rms(loudest));
  });

  test('is the same for the same seed, and another for another', () => {
    const isSame = (seed: number): boolean => synthesise(recipe, sampleRateHz, seed).every((sample, i) => sample === samples[i]);
    expect(isSame(1)).toBe(true);
    expect(isSame(2)).toBe(false);
  });
});

test('small things sound higher, and what only rolls is not heard', () => {
  expect(pitchOf(0.05)).toBeGreaterThan(pitchOf(0.11));
  expect(pitchOf(1e-9)).toBeLessThanOrEqual(2);
  expect(impactStrength(0.4)).toBe(0);
  expect(impactStrength(2)).toBeGreaterThan(0);
  expect(impactStrength(4)).toBeGreaterThan(impactStrength(2));
  expect(impactStrength(100)).toBe(1);
});
