import { expect, test } from 'vitest';
import { Ahead } from '../../../../src/bench/reprojection/ahead';
import { doneShare, partsOf } from '../../../../src/bench/reprojection/parts';
import { planOf } from '../../../../src/bench/reprojection/plan';
import type { Truth } from '../../../../src/bench/reprojection/scene.worker';
import { TruthShelf } from '../../../../src/bench/reprojection/truth-shelf';
import { poseAt } from './two-planes';

test('things are asked for ahead of time, in order, and never more at once than allowed', async () => {
  const asked: number[] = [];
  const ahead = new Ahead(10, 3, async (i) => {
    asked.push(i);
    return i * i;
  }).start();
  expect(asked).toEqual([0, 1, 2]);
  expect(await ahead.take(0)).toBe(0);
  expect(await ahead.take(1)).toBe(1);
  expect(asked).toEqual([0, 1, 2, 3]);
  expect(() => ahead.take(1)).toThrow('taken before');
  for (let i = 2; i < 10; i++) expect(await ahead.take(i)).toBe(i * i);
  expect(asked).toHaveLength(10);
});

test('a truth that several models share is drawn once, and once for all sequences when kept', async () => {
  const drawn: number[] = [];
  const client = {
    truth: async (pose: Float32Array) => {
      drawn.push(pose[12]);
      return { worldFromCamera: pose } as Truth;
    },
  };
  const shelf = new TruthShelf(client, (frame) => poseAt(frame));
  const list = [5, 6, 6, 9].map((frame) => ({ frame, eye: 'left' as const, keep: frame !== 9 }));
  shelf.plan(list);
  for (const { frame, eye } of list) expect((await shelf.get(frame, eye)).worldFromCamera[12]).toBe(frame);
  shelf.plan(list);
  for (const { frame, eye } of list) expect((await shelf.get(frame, eye)).worldFromCamera[12]).toBe(frame);
  expect(drawn).toEqual([5, 6, 9, 9]);
  expect(() => shelf.get(7, 'left')).toThrow('not planned');
});

test('every scene and every latency is in one part, and only latencies with the same prediction share one', () => {
  const plan = planOf(false, 6);
  const parts = partsOf(plan);
  expect(parts.flatMap((part) => (part.kind === 'lattice' ? [part.sceneSeed] : []))).toEqual(plan.sceneSeeds);
  const groups = parts.flatMap((part) => (part.kind === 'traces' ? [part.latenciesMs.map(([mean]) => mean)] : []));
  expect(groups.flat().sort((a, b) => a - b)).toEqual([20, 50, 150, 400, 1000]);
  expect(groups).toContainEqual([150, 400, 1000]);
  expect(groups).toContainEqual([20]);
});

test('the share done counts long parts for more', () => {
  const plan = planOf(true, 6);
  const parts = partsOf(plan);
  expect(doneShare(parts, parts.map(() => 1), plan)).toBeCloseTo(1);
  const onlyFirst = doneShare(parts, parts.map((_, i) => (i === 0 ? 1 : 0)), plan);
  const onlyLast = doneShare(parts, parts.map((_, i) => (i === parts.length - 1 ? 1 : 0)), plan);
  expect(onlyFirst).toBeGreaterThanOrEqual(onlyLast);
  expect(onlyLast).toBeGreaterThan(0);
});
