import { meshUnitsPerTexel } from '../../src/world/contracts';
import { keepTexelShapes } from './texel-shape';

/** Farthest that a corner moves along each axis: under half a texel, so that rounding finds the corner it came from. */
export const maxCornerShift = 7;

/** Passes of blur over a long line: a step every ten texels still becomes a slope, to about a tenth of a texel. */
const maxPasses = 16;
/** Edges of a line for each pass: small things keep their shape, and a loop of four, a single texel, all of it. */
const edgesPerPass = 5;
/** How far a pass moves a corner towards the middle of its neighbours; 2/3 would damp all short waves alike. */
const strength = 0.66;

/** Bits of the lattice edges around a corner. */
const up = 1;
const down = 2;
const left = 4;
const right = 8;
const edgeCount = [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4];

/**
 * Moves the corners along cuts so that a silhouette, a staircase of texel borders, becomes a smooth line. The lattice
 * of corners has (width + 1) x (height + 1) entries; an edge of it is cut where the two texels beside it are. Corners
 * with two cut edges make up lines, which end at junctions (three or four cut edges), at the ends of cuts and at the
 * border of the picture: those corners stay. A line is blurred along itself, and what the blur of its displacement
 * holds is given back (twicing, Tukey 1977): steps vanish, round things do not shrink. Holds scratch for one picture
 * size; apart from one look at every cut flag, the cost grows with the number of cuts.
 */
export class SilhouetteSmoother {
  /** Displacement of each lattice corner, {@link meshUnitsPerTexel} a texel; 0 away from cuts. */
  shiftX = new Int8Array(0);
  shiftY = new Int8Array(0);

  private width = 0;
  private height = 0;
  /** Cut edges of each lattice corner, as bits. */
  private cutsAt = new Uint8Array(0);
  /** Those that no line has used yet. */
  private unused = new Uint8Array(0);
  /** The corners that lie on a cut, in no order. */
  private corners = new Int32Array(0);
  private cornerCount = 0;
  /** The line at hand: its corners, where they lie, how far they move, and scratch. */
  private line = new Int32Array(0);
  private x = new Float32Array(0);
  private y = new Float32Array(0);
  private given = new Float32Array(0);

  /** @param cutRight, cutBelow the cuts of `findCuts`; the result is in {@link shiftX} and {@link shiftY}. */
  smooth(cutRight: Uint8Array, cutBelow: Uint8Array, width: number, height: number): void {
    this.reset(width, height);
    this.collect(cutRight, cutBelow);
    const { corners, cornerCount, cutsAt, unused } = this;
    for (let i = 0; i < cornerCount; i++) {
      const corner = corners[i];
      if (edgeCount[cutsAt[corner]] === 2) continue;
      while (unused[corner] !== 0) this.smoothLine(this.follow(corner), false);
    }
    // Only closed loops are left.
    for (let i = 0; i < cornerCount; i++) {
      if (unused[corners[i]] !== 0) this.smoothLine(this.follow(corners[i]), true);
    }
    keepTexelShapes(corners, cornerCount, width + 1, this.shiftX, this.shiftY, (a) => {
      const betweenColumns = (cutsAt[a] & cutsAt[a + 1] & down) !== 0;
      return betweenColumns || (cutsAt[a] & cutsAt[a + width + 1] & right) !== 0;
    });
  }

  private reset(width: number, height: number): void {
    const { corners, cornerCount, shiftX, shiftY, cutsAt } = this;
    if (this.width === width && this.height === height) {
      for (let i = 0; i < cornerCount; i++) {
        shiftX[corners[i]] = 0;
        shiftY[corners[i]] = 0;
        cutsAt[corners[i]] = 0;
      }
      return;
    }
    this.width = width;
    this.height = height;
    const count = (width + 1) * (height + 1);
    this.shiftX = new Int8Array(count);
    this.shiftY = new Int8Array(count);
    this.cutsAt = new Uint8Array(count);
    this.unused = new Uint8Array(count);
    this.corners = new Int32Array(count);
    // A loop names its first corner twice.
    this.line = new Int32Array(count + 1);
    this.x = new Float32Array(count + 1);
    this.y = new Float32Array(count + 1);
    this.given = new Float32Array(count + 1);
  }

  private collect(cutRight: Uint8Array, cutBelow: Uint8Array): void {
    const { width, height, cutsAt, corners, unused } = this;
    const stride = width + 1;
    this.cornerCount = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const corner = y * stride + x;
        if (cutRight[y * width + x] !== 0) this.addEdge(corner + 1, down, corner + 1 + stride, up);
        if (cutBelow[y * width + x] !== 0) this.addEdge(corner + stride, right, corner + stride + 1, left);
      }
    }
    for (let i = 0; i < this.cornerCount; i++) unused[corners[i]] = cutsAt[corners[i]];
  }

  private addEdge(from: number, fromBit: number, to: number, toBit: number): void {
    const { cutsAt, corners } = this;
    if (cutsAt[from] === 0) corners[this.cornerCount++] = from;
    if (cutsAt[to] === 0) corners[this.cornerCount++] = to;
    cutsAt[from] |= fromBit;
    cutsAt[to] |= toBit;
  }

  /** Walks from a corner along unused cut edges to the next corner that stays, or round; returns the line's length. */
  private follow(start: number): number {
    const { unused, cutsAt, line } = this;
    const stride = this.width + 1;
    let at = start;
    let length = 0;
    line[length++] = at;
    do {
      const ways = unused[at];
      const way = ways & -ways;
      const next = at + (way === up ? -stride : way === down ? stride : way === left ? -1 : 1);
      unused[at] = ways ^ way;
      unused[next] ^= way === up ? down : way === down ? up : way === left ? right : left;
      line[length++] = next;
      at = next;
    } while (at !== start && edgeCount[cutsAt[at]] === 2);
    return length;
  }

  private smoothLine(length: number, closed: boolean): void {
    const passes = Math.min(maxPasses, Math.floor((length - 1) / edgesPerPass));
    if (passes === 0) return;
    const { line, x, y, shiftX, shiftY } = this;
    const stride = this.width + 1;
    for (let i = 0; i < length; i++) {
      x[i] = line[i] % stride;
      y[i] = (line[i] - x[i]) / stride;
    }
    this.displace(x, length, closed, passes);
    this.displace(y, length, closed, passes);
    for (let i = closed ? 0 : 1; i < length - 1; i++) {
      shiftX[line[i]] = toUnits(x[i]);
      shiftY[line[i]] = toUnits(y[i]);
    }
  }

  /** Replaces one coordinate along the line by its displacement. */
  private displace(v: Float32Array, length: number, closed: boolean, passes: number): void {
    const { given } = this;
    for (let i = 0; i < length; i++) given[i] = v[i];
    blur(given, length, closed, passes);
    for (let i = 0; i < length; i++) {
      v[i] = given[i] - v[i];
      given[i] = v[i];
    }
    blur(given, length, closed, passes);
    for (let i = 0; i < length; i++) v[i] -= given[i];
  }
}

/** Blurs a line in place; its ends stay, or are one corner when it is closed. */
function blur(v: Float32Array, length: number, closed: boolean, passes: number): void {
  const last = length - 1;
  for (let pass = 0; pass < passes; pass++) {
    let before = v[0];
    if (closed) v[0] = v[last] = mix(v[last - 1], v[0], v[1]);
    // `last` of a loop already holds the new value of its first corner, so the old one is kept for the end.
    const first = before;
    for (let i = 1; i < last; i++) {
      const own = v[i];
      v[i] = mix(before, own, closed && i === last - 1 ? first : v[i + 1]);
      before = own;
    }
  }
}

function mix(before: number, own: number, after: number): number {
  return own + strength * (0.5 * (before + after) - own);
}

function toUnits(shift: number): number {
  const units = Math.round(shift * meshUnitsPerTexel);
  return units > maxCornerShift ? maxCornerShift : units < -maxCornerShift ? -maxCornerShift : units;
}
