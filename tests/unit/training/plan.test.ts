import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstHeldoutSeed, framesPerShard, planShards } from '../../../models/training/data/plan';

test('no world is in two splits, and the two held-out splits share theirs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 2000 }), fc.nat(10_000), (frames, heldout, imagined) => {
      const shards = planShards(frames, heldout, imagined);
      const seeds = (split: string): number[] => shards.filter((s) => s.split === split).flatMap((s) => s.seeds);
      const train = seeds('train');
      expect(new Set(train).size).toBe(train.length);
      expect(train.every((seed) => seed < firstHeldoutSeed)).toBe(true);
      expect(seeds('heldout').every((seed) => seed >= firstHeldoutSeed)).toBe(true);
      expect(seeds('newPalette')).toEqual(seeds('heldout'));
      expect(new Set(shards.map((s) => s.file)).size).toBe(shards.length);
    }),
  );
});

test('asks for at least as many frames as wanted, and for less than a shard more', () => {
  const total = planShards(1000, 100, 300)
    .filter((s) => s.split === 'train' && s.map === 'districts')
    .reduce((sum, s) => sum + s.frames, 0);
  expect(total).toBeGreaterThanOrEqual(1000);
  expect(total).toBeLessThan(1000 + framesPerShard);
});

test('more frames keep the shards that there are', () => {
  const few = planShards(500, 64, 0);
  const many = planShards(2000, 64, 200);
  expect(many.slice(0, few.length)).toEqual(few);
});
