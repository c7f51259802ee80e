import type { LayerPicture, WorldFrame } from '../../world/contracts';
import { Ahead } from './ahead';
import { addMean, addPicture, emptyCell, type LatticeCell } from './cell-sums';
import { countEdges, type EdgeCounts } from './cut-quality';
import { findWalk, stepMs } from './history-walk';
import type { KnownSurfaces } from './known-surfaces';
import { latticeViews, type LatticeView } from './lattice-views';
import { limitPicture } from './limit-picture';
import { masksOf } from './masks';
import { byMethod, drawnMethods, MethodViews, type DrawnMethod } from './method-views';
import type { KeptView } from './picture-book';
import { viewSize, type Plan } from './plan';
import { methods, type Method } from './result';
import { countRubber, rubberQuads, type LayerQuads } from './rubber-sheet';
import type { SceneClient } from './scene-client';
import type { Truth } from './scene.worker';
import { newestCode } from './source-buffer';
import type { BenchStage } from './stage';
import { TruthSsim } from './truth-ssim';
import { buildUncutMesh } from './uncut-mesh';
import { classify, type KnownDepth } from './visibility';

/** Truths drawn ahead of the views that need them. */
const truthsAhead = 4;

/** What is known of the frames of one history, exactly and as drawn. */
type History = {
  known: Map<number, KnownDepth & KnownSurfaces>;
  /** All frames, for what any of them has seen. */
  newestFirst: KnownDepth[];
  newest: WorldFrame;
  uncut: WorldFrame;
  older: Map<number, LayerPicture>;
  views: MethodViews;
};

/** A cell of one scene with the pictures that someone may want to see. */
type Scored = { cell: LatticeCell; worst: KeptView | null; first: KeptView | null };

/** What one scene gave: plain data for the program, and pictures that stay in the page. */
export type SceneOutcome = { cells: LatticeCell[]; edges: EdgeCounts; kept: Scored[] };

/** Measures every view of one scene's lattice. @param onView called after each picture, with the share done */
export async function runLattice(
  plan: Plan,
  sceneSeed: number,
  client: SceneClient,
  stage: BenchStage,
  onView: (share: number) => void,
): Promise<SceneOutcome> {
  const edges: EdgeCounts = { jumps: 0, jumpsCut: 0, smooth: 0, smoothCut: 0 };
  const walk = findWalk(sceneSeed, plan.historyFrames, plan.seed);
  const list = latticeViews(plan, sceneSeed, walk.poses[walk.poses.length - 1]);
  await client.open(sceneSeed);
  const history = await showHistory(plan, client, stage, walk.poses, edges);
  const truths = new Ahead<Truth>(list.length, truthsAhead, (i) => client.truth(list[i].worldFromEye)).start();
  const scorer = new SceneScorer(sceneSeed, history, stage);
  const cells = new Map<string, Scored>();
  for (const [i, view] of list.entries()) {
    const key = `${view.baselineCm} ${view.rotationDeg}`;
    let scored = cells.get(key);
    if (!scored) {
      scored = { cell: emptyCell(view.baselineCm, view.rotationDeg), worst: null, first: null };
      cells.set(key, scored);
    }
    scorer.score(view, await truths.take(i), scored);
    onView((i + 1) / list.length);
  }
  history.views.dispose();
  const kept = [...cells.values()];
  return { cells: kept.map(({ cell }) => cell), edges, kept };
}

async function showHistory(
  plan: Plan,
  client: SceneClient,
  stage: BenchStage,
  poses: readonly Float32Array[],
  edges: EdgeCounts,
): Promise<History> {
  const views = new MethodViews();
  const known: History['known'] = new Map();
  const older: History['older'] = new Map();
  await client.begin();
  const frames = poses.map((pose, k) => client.assemble(pose, plan.latticeSourceSize, k * stepMs, true, null));
  let newest: WorldFrame | null = null;
  let uncut: WorldFrame | null = null;
  for (const [k, pending] of frames.entries()) {
    const { frame, inverseDepth, corners } = await pending;
    const { worldFromCamera, camera } = frame;
    known.set(frame.id, { worldFromCamera, camera, inverseDepth, corners });
    countEdges({ camera, inverseDepth, corners }, edges);
    for (const layer of frame.layerUpdates) older.set(layer.id, layer);
    newest = frame;
    uncut = { ...frame, mesh: buildUncutMesh(inverseDepth, camera.width, camera.height) };
    views.setHead(poses[k]);
    views.queue(frame, uncut.mesh);
    views.flush(k * stepMs, stage.renderer);
    // Outside of time: everything that comes with a frame is there before the next one.
    views.settle(stage.renderer);
  }
  if (!newest || !uncut) throw new Error('The history has no frames; give the plan at least one.');
  return { known, newestFirst: [...known.values()].reverse(), newest, uncut, older, views };
}

/** Scores the views around the end of one history. */
class SceneScorer {
  private readonly quads = new Map<string, LayerQuads | null>();

  constructor(
    private readonly seed: number,
    private readonly history: History,
    private readonly stage: BenchStage,
  ) {}

  score(view: LatticeView, truth: Truth, scored: Scored): void {
    const { history, stage } = this;
    const { cell } = scored;
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
      psnrDb[method] = addPicture(cell.sums[method], pictures[method], truth.color, masks, ssim, source);
    }
    for (const method of drawnMethods) {
      const rubber = countRubber(sources[method], (code) => this.quadsOf(method, code));
      addMean(cell.sums[method].means.rubber, (100 * rubber) / seen.length);
    }
    const peers = drawnMethods.filter((method) => method !== 'layers');
    const marginDb = psnrDb.layers - Math.max(...peers.map((method) => psnrDb[method]));
    const kept: KeptView = {
      view,
      sceneSeed: this.seed,
      truth: truth.color,
      masks,
      byMethod: pictures,
      layersSource: sources.layers,
      psnrDb,
    };
    scored.first ??= kept;
    if (marginDb >= cell.leastMarginDb) return;
    scored.worst = kept;
    cell.leastMarginDb = marginDb;
    cell.leastMarginScene = this.seed;
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
