import { expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { createPose, poseFromYawPitch } from '../../../src/math/pose';
import { findCuts } from '../../../workers/mesh/cut';
import { CutMemory } from '../../../workers/mesh/cut-memory';
import { ballAndWall, render, squareCamera } from './depth-scenes';

const camera = squareCamera(64);
const size = 64 * 64;

function cutsOf(d: Float32Array, hint: Uint8Array | null) {
  const right = new Uint8Array(size);
  const below = new Uint8Array(size);
  const count = findCuts(d, 64, 64, right, below, hint);
  return { right, below, count };
}

test('an edge that hovers about the threshold stays as it is instead of opening and closing', () => {
  // A step of 8 %, the limit itself, under a little noise that is new in each frame.
  const random = createRandom(3);
  const noisy = () => Float32Array.from({ length: size }, (_, i) => (i % 64 < 32 ? 0.54 : 0.5) * (1 + 0.006 * (random() - 0.5)));
  const flips = (remember: boolean) => {
    const memory = new CutMemory();
    let changed = 0;
    let before: Uint8Array | null = null;
    for (let frame = 0; frame < 12; frame++) {
      const d = noisy();
      const { right, below } = cutsOf(d, remember ? memory.recall(camera, createPose()) : null);
      if (remember) memory.remember(d, right, below, camera, createPose());
      if (before && frame > 2) for (let i = 31; i < size; i += 64) if (right[i] !== before[i]) changed++;
      before = right;
    }
    return changed;
  };
  expect(flips(false)).toBeGreaterThan(100);
  expect(flips(true)).toBeLessThan(flips(false) / 10);
});

test('the hint moves with the edge as the camera moves, and covers it', () => {
  const memory = new CutMemory();
  const ball = (x: number) => ballAndWall({ centre: [x, 0, -1.5], radius: 0.4 }, 4);
  const first = render(camera, ball(0));
  const { right, below } = cutsOf(first, null);
  memory.remember(first, right, below, camera, createPose());
  // 20 cm to the right: the ball is seen 20 cm to the left.
  const moved = poseFromYawPitch([0.2, 0, 0], 0, 0);
  const hint = memory.recall(camera, moved)!;
  const now = cutsOf(render(camera, ball(-0.2)), null);
  let missed = 0;
  for (let i = 0; i < size; i++) {
    const hinted = hint[i] !== 0 || hint[i + 1] !== 0 || hint[i + 64] !== 0;
    if ((now.right[i] !== 0 || now.below[i] !== 0) && !hinted) missed++;
  }
  expect(now.count).toBeGreaterThan(60);
  expect(missed).toBeLessThan(0.1 * now.count);
  // And it is no blanket.
  expect(hint.reduce((sum, h) => sum + h, 0)).toBeLessThan(0.15 * size);
});

test('another resolution or a new world remembers nothing', () => {
  const memory = new CutMemory();
  expect(memory.recall(camera, createPose())).toBeNull();
  const d = new Float32Array(size).fill(1);
  memory.remember(d, new Uint8Array(size), new Uint8Array(size), camera, createPose());
  expect(memory.recall(squareCamera(32), createPose())).toBeNull();
  memory.reset();
  expect(memory.recall(camera, createPose())).toBeNull();
});
