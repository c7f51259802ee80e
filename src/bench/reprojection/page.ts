/** The page of `npm run bench -- reprojection`: everything is drawn and measured here, part by part. */
import { runLattice, type SceneOutcome } from './lattice-run';
import { picturesOf } from './picture-book';
import type { Plan } from './plan';
import type { TraceRow, ViewPictures } from './result';
import { SceneClient } from './scene-client';
import { BenchStage } from './stage';
import { runTraces } from './trace-run';

/** Which view of a cell the program wants to see. */
export type WantedView = Pick<ViewPictures, 'why' | 'sceneSeed' | 'baselineCm' | 'rotationDeg'>;

/** What the program may ask of the page. */
export type BenchPageApi = {
  /** The lattice of one scene. */
  lattice(plan: Plan, sceneSeed: number): Promise<Omit<SceneOutcome, 'kept'>>;
  /** The simulated models of these latencies along the head trace. */
  traces(plan: Plan, latenciesMs: [number, number][]): Promise<{ rows: TraceRow[]; displayFrames: number }>;
  /** Pictures of views that this page has drawn; others are left out. */
  pictures(wanted: WantedView[]): ViewPictures[];
};

declare global {
  interface Window {
    reprojectionBench: BenchPageApi;
    /** Put there by the program: the share done of the part that this page works on. */
    benchProgress(share: number): Promise<void>;
  }
}

/** The program is told at most so often. */
const reportEveryMs = 400;

const stage = new BenchStage();
const client = new SceneClient();
const scenes = new Map<number, SceneOutcome['kept']>();

function reporter(): (share: number) => void {
  let reportedMs = Number.NEGATIVE_INFINITY;
  return (share) => {
    const nowMs = performance.now();
    if (nowMs - reportedMs < reportEveryMs && share < 1) return;
    reportedMs = nowMs;
    void window.benchProgress(share);
  };
}

window.reprojectionBench = {
  async lattice(plan, sceneSeed) {
    const { cells, edges, kept } = await runLattice(plan, sceneSeed, client, stage, reporter());
    scenes.set(sceneSeed, kept);
    return { cells, edges };
  },
  traces: (plan, latenciesMs) => runTraces(plan, latenciesMs, client, stage, reporter()),
  pictures: (wanted) =>
    wanted.flatMap(({ why, sceneSeed, baselineCm, rotationDeg }) => {
      const found = scenes
        .get(sceneSeed)
        ?.find(({ cell }) => cell.baselineCm === baselineCm && cell.rotationDeg === rotationDeg);
      const kept = why === 'worst' ? found?.worst : found?.first;
      return kept ? [picturesOf(kept, why)] : [];
    }),
};
