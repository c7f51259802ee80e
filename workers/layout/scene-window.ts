import { cellSize } from './grid';
import { atBox, PrimitiveList, primitiveStride } from './primitives';
import type { Cell, SemanticMap } from './things';

/** Draws one cell's things into a list of primitives: plain for the map view, ornate for the simulator. */
export type ShapeCell = (cell: Cell, out: PrimitiveList) => void;

/** How far, in cells, the middle of a window may be from the visitor before it is rebuilt. */
const slackCells = 2;
/**
 * Cells kept in every direction for pictures. Even with the slack, all that a ray can reach (62 m, see `farthestM`) is
 * inside, so that a picture does not depend on the way that led to its pose. Beyond there is only ground, in haze.
 */
const pictureRadiusCells = 16 + slackCells;

/**
 * The primitives of all cells near a place, in flat arrays that a ray can walk through cell by cell.
 * Moving by less than a few cells costs nothing; moving further, or a map that has grown, rebuilds it from cached cells.
 */
export class SceneWindow {
  /** Cells along one side. */
  readonly width: number;
  /** World cell index of the window's corner of least x and z. */
  originI = 0;
  originJ = 0;
  /** First primitive and number of primitives of each cell, row by row (j, then i). */
  readonly start: Int32Array;
  readonly count: Int32Array;
  /** Highest point of each cell, metres; 0 when the cell is empty. */
  readonly top: Float32Array;
  /** All primitives, `primitiveStride` numbers each, world metres. */
  primitives = new Float32Array(0);
  /** Highest point of the window. */
  highest = 0;

  private centreI = Number.NaN;
  private centreJ = Number.NaN;
  private version: number | undefined;
  private readonly shapes = new Map<string, { cell: Cell; numbers: Float32Array }>();

  /** @param radiusCells cells kept in every direction; whoever asks only about things nearby keeps fewer. */
  constructor(
    readonly map: SemanticMap,
    private readonly shapeCell: ShapeCell,
    private readonly radiusCells = pictureRadiusCells,
  ) {
    this.width = 2 * radiusCells + 1;
    this.start = new Int32Array(this.width * this.width);
    this.count = new Int32Array(this.width * this.width);
    this.top = new Float32Array(this.width * this.width);
  }

  /** Makes sure that the window surrounds (x, z), world metres. */
  centreOn(x: number, z: number): void {
    const i = Math.floor(x / cellSize);
    const j = Math.floor(z / cellSize);
    // Some slack, so that a step back and forth over a cell's edge does not rebuild the window each time.
    const isNear = Math.abs(i - this.centreI) <= slackCells && Math.abs(j - this.centreJ) <= slackCells;
    if (isNear && this.map.version === this.version) return;
    this.rebuild(isNear ? this.centreI : i, isNear ? this.centreJ : j);
  }

  private rebuild(centreI: number, centreJ: number): void {
    const { width } = this;
    this.version = this.map.version;
    this.centreI = centreI;
    this.centreJ = centreJ;
    this.originI = centreI - this.radiusCells;
    this.originJ = centreJ - this.radiusCells;
    this.highest = 0;
    const lists: Float32Array[] = [];
    let total = 0;
    for (let j = 0; j < width; j++) {
      for (let i = 0; i < width; i++) {
        const numbers = this.cellShapes(this.originI + i, this.originJ + j);
        const slot = j * width + i;
        this.start[slot] = total / primitiveStride;
        this.count[slot] = numbers.length / primitiveStride;
        let top = 0;
        for (let p = 0; p < numbers.length; p += primitiveStride) top = Math.max(top, numbers[p + atBox + 4]!);
        this.top[slot] = top;
        this.highest = Math.max(this.highest, top);
        lists.push(numbers);
        total += numbers.length;
      }
    }
    if (this.primitives.length < total) this.primitives = new Float32Array(Math.ceil(total * 1.25));
    let offset = 0;
    for (const numbers of lists) {
      this.primitives.set(numbers, offset);
      offset += numbers.length;
    }
  }

  private cellShapes(i: number, j: number): Float32Array {
    const key = `${i},${j}`;
    const known = this.shapes.get(key);
    // A map that grows gives a changed cell as a new object; then its shapes are drawn anew.
    if (known && (this.version === undefined || known.cell === this.map.cell(i, j))) return known.numbers;
    const cell = this.map.cell(i, j);
    const list = new PrimitiveList();
    this.shapeCell(cell, list);
    const numbers = Float32Array.from(list.numbers);
    if (this.shapes.size > 20_000) this.shapes.clear();
    this.shapes.set(key, { cell, numbers });
    return numbers;
  }
}
