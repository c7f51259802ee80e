import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { SceneWindow } from '../../../workers/layout/scene-window';
import { summarise } from '../../latency/summary';
import type { Pose } from '../../math/types';
import type { ModelFrame } from '../../world/contracts';
import { openBenchPage, type BenchPage } from '../browser-page';
import { OpenedWorld, trueMapOf } from '../world/opened-world';
import { ballRadiiM, iou, isFreeWay, tryCase, type OcclusionCase } from './occlusion-cases';
import type { BallMasks, BallView, PaintedFrame } from './occlusion-page';
import { findPlaces, wayTo } from './occlusion-places';
import { eyeSize, randomOfScene, type OcclusionPlan } from './occlusion-plan';

/** One ball, half hidden: how well what the product shows of it agrees with what is really seen. */
export type OcclusionRow = {
  kind: 'occlusion';
  sceneSeed: number;
  edge: string;
  radiusM: number;
  distanceM: number;
  baselineCm: number;
  visibleShare: number;
  /** What the product shows of it, of all of it: more or less than `visibleShare` says which way it errs. */
  shownShare: number;
  /** Intersection over union with the true silhouette. */
  iou: number;
  /** The same without any depth: the ball before everything. */
  iouWithoutDepth: number;
};

export type OcclusionGroup = { name: string; balls: number; iouP50: number; iouMean: number; withoutDepthP50: number };

export type OcclusionResult = {
  rows: OcclusionRow[];
  /** All but leaves, then by size, by what hides it (leaves as well), and by the way of the head from the model's pose. */
  groups: OcclusionGroup[];
  /** Of the ball that a click throws (11 cm), behind all but leaves; and of the comparison. */
  iouP50: number;
  iouMean: number;
  iouWithoutDepthP50: number;
  /** The worst and a usual one, as PNG data URLs. */
  pictures: { title: string; png: string }[];
  notes: string[];
};

const triesPerBall = 60;
const frameMs = 100;

/**
 * Balls behind edges of held-out worlds: their silhouette in the product's own drawing of neural frames, against rays
 * through the true geometry. From the model's pose and from beside it.
 * @param manifestFile of the world package that paints
 * @throws Error when there is no browser, or when something goes wrong in its page
 */
export async function measureOcclusion(plan: OcclusionPlan, manifestFile = 'models/courtyards/manifest.json'): Promise<OcclusionResult> {
  plan.onProgress('occlusion: building the page');
  const bench = await openBenchPage({ name: 'occlusion', entry: 'src/bench/physics/occlusion-page.ts' });
  const painter = await OpenedWorld.open(manifestFile, { map: 'true' });
  const rows: OcclusionRow[] = [];
  try {
    const pictures: OcclusionResult['pictures'] = [];
    for (const [index, sceneSeed] of plan.sceneSeeds.entries()) {
      const words = `occlusion: world ${index + 1} of ${plan.sceneSeeds.length}`;
      const found = await measureScene(plan, sceneSeed, painter, bench, (place) => plan.onProgress(`${words}, place ${place}`));
      rows.push(...found.rows);
      pictures.push(...found.pictures);
      if (bench.errors.length > 0) throw new Error(`The page of the occlusion figure reported: ${bench.errors.join(' ')}`);
    }
    return summarised(rows, pictures);
  } finally {
    await painter.close();
    await bench.close();
  }
}

async function measureScene(
  plan: OcclusionPlan,
  sceneSeed: number,
  painter: OpenedWorld,
  { page }: BenchPage,
  onPlace: (place: number) => void,
): Promise<{ rows: OcclusionRow[]; pictures: OcclusionResult['pictures'] }> {
  const scene = new SceneWindow(trueMapOf(painter.layoutKind, sceneSeed), addOrnateShapes);
  const random = randomOfScene(plan.seed, sceneSeed);
  const places = findPlaces(scene, plan.placesPerScene, random);
  await painter.begin(sceneSeed, 'auto', places[0]);
  const rows: OcclusionRow[] = [];
  const pictures: OcclusionResult['pictures'] = [];
  for (const [index, pose] of places.entries()) {
    onPlace(index + 1);
    await page.evaluate((info) => window.occlusionBench.begin(info), painter.model.info);
    for (const [k, at] of wayTo(pose).entries()) {
      const painted = asText(await painter.step(at), k * frameMs);
      await page.evaluate((frame) => window.occlusionBench.show(frame), painted);
    }
    scene.centreOn(pose[12]!, pose[14]!);
    const cases = plan.baselinesCm.flatMap((baselineCm) => casesAt(plan, scene, pose, baselineCm, random));
    const views = cases.map(({ worldFromEye, ball }): BallView => ({ worldFromEye: Array.from(worldFromEye), ball }));
    const masks = await page.evaluate((list) => window.occlusionBench.masks(list), views);
    const found = cases.map((one, i) => rowOf(sceneSeed, one, masks[i]!));
    rows.push(...found);
    if (index > 0 || found.length === 0) continue;
    const order = found.map((_, i) => i).sort((a, b) => found[a]!.iou - found[b]!.iou);
    for (const [why, i] of [['the worst here', order[0]!], ['a usual one', order[order.length >> 1]!]] as const) {
      const { edge, iou: value, distanceM, baselineCm } = found[i]!;
      const title = `World ${sceneSeed}, ${why}: behind a ${edge}, at ${distanceM.toFixed(1)} m, ${baselineCm} cm beside the frame, agreement ${value.toFixed(2)}.`;
      pictures.push({ title, png: await page.evaluate((view) => window.occlusionBench.picture(view), views[i]!) });
    }
  }
  return { rows, pictures };
}

function rowOf(sceneSeed: number, { edge, ball, distanceM, baselineCm, visibleShare, truth }: OcclusionCase, masks: BallMasks): OcclusionRow {
  const shown = bitsOf(masks.shownBase64);
  const front = bitsOf(masks.frontBase64);
  return {
    kind: 'occlusion',
    sceneSeed,
    edge,
    radiusM: ball.radiusM,
    distanceM,
    baselineCm,
    visibleShare,
    shownShare: sumOf(shown) / Math.max(1, sumOf(front)),
    iou: iou(truth, shown),
    iouWithoutDepth: iou(truth, front),
  };
}

function casesAt(plan: OcclusionPlan, scene: SceneWindow, pose: Pose, baselineCm: number, random: () => number): OcclusionCase[] {
  const cases: OcclusionCase[] = [];
  for (let n = 0; n < plan.ballsPerView; n++) {
    for (let attempt = 0; attempt < triesPerBall; attempt++) {
      const angle = random() * 2 * Math.PI;
      const away = baselineCm / 100;
      const eyeAt = [pose[12]! + Math.cos(angle) * away, pose[13]!, pose[14]! + Math.sin(angle) * away] as const;
      if (!isFreeWay(scene, pose, ...eyeAt)) continue;
      const found = tryCase(scene, pose, eyeAt, baselineCm, ballRadiiM[n % ballRadiiM.length]!, random);
      if (!found) continue;
      cases.push(found);
      break;
    }
  }
  return cases;
}

function asText({ worldFromCamera, camera, color, inverseDepth }: ModelFrame, atMs: number): PaintedFrame {
  if (!inverseDepth) throw new Error('This world has no depth, so nothing in it can hide a ball; measure another package.');
  return {
    worldFromCamera: Array.from(worldFromCamera),
    camera,
    colorBase64: Buffer.from(color.buffer, color.byteOffset, color.byteLength).toString('base64'),
    depthBase64: Buffer.from(inverseDepth.buffer, inverseDepth.byteOffset, inverseDepth.byteLength).toString('base64'),
    atMs,
  };
}

function bitsOf(base64: string): Uint8Array {
  const bits = Buffer.from(base64, 'base64');
  return Uint8Array.from({ length: eyeSize * eyeSize }, (_, i) => (bits[i >> 3]! >> (i & 7)) & 1);
}

function sumOf(mask: Uint8Array): number {
  return mask.reduce((sum, bit) => sum + bit, 0);
}

function summarised(rows: OcclusionRow[], pictures: OcclusionResult['pictures']): OcclusionResult {
  if (rows.length === 0) throw new Error('No place was found where a ball is half hidden; choose another --seed.');
  const by = (name: string, of: OcclusionRow[]): OcclusionGroup => ({
    name,
    balls: of.length,
    iouP50: summarise(of.map((row) => row.iou)).p50,
    iouMean: of.reduce((sum, row) => sum + row.iou, 0) / of.length,
    withoutDepthP50: summarise(of.map((row) => row.iouWithoutDepth)).p50,
  });
  const solid = rows.filter(({ edge }) => edge !== 'plant');
  const split = (prefix: string, key: (row: OcclusionRow) => string | number): OcclusionGroup[] => {
    const of = prefix === 'behind: ' ? rows : solid;
    const names = [...new Set(of.map(key))].sort();
    return names.map((name) => by(`${prefix}${name}`, of.filter((row) => key(row) === name)));
  };
  // Leaves have no outline to agree about; they stand in a group of their own.
  const all = by('all but leaves', solid);
  const thrown = by('thrown by a click', solid.filter(({ radiusM }) => radiusM === ballRadiiM[1]));
  return {
    rows,
    groups: [
      thrown,
      all,
      ...split('radius (m) ', (row) => row.radiusM),
      ...split('behind: ', (row) => row.edge),
      ...split('head aside (cm) ', (row) => row.baselineCm),
    ],
    iouP50: thrown.iouP50,
    iouMean: thrown.iouMean,
    iouWithoutDepthP50: thrown.withoutDepthP50,
    pictures,
    notes: [
      'Occlusion: only balls of which 15 to 85 % are really seen count; balls in the open or out of sight agree anyhow. Leaves are left out of the figure and stand in a row of their own.',
      'The figure is that of the ball that a click throws (11 cm); the one that a hand throws (5 cm) is two texels of a 128 x 128 model wide at 3 m, and has a row of its own.',
      'The comparison has no depth: the ball is drawn before everything.',
    ],
  };
}
