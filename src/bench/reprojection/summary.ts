import type { CellMargin, CutQuality, LatticeRow, Method, ReprojectionSummary, TraceRow } from './result';

/** From this baseline on nothing may be lost; nearer, so much is a tie. */
const strictFromCm = 2;
const tieDb = 0.1;
const tieSsim = 0.002;

/** What `layers` is measured against: everything that a viewer could really do. */
const peers: readonly Method[] = ['off', 'rotation', 'quad', 'uncut', 'mesh'];

type Cell = { baselineCm: number; rotationDeg: number; of: Map<Method, LatticeRow> };

function cellsOf(rows: readonly LatticeRow[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const row of rows) {
    const { baselineCm, rotationDeg } = row;
    const key = `${baselineCm} ${rotationDeg}`;
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { baselineCm, rotationDeg, of: new Map() }));
    cell.of.set(row.method, row);
  }
  return [...cells.values()];
}

/** Best peer of a cell and how far `layers` is above it; null when one of them has nothing to measure. */
function marginOf(cell: Cell, read: (row: LatticeRow) => number | null): { peer: Method; margin: number } | null {
  const layers = cell.of.get('layers');
  const own = layers && read(layers);
  if (own == null) return null;
  let best: { peer: Method; margin: number } | null = null;
  for (const peer of peers) {
    const row = cell.of.get(peer);
    const value = row && read(row);
    if (value == null) continue;
    if (best === null || own - value < best.margin) best = { peer, margin: own - value };
  }
  return best;
}

function isLost(cell: Cell, margin: number, tie: number): boolean {
  return cell.baselineCm >= strictFromCm ? margin < 0 : margin < -tie;
}

/** All cells by the margin of `layers` over the best peer, smallest first. */
export function marginsOf(rows: readonly LatticeRow[]): CellMargin[] {
  return cellsOf(rows)
    .flatMap((cell) => {
      const found = marginOf(cell, (row) => row.psnrAllDb);
      const { baselineCm, rotationDeg } = cell;
      return found ? [{ baselineCm, rotationDeg, peer: found.peer, marginDb: found.margin }] : [];
    })
    .sort((a, b) => a.marginDb - b.marginDb);
}

function meanGain(cells: readonly Cell[], read: (row: LatticeRow) => number | null): number {
  const gains = cells.flatMap((cell) => {
    const layers = cell.of.get('layers');
    const uncut = cell.of.get('uncut');
    const a = layers && read(layers);
    const b = uncut && read(uncut);
    return a == null || b == null ? [] : [a - b];
  });
  return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
}

const largest = (values: readonly (number | null)[]): number => Math.max(0, ...values.map((v) => Math.abs(v ?? 0)));

/** The figures that a run is judged by, from its own rows and nothing else. */
export function summarise(
  lattice: readonly LatticeRow[],
  traces: readonly TraceRow[],
  cuts: CutQuality,
): ReprojectionSummary {
  const cells = cellsOf(lattice);
  const lost = (read: (row: LatticeRow) => number | null, tie: number): CellMargin[] =>
    cells.flatMap((cell) => {
      const found = marginOf(cell, read);
      if (found === null || !isLost(cell, found.margin, tie)) return [];
      const { baselineCm, rotationDeg } = cell;
      return [{ baselineCm, rotationDeg, peer: found.peer, marginDb: found.margin }];
    });
  const lostCells = lost((row) => row.psnrAllDb, tieDb);
  const ownCells = lattice.filter((row) => row.method === 'layers');
  const ownTraces = traces.filter((row) => row.method === 'layers');
  const rubber = ownCells.map((row) => row.rubberSheetPct);
  return {
    cellsLost: lostCells.length,
    lostCells,
    cellsLostDisoccluded: lost((row) => row.psnrDisoccludedDb, tieDb).length,
    cellsLostSsim: lost((row) => row.ssimAll, tieSsim).length,
    cells: cells.length,
    gainAllDb: meanGain(cells, (row) => row.psnrAllDb),
    gainDisoccludedDb: meanGain(cells, (row) => row.psnrDisoccludedDb),
    trulyEmptyPct: largest([...ownCells, ...ownTraces].map((row) => row.trulyEmptyPct)),
    rotationLagFramesMax: largest(ownTraces.map((row) => row.lagRotationFrames)),
    rubberSheetPct: rubber.reduce<number>((sum, value) => sum + (value ?? 0), 0) / Math.max(1, rubber.length),
    rubberSheetMaxPct: largest(rubber),
    falseCutPct: cuts.falseCutPct,
  };
}
