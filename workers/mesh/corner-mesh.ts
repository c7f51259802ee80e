import { farFromCuts, maxPictureTexels, meshUnitsPerTexel, type FrameMesh } from '../../src/world/contracts';
import { cutFlags } from './corner-flags';
import { findCuts } from './cut';
import { CutNeighbourhood } from './cut-distance';
import { continued, slopeAt } from './edge-slope';
import { buildFlatGrid } from './flat-grid';
import { addQuad } from './quad';
import { maxInverseDepth } from './sanitise';
import { SilhouetteSmoother } from './smooth-silhouette';
import { prefersOtherSplit } from './texel-shape';

/** Most vertices a frame can need: every texel cut loose, with four corners of its own. */
export function maxVertices(width: number, height: number): number {
  return 4 * width * height;
}

/** Most indices a frame can need: two triangles a texel. */
export function maxIndices(width: number, height: number): number {
  return 6 * width * height;
}

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
 * by texels that hang together around them and doubled where a cut runs through; so one-pixel things survive, and an
 * invalid texel removes one quad and nothing else. Along cuts the corners move by less than half a texel, the same for
 * all vertices of a corner, so that silhouettes are smooth lines and the picture stays closed as its own camera sees
 * it ({@link SilhouetteSmoother}). A vertex has the mean inverse depth of its texels; on a cut, where those lie on one
 * side of it, their surface is continued to where it stands. Holds scratch memory for one picture size; another size
 * just makes new scratch.
 */
export class CornerMesher {
  /** Cut edges of the last build, for statistics. */
  cutEdges = 0;

  private width = 0;
  private height = 0;
  /** Cuts of the last build, as `findCuts` fills them. */
  cutRight = new Uint8Array(0);
  cutBelow = new Uint8Array(0);
  /** Vertices of the upper corners (left, right a texel) of the texel row whose quads come next. */
  private upper = new Int32Array(0);
  /** The same for its lower corners. */
  private lower = new Int32Array(0);
  /** The same for the upper corners of the row below it, which the same line of corners makes. */
  private upperOfNext = new Int32Array(0);
  private vertexCount = 0;
  private readonly silhouettes = new SilhouetteSmoother();
  private readonly neighbourhood = new CutNeighbourhood();

  /**
   * @param inverseDepth sanitised inverse depth, 1/m, rows from the top: 0 is sky, NaN is a hole. Null: no depth, one
   *   coarse grid at infinity.
   * @param outVertices at least 4 * {@link maxVertices} numbers; it becomes part of the result.
   * @param outIndices at least {@link maxIndices} numbers; it becomes part of the result.
   * @param hint, strictness of cuts, see `findCuts`.
   * @returns the mesh; triangles are counter-clockwise seen from the camera.
   * @throws RangeError when the picture is larger than {@link maxPictureTexels} a side, or an array too small.
   */
  build(
    inverseDepth: Float32Array | null,
    width: number,
    height: number,
    outVertices: Uint16Array,
    outIndices: Uint32Array,
    hint: Uint8Array | null = null,
    strictness = 1,
  ): FrameMesh {
    if (width > maxPictureTexels || height > maxPictureTexels) {
      throw new RangeError(
        `A picture of ${width}x${height} texels is too large for the mesh; the most is ${maxPictureTexels} a side.`,
      );
    }
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
    this.cutEdges = findCuts(inverseDepth, width, height, this.cutRight, this.cutBelow, hint, strictness);
    this.silhouettes.smooth(this.cutRight, this.cutBelow, width, height);
    this.neighbourhood.find(this.cutRight, this.cutBelow, width, height);
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
      texelsPerQuad: 1,
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
    const { shiftX, shiftY } = this.silhouettes;
    const hasUp = y > 0;
    const nearCut = this.neighbourhood.near;
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
        vertices[p] = x * meshUnitsPerTexel;
        vertices[p + 1] = y * meshUnitsPerTexel;
        vertices[p + 2] = quantise((d[upLeft] + d[upRight] + d[downLeft] + d[downRight]) * 0.25, scale);
        vertices[p + 3] = nearCut[y * (width + 1) + x] === 0 ? farFromCuts : 0;
        lower[2 * x - 1] = vertex;
        lower[2 * x] = vertex;
        upperOfNext[2 * x - 1] = vertex;
        upperOfNext[2 * x] = vertex;
        vertex++;
        continue;
      }

      const cutHere = joined !== inside;
      const corner = y * (width + 1) + x;
      const px = x + shiftX[corner] / meshUnitsPerTexel;
      const py = y + shiftY[corner] / meshUnitsPerTexel;
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
        vertices[p] = px * meshUnitsPerTexel;
        vertices[p + 1] = py * meshUnitsPerTexel;
        vertices[p + 2] = quantise(cutHere ? this.reach(d, x, y, members, px, py) : sum / count, scale);
        if (cutHere) vertices[p + 3] = cutFlags(members, sum / count, d, upLeft, width);
        else vertices[p + 3] = nearCut[corner] === 0 ? farFromCuts : 0;
        vertex++;
      }
    }
    this.vertexCount = vertex;
  }

  /**
   * Inverse depth at (`px`, `py`), texels, of the surface that a cluster of the texels around the corner (`x`, `y`)
   * belongs to: without its slope, the edge of a tilted floor would ripple with the staircase it was cut from.
   */
  private reach(d: Float32Array, x: number, y: number, members: number, px: number, py: number): number {
    const { width, height, cutRight, cutBelow } = this;
    let mean = 0;
    let value = 0;
    let count = 0;
    for (let k = 0; k < 4; k++) {
      if ((members & (1 << k)) === 0) continue;
      const column = x - 1 + (k & 1);
      const row = y - 1 + (k >> 1);
      const texel = row * width + column;
      mean += d[texel];
      value +=
        d[texel] +
        slopeAt(d, cutRight, texel, 1, column, width) * (px - column - 0.5) +
        slopeAt(d, cutBelow, texel, width, row, height) * (py - row - 0.5);
      count++;
    }
    return continued(mean / count, value / count);
  }

  /** Two triangles for every valid texel of row `y`; returns the new number of indices. */
  private addQuads(d: Float32Array, y: number, indices: Uint32Array, firstIndex: number): number {
    const { width, upper, lower } = this;
    const { shiftX, shiftY } = this.silhouettes;
    let index = firstIndex;
    for (let x = 0; x < width; x++) {
      if (!(d[y * width + x] >= 0)) continue;
      const other = prefersOtherSplit(y * (width + 1) + x, width + 1, shiftX, shiftY);
      index = addQuad(indices, index, upper[2 * x], upper[2 * x + 1], lower[2 * x], lower[2 * x + 1], other);
    }
    return index;
  }
}
