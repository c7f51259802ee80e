/** The page of `npm run bench -- reprojection`: everything is drawn and measured here, the program only waits. */
import { cutQuality } from './cut-quality';
import { runLattice, type LatticeOutcome } from './lattice-run';
import { notesOf } from './notes';
import { picturesOf } from './picture-book';
import { planOf, sourceFovDeg, viewFovDeg, viewSize, displayHz } from './plan';
import type { CellMargin, ReprojectionResult, ViewPictures } from './result';
import { SceneClient } from './scene-client';
import { BenchStage } from './stage';
import { marginsOf, summarise } from './summary';
import { runTraces } from './trace-run';

declare global {
  interface Window {
    benchReprojection(quick: boolean, seed: number): Promise<ReprojectionResult>;
    /** Put there by the program. */
    benchProgress(text: string, done: number, total: number): Promise<void>;
  }
}

/** The program is told at most so often. */
const reportEveryMs = 500;
const worstCells = 3;
/** Cells whose first view shows what each method does. */
const tellingCells: readonly (readonly [baselineCm: number, rotationDeg: number])[] = [
  [3.15, 0],
  [10, 20],
  [50, 0],
  [50, 20],
];

/** Time that the two halves take, roughly, for one bar of progress. */
const latticeShare = 0.5;

window.benchReprojection = async (quick, seed) => {
  const begunMs = performance.now();
  const plan = planOf(quick, seed);
  const stage = new BenchStage();
  const client = new SceneClient();
  let reportedMs = Number.NEGATIVE_INFINITY;
  const report = (text: string, done: number): void => {
    const nowMs = performance.now();
    if (nowMs - reportedMs < reportEveryMs && done < 1) return;
    reportedMs = nowMs;
    void window.benchProgress(text, Math.round(done * 1000), 1000);
  };
  try {
    const lattice = await runLattice(plan, client, stage, (done, total) =>
      report(`picture ${done} of ${total} of the lattice`, (latticeShare * done) / total),
    );
    const traces = await runTraces(plan, client, stage, (done, total) =>
      report(`display frame ${done} of ${total} of the head traces`, latticeShare + ((1 - latticeShare) * done) / total),
    );
    const cuts = cutQuality(seed, lattice.edges);
    const margins = marginsOf(lattice.rows).slice(0, worstCells);
    return {
      counts: {
        quick,
        seed,
        sceneSeeds: plan.sceneSeeds,
        baselinesCm: plan.baselinesCm,
        rotationsDeg: plan.rotationsDeg,
        directions: plan.directions,
        historyFrames: plan.historyFrames,
        latticePictures: lattice.pictures,
        viewSize,
        viewFovDeg,
        sourceSize: plan.latticeSourceSize,
        sourceFovDeg,
        traceSourceSize: plan.traceSourceSize,
        latenciesMs: plan.latenciesMs,
        modelHz: plan.modelHz,
        displayHz,
        traceDisplayFrames: traces.displayFrames,
        tracePicturesPerModel: 2 * plan.tracePairs,
        seconds: (performance.now() - begunMs) / 1000,
      },
      rows: [...lattice.rows, ...traces.rows],
      cuts,
      summary: summarise(lattice.rows, traces.rows, cuts),
      worstCells: margins,
      pictures: choosePictures(lattice, margins),
      notes: notesOf(plan),
    };
  } finally {
    client.dispose();
    stage.dispose();
  }
};

function choosePictures({ cells }: LatticeOutcome, margins: readonly CellMargin[]): ViewPictures[] {
  const find = (baselineCm: number, rotationDeg: number) =>
    cells.find((cell) => cell.baselineCm === baselineCm && cell.rotationDeg === rotationDeg);
  const worst = margins.flatMap(({ baselineCm, rotationDeg }) => {
    const kept = find(baselineCm, rotationDeg)?.worst;
    return kept ? [picturesOf(kept, 'worst')] : [];
  });
  const telling = tellingCells.flatMap(([baselineCm, rotationDeg]) => {
    const kept = find(baselineCm, rotationDeg)?.first;
    return kept ? [picturesOf(kept, 'telling')] : [];
  });
  return [...worst, ...telling];
}
