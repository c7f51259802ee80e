import type { LayerPicture, WorldFrame } from '../../world/contracts';
import { defaultLayerBudget } from '../../world/layer-budget';
import { CellSums } from './cell-sums';
import { countEdges, type EdgeCounts } from './cut-quality';
import { findWalk, stepMs } from './history-walk';
import { latticeViews, type LatticeView } from './lattice-views';
import { limitPicture } from './limit-picture';
import { masksOf } from './masks';
import { byMethod, drawnMethods, MethodViews, type DrawnMethod } from './method-views';
import type { KeptView } from './picture-book';
import { viewSize, type Plan } from './plan';
import { methods, type LatticeRow, type Method } from './result';
import { countRubber, rubberQuads, type KnownSurfaces, type LayerQuads } from './rubber-sheet';
import { Ahead, type SceneClient } from './scene-client';
import type { Truth } from './scene.worker';
import { newestCode } from './source-buffer';
import type { BenchStage } from './stage';
import { TruthSsim } from './truth-ssim';
import { buildUncutMesh } from './uncut-mesh';
import { classify, type KnownDepth } from './visibility';

/** What is known of the frames of one history, exactly and as drawn. */
type History = {
  known: Map<number, KnownDepth & KnownSurfaces>;
  newest: WorldFrame;
  uncut: WorldFrame;
  /** All frames, for what any of them has seen. */
  newestFirst: KnownDepth[];
  older: Map<number, LayerPicture>;
  views: MethodViews;
};

type Cell = {
  baselineCm: number;
  rotationDeg: number;
  sums: Map<Method, CellSums>;
  rubberPixels: Map<DrawnMethod, number>;
  /** The view in which `layers` leads least, and the first one. */
  worst: KeptView | null;
  worstMarginDb: number;
  first: KeptView | null;
};

export type LatticeOutcome = { rows: LatticeRow[]; cells: Cell[]; edges: EdgeCounts; pictures: number };

/** Measures every view of the lattice in every scene. @param onView called after each picture */
export async function runLattice(
  plan: Plan,
  client: SceneClient,
  stage: BenchStage,
  onView: (done: number, total: number) => void,
): Promise<LatticeOutcome> {
  const cells = new Map<string, Cell>();
  const edges: EdgeCounts = { jumps: 0, jumpsCut: 0, smooth: 0, smoothCut: 0 };
  const scenes = plan.sceneSeeds.map((seed) => {
    const walk = findWalk(seed, plan.historyFrames, plan.seed);
    return { seed, walk, views: latticeViews(plan, seed, walk.poses[walk.poses.length - 1]) };
  });
  const total = scenes.reduce((sum, { views }) => sum + views.length, 0);
  let done = 0;
  for (const { seed, walk, views } of scenes) {
    await client.open(seed);
    // The frames come first on worker 0; the other one begins with the truths.
    const truths = new Ahead<Truth>(views.length, 6, (i) => client.truth(views[i].worldFromEye, i % 3 === 0 ? 0 : 1));
    const history = await showHistory(plan, client, stage, walk.poses, edges, () => truths.start());
    const scene = new SceneScorer(seed, history, stage);
    for (const [i, view] of views.entries()) {
      const cell = cellOf(cells, view);
      scene.score(view, await truths.take(i), cell);
      onView(++done, total);
    }
    history.views.dispose();
  }
  const all = [...cells.values()];
  return { rows: all.flatMap(rowsOf), cells: all, edges, pictures: total };
}

async function showHistory(
  plan: Plan,
  client: SceneClient,
  stage: BenchStage,
  poses: readonly Float32Array[],
  edges: EdgeCounts,
  whenAsked: () => void,
): Promise<History> {
  const views = new MethodViews();
  const known: History['known'] = new Map();
  const older: History['older'] = new Map();
  await client.begin(defaultLayerBudget);
  const size = plan.latticeSourceSize;
  const frames = poses.map((pose, k) => client.frames.assemble(pose, size, k * stepMs, true, null));
  whenAsked();
  let newest: WorldFrame | null = null;
  let uncut: WorldFrame | null = null;
  for (const [k, pending] of frames.entries()) {
    const { frame, inverseDepth, normals } = await pending;
    const { worldFromCamera, camera } = frame;
    known.set(frame.id, { worldFromCamera, camera, inverseDepth, normals });
    countEdges({ camera, inverseDepth, normals }, edges);
    for (const layer of frame.layerUpdates) older.set(layer.id, layer);
    newest = frame;
    uncut = { ...frame, mesh: buildUncutMesh(inverseDepth, camera.width, camera.height) };
    views.setHead(poses[k]);
    views.queue(frame, uncut.mesh);
    views.flush(k * stepMs, stage.renderer);
    views.settle(stage.renderer);
  }
  if (!newest || !uncut) throw new Error('The history has no frames; give the plan at least one.');
  return { known, newest, uncut, newestFirst: [...known.values()].reverse(), older, views };
}

/** Scores the views around the end of one history. */
class SceneScorer {
  private readonly quads = new Map<string, LayerQuads | null>();

  constructor(
    private readonly seed: number,
    private readonly history: History,
    private readonly stage: BenchStage,
  ) {}

  score(view: LatticeView, truth: Truth, cell: Cell): void {
    const { history, stage } = this;
    const { worldFromEye } = view;
    const masks = masksOf(truth, history.known.get(history.newest.id)!);
    const ssim = new TruthSsim(truth.color, viewSize, viewSize);
    const seen = new Uint8Array(truth.inverseDepth.length);
    for (const frame of history.newestFirst) if (classify(truth, frame, seen) === seen.length) break;
    // The picture of mode `off` hangs infinitely far before the head, so the eye will do for it.
    history.views.setHead(worldFromEye);
    const sources = byMethod((method) => history.views.source(stage, method, worldFromEye));
    const pictures: Record<Method, Uint8Array> = {
      ...byMethod((method) => history.views.draw(stage, method, worldFromEye)),
      limit: limitPicture(truth.color, history.views.sky(stage, worldFromEye), seen),
    };
    const psnrDb = {} as Record<Method, number>;
    for (const method of methods) {
      const source = method === 'limit' ? null : sources[method];
      psnrDb[method] = cell.sums.get(method)!.add(pictures[method], truth.color, masks, ssim, source);
    }
    for (const method of drawnMethods) {
      const rubber = countRubber(sources[method], (code) => this.quadsOf(method, code));
      cell.rubberPixels.set(method, cell.rubberPixels.get(method)! + rubber);
    }
    const best = Math.max(...drawnMethods.filter((method) => method !== 'layers').map((method) => psnrDb[method]));
    const margin = psnrDb.layers - best;
    const kept: KeptView = {
      view,
      sceneSeed: this.seed,
      truth: truth.color,
      masks,
      byMethod: pictures,
      layersSource: sources.layers,
      psnrDb,
    };
    cell.first ??= kept;
    if (margin < cell.worstMarginDb) {
      cell.worst = kept;
      cell.worstMarginDb = margin;
    }
  }

  /** Which quads behind a layer code hang between surfaces, worked out once. */
  private quadsOf(method: DrawnMethod, code: number): LayerQuads | null {
    // Flat pictures have no depth, so nothing can hang between two.
    if (method !== 'uncut' && method !== 'mesh' && method !== 'layers') return null;
    const key = `${method} ${code}`;
    let quads = this.quads.get(key);
    if (quads !== undefined) return quads;
    const { views, known, older, newest, uncut } = this.history;
    const id = views.sourceId(method, code);
    const exact = known.get(id);
    const picture = method === 'uncut' ? uncut : code === newestCode ? newest : older.get(id);
    if (exact && picture) {
      const { camera, mesh } = picture;
      quads = { width: camera.width, height: camera.height, texelsPerQuad: mesh.texelsPerQuad, ...rubberQuads(picture, exact) };
    }
    this.quads.set(key, quads ?? null);
    return quads ?? null;
  }
}

function cellOf(cells: Map<string, Cell>, { baselineCm, rotationDeg }: LatticeView): Cell {
  const key = `${baselineCm} ${rotationDeg}`;
  let cell = cells.get(key);
  if (!cell) {
    cell = {
      baselineCm,
      rotationDeg,
      sums: new Map(methods.map((method) => [method, new CellSums()])),
      rubberPixels: new Map(drawnMethods.map((method) => [method, 0])),
      worst: null,
      worstMarginDb: Number.POSITIVE_INFINITY,
      first: null,
    };
    cells.set(key, cell);
  }
  return cell;
}

function rowsOf({ baselineCm, rotationDeg, sums, rubberPixels }: Cell): LatticeRow[] {
  return methods.map((method) => {
    const cell = sums.get(method)!;
    const pixels = cell.pictures * viewSize * viewSize;
    return {
      kind: 'lattice',
      method,
      baselineCm,
      rotationDeg,
      pictures: cell.pictures,
      rubberSheetPct: method === 'limit' ? null : (100 * rubberPixels.get(method)!) / pixels,
      ...cell.scores(),
      ...cell.shares(),
    };
  });
}
