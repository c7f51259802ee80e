import { hash3, hashToUnit } from '../../src/math/hash';
import { furnish } from './furnish';
import { courtyardCells, floorMod } from './grid';
import type { Cell, SemanticMap, Thing, WallRun } from './things';

/** What closes one side of a courtyard; one word a cell along the side. */
type Segment = 'none' | 'wall' | 'arch' | 'colonnade' | 'low';
type Boundary = { segments: readonly [Segment, Segment, Segment]; height: number; span: number };

const boundaryStyles: readonly { upTo: number; segments: Boundary['segments']; span: number }[] = [
  { upTo: 0.3, segments: ['wall', 'arch', 'wall'], span: 2.2 },
  { upTo: 0.52, segments: ['arch', 'arch', 'arch'], span: 2.6 },
  { upTo: 0.7, segments: ['colonnade', 'colonnade', 'colonnade'], span: 0 },
  { upTo: 0.8, segments: ['low', 'none', 'low'], span: 0 },
  { upTo: 0.86, segments: ['wall', 'none', 'wall'], span: 0 },
  { upTo: 1.01, segments: ['none', 'none', 'none'], span: 0 },
];

/** Salts keep the hashes of different questions about the same place apart. */
const saltBoundaryX = 11;
const saltBoundaryZ = 23;
const saltTone = 37;

/**
 * Endless courtyards under an open sky: every 12 m a boundary of walls, arcades or colonnades, inside each a theme.
 * Everything follows from `seed` and the cell's indices by hashing, so any cell can be built in any order.
 */
export class CourtyardMap implements SemanticMap {
  private readonly cells = new Map<string, Cell>();

  constructor(readonly seed: number) {}

  cell(i: number, j: number): Cell {
    const key = `${i},${j}`;
    let cell = this.cells.get(key);
    if (!cell) {
      cell = this.build(i, j);
      // A long walk must not keep every cell it ever saw; what is dropped is rebuilt identically.
      if (this.cells.size > 20_000) this.cells.clear();
      this.cells.set(key, cell);
    }
    return cell;
  }

  private build(i: number, j: number): Cell {
    const things: Thing[] = [];
    this.addRun(things, 'z', i, j);
    this.addRun(things, 'x', i, j);
    const pierHeight = this.pierHeight(i, j);
    if (pierHeight > 0) things.push({ kind: 'pier', height: pierHeight });
    furnish(this.seed, i, j, things);
    const tone = 0.93 + 0.14 * hashToUnit(hash3(this.seed, i, j, saltTone));
    return { i, j, tone, things };
  }

  /** The boundary that cell (i, j) has along its `run` edge, or null inside a courtyard. */
  private boundary(run: WallRun, i: number, j: number): { segment: Segment; boundary: Boundary } | null {
    const across = run === 'z' ? i : j;
    if (floorMod(across, courtyardCells) !== 0) return null;
    const courtI = Math.floor(i / courtyardCells);
    const courtJ = Math.floor(j / courtyardCells);
    const h = hash3(this.seed, courtI, courtJ, run === 'z' ? saltBoundaryX : saltBoundaryZ);
    const pick = hashToUnit(h);
    const style = boundaryStyles.find((s) => pick < s.upTo)!;
    const height = 3 + 0.2 * Math.floor(8 * hashToUnit(hash3(h, courtI, courtJ, 5)));
    const segment = style.segments[floorMod(run === 'z' ? j : i, courtyardCells)]!;
    return { segment, boundary: { segments: style.segments, height, span: style.span } };
  }

  private addRun(things: Thing[], run: WallRun, i: number, j: number): void {
    const found = this.boundary(run, i, j);
    if (!found) return;
    const { segment, boundary } = found;
    switch (segment) {
      case 'none':
        return;
      case 'wall':
        things.push({ kind: 'wall', run, height: boundary.height });
        return;
      case 'low':
        things.push({ kind: 'wall', run, height: 0.8 });
        return;
      case 'arch': {
        const spring = boundary.height - 0.6 - boundary.span / 2;
        things.push({ kind: 'arch', run, height: boundary.height, span: boundary.span, spring });
        return;
      }
      case 'colonnade': {
        const radius = 0.17;
        const height = boundary.height - 0.6;
        for (const along of [1, 3]) {
          const x = run === 'x' ? along : 0.32;
          const z = run === 'x' ? 0.32 : along;
          things.push({ kind: 'column', x, z, base: 0, radius, height });
        }
        things.push({ kind: 'beam', run, base: height, height: 0.4 });
        return;
      }
      default: {
        const never: never = segment;
        throw new Error(`Unknown wall segment ${String(never)}.`);
      }
    }
  }

  /** A pier stands at the cell's corner of least x and z when a tall run ends there; it is a little taller than the runs. */
  private pierHeight(i: number, j: number): number {
    let height = 0;
    const consider = (run: WallRun, a: number, b: number): void => {
      const found = this.boundary(run, a, b);
      if (!found || found.segment === 'none') return;
      const top = found.segment === 'low' ? 0.8 : found.boundary.height;
      if (top > height) height = top;
    };
    consider('z', i, j);
    consider('z', i, j - 1);
    consider('x', i, j);
    consider('x', i - 1, j);
    return height > 0 ? height + 0.2 : 0;
  }
}
