import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { contextSize } from '../../../workers/imagine/context';
import { blockRandom, drawBlocks, drawChoice } from '../../../workers/imagine/sampler';
import { decodeBlock } from '../../../workers/imagine/tokens';
import { HashModel } from './hash-model';

const share = (temperature: number, allowed: number[], wanted: number): number => {
  const random = createRandom(5);
  const logits = Float32Array.from([9, 0, Math.log(3), 1]);
  let hits = 0;
  for (let k = 0; k < 20_000; k++) {
    if (drawChoice(logits, 1, 3, Uint8Array.from(allowed), temperature, random()) === wanted) hits++;
  }
  return hits / 20_000;
};

describe('drawing a choice', () => {
  test('choices come as often as their chances say, forbidden ones never', () => {
    expect(share(1, [1, 1, 0], 1)).toBeCloseTo(0.75, 1);
    expect(share(1, [1, 1, 0], 2)).toBe(0);
    expect(share(1, [0, 0, 1], 2)).toBe(1);
    const total = 1 + 3 + Math.E;
    expect(Math.abs(share(1, [1, 1, 1], 2) - Math.E / total)).toBeLessThan(0.02);
  });

  test('a low temperature prefers the likely, zero takes the likeliest', () => {
    expect(Math.abs(share(0.5, [1, 1, 0], 1) - 0.9)).toBeLessThan(0.02);
    expect(share(0, [1, 1, 1], 1)).toBe(1);
  });

  test('differences in the last bits of logits do not change what is drawn', () => {
    const random = createRandom(3);
    for (let k = 0; k < 500; k++) {
      const logits = Float32Array.from({ length: 6 }, () => Math.round(random() * 400) / 64);
      const shaken = logits.map((value) => value + (random() - 0.5) * 1e-4);
      const allowed = new Uint8Array(6).fill(1);
      const unit = random();
      expect(drawChoice(shaken, 0, 6, allowed, 1, unit)).toBe(drawChoice(logits, 0, 6, allowed, 1, unit));
    }
  });

  test('numbers that are not finite and a grammar without a way out are errors', () => {
    const allowed = Uint8Array.of(1, 1);
    expect(() => drawChoice(Float32Array.of(Number.NaN, Number.NaN), 0, 2, allowed, 1, 0.5)).toThrow(/not finite/);
    expect(() => drawChoice(Float32Array.of(1, 2), 0, 2, Uint8Array.of(0, 0), 1, 0.5)).toThrow(/grammar/);
  });
});

describe('drawing blocks', () => {
  test('what a block becomes does not depend on its row nor on what else is in the batch', async () => {
    const streams = (count: number): (() => number)[] => Array.from({ length: count }, (_, k) => blockRandom(1, k, 0, 0));
    const contexts = new Float32Array(8 * contextSize);
    const all = await drawBlocks(new HashModel(), contexts, streams(8), 1);
    expect(new Set(all.map((tokens) => tokens.join())).size).toBe(8);
    for (const tokens of all) expect(decodeBlock(tokens)).toHaveLength(9);
    const [last] = await drawBlocks(new HashModel(), contexts, streams(8).slice(7), 1);
    expect(last).toEqual(all[7]);
  });
});
