import { availableParallelism } from 'node:os';
import { openBenchPages, type BenchPage } from '../browser-page';
import { mergeCells, rowsOf, type LatticeCell } from './cell-sums';
import { cutQuality, type EdgeCounts } from './cut-quality';
import { notesOf } from './notes';
import type { WantedView } from './page';
import { doneShare, partsOf, type Part } from './parts';
import { displayHz, planOf, sourceFovDeg, viewFovDeg, viewSize, type Plan } from './plan';
import type { ReprojectionResult, TraceRow, ViewPictures } from './result';
import { marginsOf, summarise } from './summary';

export type ReprojectionOptions = {
  /** A representative part, in under three minutes on two cores. */
  quick: boolean;
  /** Chooses worlds, ways, directions and jitter. The same seed gives the same rows. */
  seed: number;
  onProgress(text: string, done: number, total: number): void;
};

/** More pages than this would only wait for memory. */
const mostPages = 4;
const worstCells = 3;
/** Cells whose first view shows what each method does. */
const tellingCells: readonly (readonly [baselineCm: number, rotationDeg: number])[] = [
  [3.15, 0],
  [10, 20],
  [50, 0],
  [50, 20],
];

type PartResult =
  | { kind: 'lattice'; cells: LatticeCell[]; edges: EdgeCounts }
  | { kind: 'traces'; rows: TraceRow[]; displayFrames: number };

/**
 * Renders the product's own shaders in headless browsers against the simulator's truth, for every method, and measures.
 * The software GPU works on one core, so that each page takes one.
 * @throws Error when there is no browser, or when something went wrong in a page
 */
export async function benchReprojection({ quick, seed, onProgress }: ReprojectionOptions): Promise<ReprojectionResult> {
  const begunMs = performance.now();
  const plan = planOf(quick, seed);
  const parts = partsOf(plan);
  onProgress('building the page', 0, 1000);
  const count = Math.max(1, Math.min(mostPages, availableParallelism(), parts.length));
  const pages = await openBenchPages({ name: 'reprojection', entry: 'src/bench/reprojection/page.ts' }, count);
  try {
    const results = await runParts(plan, parts, pages, onProgress);
    const lattice = results.filter((result) => result.kind === 'lattice');
    const traces = results.filter((result) => result.kind === 'traces');
    const latticeRows = mergeCells(lattice.map(({ cells }) => cells)).flatMap(rowsOf);
    const traceRows = traces.flatMap(({ rows }) => rows).sort((a, b) => a.latencyMs - b.latencyMs || a.modelHz - b.modelHz);
    const cuts = cutQuality(seed, sumOf(lattice.map(({ edges }) => edges)));
    const worst = marginsOf(latticeRows).slice(0, worstCells);
    onProgress('pictures for the report', 1000, 1000);
    const pictures = await picturesOf(pages, wantedViews(plan, mergeCells(lattice.map(({ cells }) => cells)), worst));
    return {
      counts: {
        quick,
        seed,
        sceneSeeds: plan.sceneSeeds,
        baselinesCm: plan.baselinesCm,
        rotationsDeg: plan.rotationsDeg,
        directions: plan.directions,
        historyFrames: plan.historyFrames,
        latticePictures: latticeRows.filter(({ method }) => method === 'layers').reduce((sum, row) => sum + row.pictures, 0),
        viewSize,
        viewFovDeg,
        sourceSize: plan.latticeSourceSize,
        sourceFovDeg,
        traceSourceSize: plan.traceSourceSize,
        latenciesMs: plan.latenciesMs,
        modelHz: plan.modelHz,
        displayHz,
        traceDisplayFrames: traces[0]?.displayFrames ?? 0,
        tracePicturesPerModel: 2 * plan.tracePairs,
        seconds: (performance.now() - begunMs) / 1000,
      },
      rows: [...latticeRows, ...traceRows],
      cuts,
      summary: summarise(latticeRows, traceRows, cuts),
      worstCells: worst,
      pictures,
      notes: notesOf(plan),
    };
  } finally {
    await Promise.all(pages.map((page) => page.close()));
  }
}

/** Every page takes the next part when it is done with one. @returns results in the order of scenes and latencies */
async function runParts(
  plan: Plan,
  parts: readonly Part[],
  pages: readonly BenchPage[],
  onProgress: ReprojectionOptions['onProgress'],
): Promise<PartResult[]> {
  const shares = parts.map(() => 0);
  const results: (PartResult & { order: number })[] = [];
  let next = 0;
  const work = async ({ page, errors }: BenchPage): Promise<void> => {
    let current = 0;
    await page.exposeFunction('benchProgress', (share: number) => {
      shares[current] = share;
      const done = Math.round(1000 * doneShare(parts, shares, plan));
      onProgress(wordsOf(parts, shares, plan), done, 1000);
    });
    while (next < parts.length) {
      current = next++;
      const part = parts[current];
      const order = part.kind === 'lattice' ? part.sceneSeed : part.latenciesMs[0][0];
      results.push({ ...(await runPart(page, plan, part)), order });
      if (errors.length > 0) throw new Error(`The page of the benchmark reported: ${errors.join(' ')}`);
    }
  };
  await Promise.all(pages.map(work));
  return results.sort((a, b) => a.order - b.order);
}

async function runPart(page: BenchPage['page'], plan: Plan, part: Part): Promise<PartResult> {
  if (part.kind === 'lattice') {
    const given = [plan, part.sceneSeed] as const;
    return { kind: 'lattice', ...(await page.evaluate(([p, seed]) => window.reprojectionBench.lattice(p, seed), given)) };
  }
  const given = [plan, part.latenciesMs] as const;
  return { kind: 'traces', ...(await page.evaluate(([p, list]) => window.reprojectionBench.traces(p, list), given)) };
}

function wordsOf(parts: readonly Part[], shares: readonly number[], plan: Plan): string {
  const percent = (kind: Part['kind']): string => {
    const of = parts.map((part, i) => ({ part, share: shares[i] })).filter(({ part }) => part.kind === kind);
    const share = doneShare(of.map(({ part }) => part), of.map((entry) => entry.share), plan);
    return `${Math.round(100 * share)} %`;
  };
  return `lattice ${percent('lattice')}, head traces ${percent('traces')}`;
}

function sumOf(all: readonly EdgeCounts[]): EdgeCounts {
  const sum: EdgeCounts = { jumps: 0, jumpsCut: 0, smooth: 0, smoothCut: 0 };
  for (const edges of all) {
    for (const name of ['jumps', 'jumpsCut', 'smooth', 'smoothCut'] as const) sum[name] += edges[name];
  }
  return sum;
}

function wantedViews(plan: Plan, cells: readonly LatticeCell[], worst: readonly { baselineCm: number; rotationDeg: number }[]): WantedView[] {
  const ofWorst = worst.map(({ baselineCm, rotationDeg }): WantedView => {
    const cell = cells.find((one) => one.baselineCm === baselineCm && one.rotationDeg === rotationDeg);
    return { why: 'worst', sceneSeed: cell?.leastMarginScene ?? plan.sceneSeeds[0], baselineCm, rotationDeg };
  });
  const telling = tellingCells.map(
    ([baselineCm, rotationDeg], i): WantedView => ({
      why: 'telling',
      sceneSeed: plan.sceneSeeds[i % plan.sceneSeeds.length],
      baselineCm,
      rotationDeg,
    }),
  );
  return [...ofWorst, ...telling];
}

/** From whichever page has them, in the order wanted. */
async function picturesOf(pages: readonly BenchPage[], wanted: readonly WantedView[]): Promise<ViewPictures[]> {
  const out: ViewPictures[] = [];
  for (const view of wanted) {
    for (const { page } of pages) out.push(...(await page.evaluate((one) => window.reprojectionBench.pictures([one]), view)));
  }
  return out;
}
