import { describe, expect, test } from 'vitest';
import { createAction } from '../../../src/action/action-codec';
import { createPose, invertRigid, multiplyPose, poseFromYawPitch } from '../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../src/math/types';
import type { ModelFrame } from '../../../src/world/contracts';
import { Simulator } from '../../../workers/backends/simulator/simulator';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { chooseSpawn } from '../../../workers/layout/spawn';

/** Arrays of a frame belong to the simulator; tests that look at two keep copies. */
type Picture = { camera: Intrinsics; pose: Pose; color: Uint8ClampedArray; inverseDepth: Float32Array };

function copyOf(frame: ModelFrame): Picture {
  return {
    camera: frame.camera,
    pose: frame.worldFromCamera.slice(),
    color: frame.color.slice(),
    inverseDepth: frame.inverseDepth!.slice(),
  };
}

async function paint(simulator: Simulator, pose: Pose): Promise<Picture> {
  const action = createAction();
  action.worldFromPredictedHead.set(pose);
  // The head is somewhere else by now: the picture must be made for where it will be.
  action.worldFromHead.set(poseFromYawPitch([100, 5, 100], 1, 0));
  return copyOf(await simulator.step(action));
}

async function opened(seed: number, size = 48): Promise<{ simulator: Simulator; start: Pose }> {
  const simulator = new Simulator(size);
  const { worldFromHead } = await simulator.open(seed, null);
  return { simulator, start: worldFromHead };
}

/** The pose moved along its own axis, metres to the right. */
function aside(pose: Pose, right: number): Pose {
  return multiplyPose(createPose(), pose, poseFromYawPitch([right, 0, 0], 0, 0));
}

/** Between texels, where a plane is linear; NaN next to the sky or the edge. */
function inverseDepthAt({ camera, inverseDepth }: Picture, x: number, y: number): number {
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  if (left < 0 || top < 0 || left + 1 >= camera.width || top + 1 >= camera.height) return Number.NaN;
  const u = x - 0.5 - left;
  const v = y - 0.5 - top;
  const at = top * camera.width + left;
  const corners = [at, at + 1, at + camera.width, at + camera.width + 1].map((index) => inverseDepth[index]);
  if (corners.some((value) => value === 0)) return Number.NaN;
  return (1 - v) * ((1 - u) * corners[0] + u * corners[1]) + v * ((1 - u) * corners[2] + u * corners[3]);
}

/** Share of the texels of `a` that land on the depth of `b` within 2 %, of those that land in the picture at all. */
function agreement(a: Picture, b: Picture): { agree: number; texels: number } {
  const { width, height, fx, fy, cx, cy } = a.camera;
  const m = multiplyPose(createPose(), invertRigid(createPose(), b.pose), a.pose);
  let texels = 0;
  let same = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const inverse = a.inverseDepth[row * width + column];
      if (inverse === 0) continue;
      const point = [(column + 0.5 - cx) / fx / inverse, -(row + 0.5 - cy) / fy / inverse, -1 / inverse];
      const [x, y, z] = [0, 1, 2].map((k) => m[k] * point[0] + m[4 + k] * point[1] + m[8 + k] * point[2] + m[12 + k]);
      const seen = inverseDepthAt(b, cx + (fx * x) / -z, cy + (fy * y) / z);
      if (!(z < -0.05) || Number.isNaN(seen)) continue;
      texels++;
      if (Math.abs(seen * -z - 1) < 0.02) same++;
    }
  }
  return { agree: same / texels, texels };
}

describe('the simulator', () => {
  test('paints the same bytes for the same pose: twice, and from another instance', async () => {
    const one = await opened(3);
    const pose = aside(one.start, 0.3);
    const first = await paint(one.simulator, pose);
    expect(await paint(one.simulator, pose)).toEqual(first);
    const other = await opened(3);
    expect(await paint(other.simulator, pose)).toEqual(first);
    expect((await paint((await opened(4)).simulator, pose)).color).not.toEqual(first.color);
  });

  test('paints the same bytes whatever the way that led to the pose', async () => {
    for (const seed of [3, 11]) {
      const straight = await opened(seed, 96);
      const around = await opened(seed, 96);
      // Two cells aside the surroundings that it keeps lie two cells aside too.
      await paint(around.simulator, poseFromYawPitch([straight.start[12] + 8, 1.6, straight.start[14] + 8], 0, 0));
      expect(await paint(around.simulator, straight.start)).toEqual(await paint(straight.simulator, straight.start));
    }
  });

  test('paints depths that fit together: what one picture shows lies where the next one sees it', async () => {
    for (const seed of [1, 2, 3]) {
      const { simulator, start } = await opened(seed, 96);
      const a = await paint(simulator, start);
      const b = await paint(simulator, aside(start, 0.2));
      const { agree, texels } = agreement(a, b);
      expect(texels).toBeGreaterThan(2500);
      expect(agree).toBeGreaterThan(0.9);
      // The measure can tell: depths that are a tenth too small fit nowhere.
      expect(agreement({ ...a, inverseDepth: a.inverseDepth.map((value) => 1.1 * value) }, b).agree).toBeLessThan(0.2);
    }
  });

  test('paints clean pictures of any size', async () => {
    for (const [size, values] of [
      [1, 2],
      [7, 20],
      [33, 60],
    ]) {
      const { simulator, start } = await opened(2, size);
      const { color, inverseDepth, camera } = await paint(simulator, start);
      expect([camera.width, camera.height, color.length, inverseDepth.length]).toEqual([
        size,
        size,
        4 * size * size,
        size * size,
      ]);
      expect(inverseDepth.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
      for (let alpha = 3; alpha < color.length; alpha += 4) expect(color[alpha]).toBe(255);
      expect(new Set(color).size).toBeGreaterThanOrEqual(values);
    }
  });

  test('rejects a step before it is opened and after it is disposed of, with a sentence', async () => {
    const simulator = new Simulator(4);
    await expect(simulator.step(createAction())).rejects.toThrow(/before it was opened; call open first\.$/);
    await simulator.open(1, null);
    await simulator.step(createAction());
    simulator.dispose();
    await expect(simulator.step(createAction())).rejects.toThrow(/open first/);
  });

  test('starts where it is told, else where the map has a view, and says which map it is', async () => {
    const simulator = new Simulator(4);
    expect(simulator.info.layout?.kind).toBe('courtyards');
    const wanted = poseFromYawPitch([1, 1.5, 2], 0.4, 0);
    expect((await simulator.open(9, wanted)).worldFromHead).toEqual(wanted);
    expect(simulator.info.layout).toEqual({ kind: 'courtyards', seed: 9 });
    expect((await simulator.open(10, null)).worldFromHead).toEqual(chooseSpawn(new CourtyardMap(10)));
    expect(simulator.info.layout).toEqual({ kind: 'courtyards', seed: 10 });
  });
});

describe('the simulator at other sizes', () => {
  test('paints the same view with fewer texels, and at its full size again', async () => {
    const { simulator, start } = await opened(6, 64);
    const full = await paint(simulator, start);
    expect(simulator.info.scales).toEqual([1, 0.75, 0.5]);
    for (const [scale, side] of [
      [0.75, 48],
      [0.5, 32],
    ] as const) {
      simulator.setScale(scale);
      const less = await paint(simulator, start);
      expect([less.camera.width, less.camera.height]).toEqual([side, side]);
      expect([less.color.length, less.inverseDepth.length]).toEqual([4 * side * side, side * side]);
      // Each texel has the depth that the full picture has at the same place of the view, but for silhouettes.
      const pairs = Array.from(less.inverseDepth, (here, k) => {
        const x = (((k % side) + 0.5) * 64) / side;
        const y = ((Math.floor(k / side) + 0.5) * 64) / side;
        return [here, inverseDepthAt(full, x, y)] as const;
      }).filter(([here, there]) => here > 0 && there > 0);
      expect(pairs.length).toBeGreaterThan(0.3 * side * side);
      expect(pairs.filter(([here, there]) => Math.abs(here - there) < 0.02 * here).length).toBeGreaterThan(0.8 * pairs.length);
    }
    simulator.setScale(1);
    expect(await paint(simulator, start)).toEqual(full);
  });
});
