import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchOptions } from './arguments';
import { chromiumName, thisMachine } from './machine';
import type { Progress } from './progress';
import type { SuiteOutcome } from './report/bench-report';
import { genericPage, summaryTable } from './report/generic-page';
import { reprojectionPage } from './report/reprojection-page';
import { reprojectionTable } from './report/reprojection-table';
import type { WalkPicture } from './walk-suite';

export type Suite = {
  /** What it answers, for the help. */
  about: string;
  run: (options: BenchOptions, progress: Progress) => Promise<SuiteOutcome>;
};

/** Pictures of the walk on the contact sheet. */
const sheetPictures = 6;

// Each suite is imported when it runs: one needs the ONNX runtime, another a browser, and neither the other's.
async function runSimulator({ quick, seed }: BenchOptions, progress: Progress): Promise<SuiteOutcome> {
  const { benchSimulator } = await import('./simulator-suite');
  const frames = quick ? 20 : 120;
  const measured = await benchSimulator({ frames, seed }, (frame) => progress.update(`picture ${frame + 1} of ${frames}`));
  const report = { suite: 'simulator', machine: thisMachine(), ...measured };
  const lead = 'How fast one core draws the pictures that are the truth of every other benchmark, and the plain map view.';
  return { report, table: summaryTable(report.summary), page: genericPage(report, lead) };
}

async function runWalk({ quick, seed, png }: BenchOptions, progress: Progress): Promise<SuiteOutcome> {
  const { benchWalk } = await import('./walk-suite');
  const { contactSheet } = await import('./contact-sheet');
  const frames = quick ? 20 : 200;
  const every = Math.ceil(frames / sheetPictures);
  const pictures: WalkPicture[] = [];
  const manifest = pathToFileURL(path.resolve('models/courtyard-paint/manifest.json')).href;
  const measured = await benchWalk(manifest, seed, frames, ({ frame, painted, truth, raw }) => {
    progress.update(`frame ${frame + 1} of ${frames}`);
    if (png === null || frame % every !== 0) return;
    pictures.push({ frame, painted: painted.slice(), truth: truth.slice(), raw });
  });
  if (png !== null) writeFileSync(png, contactSheet(pictures));
  const report = { suite: 'walk', machine: thisMachine(), ...measured };
  const lead = 'The shipped neural world along a walk, beside the raw map that it paints from; both against the true picture.';
  return { report, table: summaryTable(report.summary), page: genericPage(report, lead) };
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

/** Every benchmark by its name. */
export const suites: Readonly<Record<string, Suite>> = {
  simulator: { about: 'how fast the teacher draws', run: runSimulator },
  walk: { about: 'does the network hold a world together', run: runWalk },
  reprojection: { about: 'how true is a redrawn frame, against what others do', run: runReprojection },
  display: { about: 'what a display frame costs the page, and what the model takes from it', run: runDisplay },
};
