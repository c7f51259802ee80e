import { cellSize } from './grid';
import { atBox, PrimitiveList, primitiveStride } from './primitives';
import type { Cell, SemanticMap } from './things';

/** Draws one cell's things into a list of primitives: plain for the map view, ornate for the simulator. */
export type ShapeCell = (cell: Cell, out: PrimitiveList) => void;

/** Cells kept in every direction round the visitor; beyond it there is only ground, and haze hides that. */
const radiusCells = 16;
const widthCells = 2 * radiusCells + 1;

/**
 * The primitives of all cells near a place, in flat arrays that a ray can walk through cell by cell.
 * Moving by less than a few cells costs nothing; moving further rebuilds the window from cached cells.
 */
export class SceneWindow {
  readonly width = widthCells;
  /** World cell index of the window's corner of least x and z. */
  originI = 0;
  originJ = 0;
  /** First primitive and number of primitives of each cell, row by row (j, then i). */
  readonly start = new Int32Array(widthCells * widthCells);
  readonly count = new Int32Array(widthCells * widthCells);
  /** Highest point of each cell, metres; 0 when the cell is empty. */
  readonly top = new Float32Array(widthCells * widthCells);
  /** All primitives, `primitiveStride` numbers each, world metres. */
  primitives = new Float32Array(0);
  /** Highest point of the window. */
  highest = 0;

  private centreI = Number.NaN;
  private centreJ = Number.NaN;
  private readonly shapes = new Map<string, Float32Array>();

  constructor(
    readonly map: SemanticMap,
    private readonly shapeCell: ShapeCell,
  ) {}

  /** Makes sure that the window surrounds (x, z), world metres. */
  centreOn(x: number, z: number): void {
    const i = Math.floor(x / cellSize);
    const j = Math.floor(z / cellSize);
    // Some slack, so that a step back and forth over a cell's edge does not rebuild the window each time.
    if (Math.abs(i - this.centreI) <= 2 && Math.abs(j - this.centreJ) <= 2) return;
    this.rebuild(i, j);
  }

  private rebuild(centreI: number, centreJ: number): void {
    this.centreI = centreI;
    this.centreJ = centreJ;
    this.originI = centreI - radiusCells;
    this.originJ = centreJ - radiusCells;
    this.highest = 0;
    const lists: Float32Array[] = [];
    let total = 0;
    for (let j = 0; j < widthCells; j++) {
      for (let i = 0; i < widthCells; i++) {
        const numbers = this.cellShapes(this.originI + i, this.originJ + j);
        const slot = j * widthCells + i;
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
    let numbers = this.shapes.get(key);
    if (!numbers) {
      const list = new PrimitiveList();
      this.shapeCell(this.map.cell(i, j), list);
      numbers = Float32Array.from(list.numbers);
      if (this.shapes.size > 20_000) this.shapes.clear();
      this.shapes.set(key, numbers);
    }
    return numbers;
  }
}
