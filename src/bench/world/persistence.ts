import { psnr, sharpness, ssim } from '../../math/image-metrics';
import { poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { ImaginedBlock } from '../../../workers/imagine/tokens';
import { packBlocks, unpackBlocks } from '../../session/visits/map-codec';
import { MemoryOnlyWorld } from './memory-world';
import { OpenedWorld } from './opened-world';
import { meanOf } from './picture-scores';
import type { WalkPlan, WorldPlan } from './plan';
import { identicalDb, type LoopRow, type ReturnWay } from './result';
import { Stroller } from './stroller';
import { TeacherTruth, type TruePicture } from './teacher-truth';

/** A step of the way out and back, metres, and of the turn, radians. */
const strideM = 0.25;
const turnSteps = 24;
/** Of the way back, every so many poses are compared with the teacher for sharpness. */
const sharpEvery = 20;
/** Frames of a way that cannot be walked on end somewhere. */
const mostPoses = 400;

/** Poses of the way out; then all round at its end; then the same poses the other way round. */
export type Loop = { out: Pose[]; turn: Pose[]; back: Pose[] };
export type LoopPicture = WalkPlan & { pose: number; first: Uint8ClampedArray; second: Uint8ClampedArray };

type Sight = (pose: Pose) => Promise<Uint8ClampedArray>;

/** Walks out, turns round, comes back, and compares what is seen at the same poses: by every way of coming back. */
export async function benchPersistence(
  manifestFile: string,
  plan: WorldPlan,
  onProgress: (text: string) => void,
  keep: (picture: LoopPicture) => void,
): Promise<LoopRow[]> {
  const rows: LoopRow[] = [];
  for (const walk of plan.loops) {
    const world = await OpenedWorld.open(manifestFile, { map: 'own' });
    onProgress(`way out and back in world ${walk.seed}`);
    const start = await world.begin(walk.seed, walk.hour);
    const { loop, first } = await walkOut(world, start, plan.loopLengthM);
    for (const pose of loop.turn) await world.step(pose);
    const truth = new TeacherTruth(world.map, walk.seed, walk.hour, world.camera, `loop ${blocksKey(world.blocks, world.layoutKind)}`);
    const compare = async (way: ReturnWay, sight: Sight, before: readonly Uint8ClampedArray[]): Promise<void> => {
      onProgress(`way back in world ${walk.seed}: ${way}`);
      rows.push(await scoreReturn(walk, way, loop, sight, before, truth, world));
    };
    const paintIn = (opened: OpenedWorld): Sight => async (pose) => (await opened.step(pose)).color;
    await compare('paint', paintIn(world), first);
    const middle = loop.out.length >> 1;
    keep({ ...walk, pose: middle, first: first[middle], second: (await world.step(loop.out[middle])).color.slice() });

    const end = loop.back[0];
    // What a visit saves of the map, through the bytes that it is saved as.
    const saved = world.blocks.length > 0 ? unpackBlocks(packBlocks(world.blocks)) : [];
    for (const [way, known] of [['reloaded', saved], ['fromSeed', []]] as const) {
      const again = await OpenedWorld.open(manifestFile, { map: 'own' });
      await again.begin(walk.seed, walk.hour, end, known);
      await compare(way, paintIn(again), first);
      await again.close();
    }
    for (const [way, onlyLast] of [['memoryOnly', false], ['lastFrame', true]] as const) {
      const memory = new MemoryOnlyWorld(world.camera, truth.at(loop.out[0]), loop.out[0], onlyLast);
      const before = loop.out.map((pose) => memory.step(pose).color.slice());
      for (const pose of loop.turn) memory.step(pose);
      await compare(way, async (pose) => memory.step(pose).color, before);
    }
    await world.close();
  }
  return rows;
}

async function walkOut(world: OpenedWorld, start: Pose, lengthM: number): Promise<{ loop: Loop; first: Uint8ClampedArray[] }> {
  const stroller = new Stroller(world.map, start, strideM);
  const out: Pose[] = [];
  const first: Uint8ClampedArray[] = [];
  while (stroller.wayM < lengthM && out.length < mostPoses) {
    const pose = stroller.next();
    out.push(pose);
    first.push((await world.step(pose)).color.slice());
  }
  return { loop: { out, turn: turnAt(out.at(-1)!), back: out.toReversed() }, first };
}

/** Once round on the spot, to the left. */
export function turnAt(pose: Pose): Pose[] {
  const yaw = Math.atan2(pose[8], pose[10]);
  const at = [pose[12], pose[13], pose[14]] as const;
  return Array.from({ length: turnSteps }, (_, k) => poseFromYawPitch(at, yaw + ((k + 1) / turnSteps) * 2 * Math.PI, 0));
}

async function scoreReturn(
  { seed, hour }: WalkPlan,
  way: ReturnWay,
  loop: Loop,
  sight: Sight,
  first: readonly Uint8ClampedArray[],
  truth: TeacherTruth,
  { camera: { width, height } }: OpenedWorld,
): Promise<LoopRow> {
  const scores = new ReturnScores();
  const sharp: number[] = [];
  for (const [k, pose] of loop.back.entries()) {
    const before = first[first.length - 1 - k];
    const second = await sight(pose);
    scores.add(before, second, width, height);
    if (k % sharpEvery !== 0) continue;
    const real: TruePicture = truth.at(pose);
    sharp.push(sharpness(second, width, height) / sharpness(real.color, width, height));
  }
  return { kind: 'loop', seed, hour, way, ...scores.result(), sharpnessRatio: meanOf(sharp) ?? Number.NaN };
}

/** Second sights against first sights. */
export class ReturnScores {
  private squares = 0;
  private similarity = 0;
  private identical = 0;
  private count = 0;

  add(first: Uint8ClampedArray, second: Uint8ClampedArray, width: number, height: number): void {
    const db = psnr(second, first);
    if (db === Infinity) this.identical++;
    else this.squares += 10 ** (-db / 10);
    this.similarity += ssim(second, first, width, height);
    this.count++;
  }

  /** PSNR of the mean squared error over all pictures: a few that are equal do not hide one that is not. */
  result(): { poses: number; psnrDb: number; ssim: number; identicalPct: number } {
    const { squares, similarity, identical, count } = this;
    return {
      poses: count,
      psnrDb: Math.min(identicalDb, -10 * Math.log10(squares / count)),
      ssim: similarity / count,
      identicalPct: (100 * identical) / count,
    };
  }
}

function blocksKey(blocks: readonly ImaginedBlock[], layoutKind: string): string {
  return blocks.length === 0 ? layoutKind : blocks.map(({ i, j, tokens }) => `${i},${j}:${Array.from(tokens).join('.')}`).sort().join(';');
}
