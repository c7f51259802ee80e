import { writeFileSync } from 'node:fs';
import type { BenchOptions } from './arguments';
import { chromiumName, thisMachine } from './machine';
import type { Progress } from './progress';
import type { SuiteOutcome } from './report/bench-report';
import { genericPage, summaryTable } from './report/generic-page';
import { reprojectionPage } from './report/reprojection-page';
import { reprojectionTable } from './report/reprojection-table';

export type Suite = {
  /** What it answers, for the help. */
  about: string;
  run: (options: BenchOptions, progress: Progress) => Promise<SuiteOutcome>;
};

// Each suite is imported when it runs: one needs the ONNX runtime, another a browser, and neither the other's.
async function runSimulator({ quick, seed }: BenchOptions, progress: Progress): Promise<SuiteOutcome> {
  const { benchSimulator } = await import('./simulator-suite');
  const frames = quick ? 20 : 120;
  const measured = await benchSimulator({ frames, seed }, (frame) => progress.update(`picture ${frame + 1} of ${frames}`));
  const report = { suite: 'simulator', machine: thisMachine(), ...measured };
  const lead = 'How fast one core draws the pictures that are the truth of every other benchmark, and the plain map view.';
  return { report, table: summaryTable(report.summary), page: genericPage(report, lead) };
}

async function runWorld({ quick, seed, png }: BenchOptions, progress: Progress): Promise<SuiteOutcome> {
  const { benchWorld, findWorldPackages } = await import('./world-suite');
  const { worldTable } = await import('./report/world-tables');
  const { worldPage } = await import('./report/world-page');
  const [manifestFile, ...otherManifestFiles] = findWorldPackages();
  const result = await benchWorld({ manifestFile, otherManifestFiles, quick, seed, onProgress: (text) => progress.update(text) });
  // The pictures are for the page, as for `reprojection`.
  const { rows, summary, pictures: _, sheet, ...rest } = result;
  if (png !== null && sheet) writeFileSync(png, sheet);
  const report = { suite: 'world', machine: thisMachine(), ...rest, rows, summary };
  return { report, table: worldTable(result), page: worldPage(result) };
}

async function runReprojection({ quick, seed }: BenchOptions, progress: Progress): Promise<SuiteOutcome> {
  const { benchReprojection } = await import('./reprojection/bench-reprojection');
  const result = await benchReprojection({
    quick,
    seed,
    onProgress: (text, done, total) => progress.update(`${Math.floor((100 * done) / total)} % ${text}`),
  });
  // The pictures are for the page: in JSON they would be megabytes that nobody reads.
  const { rows, summary, pictures: _, ...rest } = result;
  const report = { suite: 'reprojection', machine: thisMachine(chromiumName()), ...rest, rows, summary };
  return { report, table: reprojectionTable(result), page: reprojectionPage(result) };
}

async function runDisplay({ quick, seed }: BenchOptions, progress: Progress): Promise<SuiteOutcome> {
  const { benchDisplay } = await import('./display-suite');
  const { displayPage, displayTable } = await import('./report/display-page');
  const { browser, ...result } = await benchDisplay({ quick, seed, onProgress: (text) => progress.update(text) });
  const report = { suite: 'display', machine: thisMachine(browser), ...result };
  return { report, table: displayTable(result), page: displayPage(result) };
}

async function runLatency({ quick, seed }: BenchOptions, progress: Progress): Promise<SuiteOutcome> {
  const { benchLatency } = await import('./latency-suite');
  const { latencyPage } = await import('./report/latency-page');
  const { latencyTable } = await import('./report/latency-tables');
  const { browser, ...result } = await benchLatency({ quick, seed, onProgress: (text) => progress.update(text) });
  const report = { suite: 'latency', machine: thisMachine(browser), ...result };
  return { report, table: latencyTable(result), page: latencyPage(result) };
}

async function runPhysics({ quick, seed }: BenchOptions, progress: Progress): Promise<SuiteOutcome> {
  const { benchPhysics } = await import('./physics-suite');
  const { physicsPage } = await import('./report/physics-page');
  const { physicsTable } = await import('./report/physics-tables');
  const result = await benchPhysics({ quick, seed, onProgress: (text) => progress.update(text) });
  // The pictures are for the page.
  const { rows, summary, occlusion, ...rest } = result;
  const all = [...rows, ...occlusion.rows];
  const report = { suite: 'physics', machine: thisMachine(chromiumName()), ...rest, rows: all, summary };
  return { report, table: physicsTable(result), page: physicsPage(result) };
}

/** Every benchmark by its name. */
export const suites: Readonly<Record<string, Suite>> = {
  simulator: { about: 'how fast the teacher draws', run: runSimulator },
  world: { about: 'is the generated world true, sharp, lasting, obedient and fast', run: runWorld },
  reprojection: { about: 'how true is a redrawn frame, against what others do', run: runReprojection },
  display: { about: 'what a display frame costs the page, and what the model takes from it', run: runDisplay },
  latency: { about: 'when a movement shows, and what a model in trouble costs the display', run: runLatency },
  physics: { about: 'where throws come down, and whether bodies keep to physics', run: runPhysics },
};
