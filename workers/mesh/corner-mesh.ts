import type { FrameMesh } from '../../src/world/contracts';
import { findCuts } from './cut';
import { maxInverseDepth } from './sanitise';

/** Most vertices a frame can need: every texel cut loose, with four corners of its own. */
export function maxVertices(width: number, height: number): number {
  return 4 * width * height;
}

/** Most indices a frame can need: two triangles a texel. */
export function maxIndices(width: number, height: number): number {
  return 6 * width * height;
}

/** Vertex flag, bit 0: the vertex lies on a cut. */
export const onCut = 1;
/**
 * Vertex flags, bits 1 to 4, set only beside bit 0: which of the texels around the corner (up left, up right, down
 * left, down right) the vertex belongs to. A shader can pull its colour lookup half a texel towards them, so that the
 * other side of the cut does not bleed in.
 */
export const texelFlags = [2, 4, 8, 16] as const;

/** Texels between the vertices of the flat grid that a frame without depth gets. */
const flatGridStep = 8;

/** Quantised inverse depth: sky exactly 0, anything finite at least one step, so that the two never meet. */
function quantise(inverseDepth: number, scale: number): number {
  if (inverseDepth === 0) return 0;
  const steps = Math.round(inverseDepth * scale);
  return steps < 1 ? 1 : steps > 65535 ? 65535 : steps;
}

function largestIn(inverseDepth: Float32Array, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) if (inverseDepth[i] > largest) largest = inverseDepth[i];
  return largest;
}

/**
 * Which texels around a corner hang together, by which of its four edges are uncut. Texels: 0 up left, 1 up right,
 * 2 down left, 3 down right. Edges: bit 0 joins 0-1, bit 1 joins 2-3, bit 2 joins 0-2, bit 3 joins 1-3. Entry
 * `edges * 4 + texel` is the set (bit per texel) of the texels that this one can reach.
 */
const clusters = (() => {
  const ends = [0b0011, 0b1100, 0b0101, 0b1010];
  const table = new Uint8Array(64);
  for (let edges = 0; edges < 16; edges++) {
    for (let texel = 0; texel < 4; texel++) {
      let reached = 1 << texel;
      for (let pass = 0; pass < 3; pass++) {
        for (let e = 0; e < 4; e++) if (edges & (1 << e) && reached & ends[e]) reached |= ends[e];
      }
      table[edges * 4 + texel] = reached;
    }
  }
  return table;
})();

/**
 * Turns a depth picture into a cut mesh with one quad per texel, placed on the texel's own corners. Corners are shared
 * by texels that hang together around them and doubled where a cut runs through, each with the mean inverse depth of
 * its cluster; so silhouettes lie exactly on texel borders, one-pixel things survive, and an invalid texel removes one
 * quad and nothing else. Holds scratch memory for one picture size; another size just makes new scratch.
 */
export class CornerMesher {
  /** Cut edges of the last build, for statistics. */
  cutEdges = 0;

  private width = 0;
  private height = 0;
  private cutRight = new Uint8Array(0);
  private cutBelow = new Uint8Array(0);
  /** Vertices of the upper corners (left, right a texel) of the texel row whose quads come next. */
  private upper = new Int32Array(0);
  /** The same for its lower corners. */
  private lower = new Int32Array(0);
  /** The same for the upper corners of the row below it, which the same line of corners makes. */
  private upperOfNext = new Int32Array(0);
  private vertexCount = 0;

  /**
   * @param inverseDepth sanitised inverse depth, 1/m, rows from the top: 0 is sky, NaN is a hole. Null: no depth, one
   *   coarse grid at infinity.
   * @param outVertices at least 4 * {@link maxVertices} numbers; it becomes part of the result.
   * @param outIndices at least {@link maxIndices} numbers; it becomes part of the result.
   * @returns the mesh; triangles are counter-clockwise seen from the camera.
   */
  build(
    inverseDepth: Float32Array | null,
    width: number,
    height: number,
    outVertices: Uint16Array,
    outIndices: Uint32Array,
  ): FrameMesh {
    if (outVertices.length < 4 * maxVertices(width, height) || outIndices.length < maxIndices(width, height)) {
      throw new RangeError(
        `The mesh buffers are too small for ${width}x${height} texels; size them with maxVertices and maxIndices.`,
      );
    }
    if (inverseDepth === null) {
      this.cutEdges = 0;
      return buildFlatGrid(width, height, outVertices, outIndices);
    }
    if (inverseDepth.length < width * height) {
      throw new RangeError(`The depth has ${inverseDepth.length} texels where ${width}x${height} are needed.`);
    }
    this.reserve(width, height);
    this.cutEdges = findCuts(inverseDepth, width, height, this.cutRight, this.cutBelow);
    const largest = largestIn(inverseDepth, width * height);
    const inverseDepthStep = (largest > 0 ? largest : maxInverseDepth) / 65535;

    this.vertexCount = 0;
    let indexCount = 0;
    for (let y = 0; y <= height; y++) {
      this.addCorners(inverseDepth, y, 1 / inverseDepthStep, outVertices);
      if (y > 0) indexCount = this.addQuads(inverseDepth, y - 1, outIndices, indexCount);
      const done = this.upper;
      this.upper = this.upperOfNext;
      this.upperOfNext = done;
    }
    return {
      vertices: outVertices,
      vertexCount: this.vertexCount,
      indices: outIndices,
      indexCount,
      inverseDepthStep,
    };
  }

  private reserve(width: number, height: number): void {
    if (this.width === width && this.height === height) return;
    this.width = width;
    this.height = height;
    this.cutRight = new Uint8Array(width * height);
    this.cutBelow = new Uint8Array(width * height);
    this.upper = new Int32Array(2 * width);
    this.lower = new Int32Array(2 * width);
    this.upperOfNext = new Int32Array(2 * width);
  }

  /** Makes the vertices of all corners on the line between the texel rows `y - 1` and `y`. */
  private addCorners(d: Float32Array, y: number, scale: number, vertices: Uint16Array): void {
    const { width, height, cutRight, cutBelow, lower, upperOfNext } = this;
    const hasUp = y > 0;
    const hasDown = y < height;
    let vertex = this.vertexCount;
    for (let x = 0; x <= width; x++) {
      const downRight = y * width + x;
      const downLeft = downRight - 1;
      const upRight = downRight - width;
      const upLeft = upRight - 1;
      const hasLeft = x > 0;
      const hasRight = x < width;

      let joined = 0;
      let inside = 0;
      if (hasUp && hasLeft && hasRight) {
        inside |= 1;
        if (cutRight[upLeft] === 0) joined |= 1;
      }
      if (hasDown && hasLeft && hasRight) {
        inside |= 2;
        if (cutRight[downLeft] === 0) joined |= 2;
      }
      if (hasUp && hasDown && hasLeft) {
        inside |= 4;
        if (cutBelow[upLeft] === 0) joined |= 4;
      }
      if (hasUp && hasDown && hasRight) {
        inside |= 8;
        if (cutBelow[upRight] === 0) joined |= 8;
      }

      if (joined === 15) {
        // Nearly every corner: one vertex for all four texels.
        const p = vertex * 4;
        vertices[p] = x;
        vertices[p + 1] = y;
        vertices[p + 2] = quantise((d[upLeft] + d[upRight] + d[downLeft] + d[downRight]) * 0.25, scale);
        vertices[p + 3] = 0;
        lower[2 * x - 1] = vertex;
        lower[2 * x] = vertex;
        upperOfNext[2 * x - 1] = vertex;
        upperOfNext[2 * x] = vertex;
        vertex++;
        continue;
      }

      const cutHere = joined !== inside;
      for (let texel = 0; texel < 4; texel++) {
        const members = clusters[joined * 4 + texel];
        // The first texel of a cluster makes the vertex for all of it.
        if ((members & ((1 << texel) - 1)) !== 0) continue;
        if ((texel & 1) === 0 ? !hasLeft : !hasRight) continue;
        if (texel < 2 ? !hasUp : !hasDown) continue;
        let sum = 0;
        let count = 0;
        if (members & 1) {
          sum += d[upLeft];
          lower[2 * x - 1] = vertex;
          count++;
        }
        if (members & 2) {
          sum += d[upRight];
          lower[2 * x] = vertex;
          count++;
        }
        if (members & 4) {
          sum += d[downLeft];
          upperOfNext[2 * x - 1] = vertex;
          count++;
        }
        if (members & 8) {
          sum += d[downRight];
          upperOfNext[2 * x] = vertex;
          count++;
        }
        // An invalid texel is cut from everything, so it can only be alone here, and its quad is never drawn.
        if (!(sum >= 0)) continue;
        const p = vertex * 4;
        vertices[p] = x;
        vertices[p + 1] = y;
        vertices[p + 2] = quantise(sum / count, scale);
        vertices[p + 3] = cutHere ? onCut | (members << 1) : 0;
        vertex++;
      }
    }
    this.vertexCount = vertex;
  }

  /** Two triangles for every valid texel of row `y`; returns the new number of indices. */
  private addQuads(d: Float32Array, y: number, indices: Uint32Array, firstIndex: number): number {
    const { width, upper, lower } = this;
    let index = firstIndex;
    for (let x = 0; x < width; x++) {
      if (!(d[y * width + x] >= 0)) continue;
      index = addQuad(indices, index, upper[2 * x], upper[2 * x + 1], lower[2 * x], lower[2 * x + 1]);
    }
    return index;
  }
}

/** Rows run down and the camera looks along -Z, so down then right is counter-clockwise seen from the camera. */
function addQuad(
  indices: Uint32Array,
  at: number,
  upLeft: number,
  upRight: number,
  downLeft: number,
  downRight: number,
): number {
  indices[at] = upLeft;
  indices[at + 1] = downLeft;
  indices[at + 2] = upRight;
  indices[at + 3] = upRight;
  indices[at + 4] = downLeft;
  indices[at + 5] = downRight;
  return at + 6;
}

/** The mesh of a frame without depth: a screen infinitely far away. */
function buildFlatGrid(width: number, height: number, vertices: Uint16Array, indices: Uint32Array): FrameMesh {
  const columns = Math.ceil(width / flatGridStep);
  const rows = Math.ceil(height / flatGridStep);
  let p = 0;
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      vertices[p] = Math.min(column * flatGridStep, width);
      vertices[p + 1] = Math.min(row * flatGridStep, height);
      vertices[p + 2] = 0;
      vertices[p + 3] = 0;
      p += 4;
    }
  }
  let indexCount = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const corner = row * (columns + 1) + column;
      const below = corner + columns + 1;
      indexCount = addQuad(indices, indexCount, corner, corner + 1, below, below + 1);
    }
  }
  return { vertices, vertexCount: p / 4, indices, indexCount, inverseDepthStep: maxInverseDepth / 65535 };
}
