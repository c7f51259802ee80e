import type { Pose } from '../../math/types';
import { OpenedWorld } from './opened-world';
import type { WorldPlan } from './plan';
import type { CausalityRow } from './result';
import { strollPoses } from './stroller';

type Frames = { color: Uint8ClampedArray; inverseDepth: Float32Array | null }[];

/** Whether frames depend on the past alone, and on nothing but seed and actions. Bit by bit. */
export async function benchCausality(
  manifestFile: string,
  plan: WorldPlan,
  onProgress: (text: string) => void,
): Promise<CausalityRow[]> {
  const { seed, hour } = plan.loops[0];
  const frames = plan.causalFrames;
  const half = frames >> 1;
  onProgress('causality');
  const world = await OpenedWorld.open(manifestFile, { map: 'own' });
  const start = await world.begin(seed, hour);
  const poses = strollPoses(world.map, start, 2 * frames, 0.1);
  const asked = poses.slice(0, frames);
  // The same to the middle, then another way.
  const other = [...poses.slice(0, half), ...poses.slice(frames, frames + (frames - half))];
  const first = await walk(world, asked);
  await world.begin(seed, hour);
  const differing = await walk(world, other);
  await world.begin(seed, hour);
  const again = await walk(world, asked);
  const fresh = await OpenedWorld.open(manifestFile, { map: 'own' });
  await fresh.begin(seed, hour);
  const elsewhere = await walk(fresh, asked);
  await world.close();
  await fresh.close();
  const row = (check: string, a: Frames, b: Frames): CausalityRow => ({
    kind: 'causality',
    seed,
    check,
    frames: a.length,
    isEqual: isEqual(a, b),
  });
  return [
    row('another future, the same frames before it', first.slice(0, half), differing.slice(0, half)),
    row('another future, other frames after it', first.slice(half), differing.slice(half)),
    row('the same actions again in the same model', first, again),
    row('the same actions in a new model', first, elsewhere),
  ];
}

/** The check that must fail: without it, equal frames would say nothing. */
export const mustDiffer = 'another future, other frames after it';

export function isCausal(rows: readonly CausalityRow[]): boolean | null {
  if (rows.length === 0) return null;
  return rows.every(({ check, isEqual: equal }) => equal === (check !== mustDiffer));
}

async function walk(world: OpenedWorld, poses: readonly Pose[]): Promise<Frames> {
  const frames: Frames = [];
  for (const pose of poses) {
    const { color, inverseDepth } = await world.step(pose);
    frames.push({ color: color.slice(), inverseDepth: inverseDepth && inverseDepth.slice() });
  }
  return frames;
}

function isEqual(a: Frames, b: Frames): boolean {
  return a.every(({ color, inverseDepth }, k) => {
    const depth = b[k].inverseDepth;
    const equalDepth = inverseDepth === null || depth === null ? inverseDepth === depth : sameBytes(inverseDepth, depth);
    return equalDepth && sameBytes(color, b[k].color);
  });
}

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const bytes = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return Buffer.compare(bytes(a), bytes(b)) === 0;
}
