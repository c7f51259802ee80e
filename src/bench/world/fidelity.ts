import type { Pose } from '../../math/types';
import type { Rgba8 } from '../../math/image-metrics';
import { chooseSpawn } from '../../../workers/layout/spawn';
import { createMapView, type MapView } from '../../../workers/layout/map-view';
import { flickerOf, type TruePair } from './flicker';
import { MemoryOnlyWorld, mixMemory, ShownMemory } from './memory-world';
import { OpenedWorld, trueMapOf } from './opened-world';
import { depthAgreementPct, meanOf, meanScores, scorePicture, type Shown } from './picture-scores';
import type { WalkPlan, WorldPlan } from './plan';
import { variants, type FrameRow, type PictureScores, type Variant, type WalkRow } from './result';
import { strollPoses } from './stroller';
import { TeacherTruth } from './teacher-truth';

/** A moment of a walk; its pictures are the receiver's to keep. */
export type Moment = WalkPlan & { frame: number; psnrDb: number; painted: Rgba8; truth: Rgba8; raw: Rgba8 };
type Pictures = Record<Variant, Shown>;
type Scored = { frame: number; scores: PictureScores };

/** Share of the scored frames that is the end of a walk. */
const endShare = 0.2;

/** Walks from nothing on the true map, every variant beside the teacher's picture at the same pose. */
export async function benchFidelity(
  manifestFile: string,
  plan: WorldPlan,
  onProgress: (text: string) => void,
  keep: (moment: Moment) => void,
): Promise<(FrameRow | WalkRow)[]> {
  const painter = await OpenedWorld.open(manifestFile, { map: 'true' });
  const withoutNoise = await OpenedWorld.open(manifestFile, { map: 'true', noise: 'flat' });
  const rows: (FrameRow | WalkRow)[] = [];
  for (const [index, walk] of plan.walks.entries()) {
    const onFrame = (frame: number): void =>
      onProgress(`${painter.model.info.id}, walk ${index + 1} of ${plan.walks.length}, frame ${frame + 1} of ${plan.framesPerWalk}`);
    rows.push(...(await scoreWalk(painter, withoutNoise, walk, plan, onFrame, keep)));
  }
  await painter.close();
  await withoutNoise.close();
  return rows;
}

async function scoreWalk(
  painter: OpenedWorld,
  withoutNoise: OpenedWorld,
  walk: WalkPlan,
  plan: WorldPlan,
  onFrame: (frame: number) => void,
  keep: (moment: Moment) => void,
): Promise<(FrameRow | WalkRow)[]> {
  const { seed, hour } = walk;
  const { camera, layoutKind } = painter;
  const map = trueMapOf(layoutKind, seed);
  const truth = new TeacherTruth(map, seed, hour, camera, layoutKind);
  const poses = strollPoses(map, chooseSpawn(map), plan.framesPerWalk);
  await painter.begin(seed, hour, poses[0]);
  await withoutNoise.begin(seed, hour, poses[0]);
  const memory = new ShownMemory(camera);
  const memoryOnly = new MemoryOnlyWorld(camera, truth.at(poses[0]), poses[0]);
  const view = createMapView(camera.width, camera.height);
  const tally = new WalkTally();
  let before: { pair: TruePair; pictures: Pictures } | null = null;
  for (const [frame, pose] of poses.entries()) {
    onFrame(frame);
    painter.viewMap(pose, view);
    const pictures = await showAll(painter, withoutNoise, memory, memoryOnly, view, pose);
    const follows = before !== null;
    const isScored = frame % plan.scoredEvery === 0;
    if (!isScored && !follows) continue;
    const picture = truth.at(pose);
    const pair = { pose, ...picture };
    if (before) {
      const flicker = flickerOf(before.pair, pair, camera);
      for (const variant of variants) {
        tally.flicker[variant].push(flicker([before.pictures[variant].color, pictures[variant].color]));
      }
      tally.trueFlicker.push(flicker(null));
      before = null;
    }
    if (!isScored) continue;
    for (const variant of variants) tally.scored[variant].push({ frame, scores: scorePicture(pictures[variant], picture, camera) });
    tally.agreement.push(depthAgreementPct(pictures.paint.inverseDepth ?? view.inverseDepth, view.inverseDepth, camera));
    const { psnrDb } = tally.scored.paint.at(-1)!.scores;
    keep({ ...walk, frame, psnrDb, painted: pictures.paint.color, truth: picture.color, raw: pictures.rawMap.color });
    if ((frame / plan.scoredEvery) % plan.flickerEvery === 0) before = { pair, pictures };
  }
  return tally.rows(walk, painter.model.info.id);
}

/** The picture of every variant at a pose, in arrays of their own. */
async function showAll(
  painter: OpenedWorld,
  withoutNoise: OpenedWorld,
  memory: ShownMemory,
  memoryOnly: MemoryOnlyWorld,
  view: MapView,
  pose: Pose,
): Promise<Pictures> {
  const frame = await painter.step(pose);
  const paint = copyOf(frame);
  const mixed = copyOf(frame);
  // Without depth of its own, what is painted lies where the map says.
  const depth = paint.inverseDepth ?? view.inverseDepth;
  mixMemory(mixed.color, memory.view(pose), view.inverseDepth);
  memory.remember(pose, mixed.color, depth);
  return {
    paint,
    withMemory: mixed,
    withoutNoise: copyOf(await withoutNoise.step(pose)),
    rawMap: { color: rgbaOf(view), inverseDepth: view.inverseDepth.slice() },
    memoryOnly: copyOf(memoryOnly.step(pose)),
  };
}

function copyOf({ color, inverseDepth }: { color: Uint8ClampedArray; inverseDepth: Float32Array | null }) {
  return { color: color.slice(), inverseDepth: inverseDepth && inverseDepth.slice() };
}

/** The raw colours of a map view as a picture. */
export function rgbaOf(view: MapView): Uint8ClampedArray {
  const n = view.width * view.height;
  const out = new Uint8ClampedArray(4 * n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < 3; c++) out[4 * i + c] = 255 * view.color[c * n + i];
    out[4 * i + 3] = 255;
  }
  return out;
}

/** What is measured along one walk. */
class WalkTally {
  readonly scored = perVariant((): Scored[] => []);
  readonly flicker = perVariant((): number[] => []);
  readonly trueFlicker: number[] = [];
  readonly agreement: (number | null)[] = [];

  rows(walk: WalkPlan, world: string): (FrameRow | WalkRow)[] {
    const rows: (FrameRow | WalkRow)[] = [];
    for (const variant of variants) {
      const scored = this.scored[variant];
      for (const { frame, scores } of scored) rows.push({ kind: 'frame', world, variant, ...walk, frame, ...scores });
      const end = scored.slice(-Math.ceil(endShare * scored.length));
      rows.push({
        kind: 'walk',
        world,
        variant,
        ...walk,
        scoredFrames: scored.length,
        ...meanScores(scored.map(({ scores }) => scores)),
        psnrAtEndDb: meanScores(end.map(({ scores }) => scores)).psnrDb,
        flicker: meanOf(this.flicker[variant]),
        trueFlicker: meanOf(this.trueFlicker),
        depthAgreementPct: variant === 'paint' ? meanOf(this.agreement) : null,
      });
    }
    return rows;
  }
}

function perVariant<T>(make: () => T): Record<Variant, T> {
  return Object.fromEntries(variants.map((variant) => [variant, make()])) as Record<Variant, T>;
}
