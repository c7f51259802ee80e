import { meshUnitsPerTexel } from '../../src/world/contracts';

const side = meshUnitsPerTexel;
/** Twice the area of a whole texel, square units. */
const whole = 2 * side ** 2;
/** What is left at least of a texel that is a thing of its own width, so that poles and wires survive. */
const leastThin = 0.7 * whole;
const leastTexel = 0.2 * whole;
/** What is left at least of each of its two triangles, so that none turns over. */
const leastTriangle = 0.02 * whole;
/** Passes that pull corners back by a quarter; after them those of a bad texel are put back altogether. */
const gentlePasses = 6;

/** Twice the signed area of the triangle of three corners, at `bx`, `by` and `cx`, `cy` texels from the first. */
function triangle(
  shiftX: Int8Array,
  shiftY: Int8Array,
  a: number,
  b: number,
  bx: number,
  by: number,
  c: number,
  cx: number,
  cy: number,
): number {
  const ux = side * bx + shiftX[b] - shiftX[a];
  const uy = side * by + shiftY[b] - shiftY[a];
  return (side * cx + shiftX[c] - shiftX[a]) * uy - ux * (side * cy + shiftY[c] - shiftY[a]);
}

/** Twice the area of the smaller triangle when the texel at corner `a` is split from up right to down left. */
function smallerHalf(a: number, stride: number, shiftX: Int8Array, shiftY: Int8Array): number {
  const b = a + 1;
  const c = a + stride;
  const d = c + 1;
  const first = triangle(shiftX, shiftY, a, c, 0, 1, b, 1, 0);
  const second = triangle(shiftX, shiftY, d, b, 0, -1, c, -1, 0);
  return first < second ? first : second;
}

/** The same for the split from up left to down right. */
function smallerOtherHalf(a: number, stride: number, shiftX: Int8Array, shiftY: Int8Array): number {
  const b = a + 1;
  const c = a + stride;
  const d = c + 1;
  const first = triangle(shiftX, shiftY, c, d, 1, 0, a, 0, -1);
  const second = triangle(shiftX, shiftY, b, a, -1, 0, d, 0, 1);
  return first < second ? first : second;
}

/**
 * Whether the texel whose up left corner is `a` is better split from up left to down right: where a step of a slanted
 * silhouette is flattened, three of its corners come to lie on one line, and only one diagonal gives two triangles.
 */
export function prefersOtherSplit(a: number, stride: number, shiftX: Int8Array, shiftY: Int8Array): boolean {
  const below = a + stride;
  const shifts = shiftX[a] | shiftX[a + 1] | shiftX[below] | shiftX[below + 1];
  if ((shifts | shiftY[a] | shiftY[a + 1] | shiftY[below] | shiftY[below + 1]) === 0) return false;
  return smallerOtherHalf(a, stride, shiftX, shiftY) > smallerHalf(a, stride, shiftX, shiftY);
}

/**
 * Pulls moved corners back until every texel around them keeps its area and can be split into two triangles that are
 * not turned over. Putting a corner back may cost a neighbour that it was moved out for, hence the passes; each of the
 * last ones puts back a corner for good, so they end.
 * @param corners the corners that may have moved, none of them on the border of the picture.
 * @param stride corners in a row of the lattice.
 * @param shiftX, shiftY in and out: displacement of every lattice corner.
 * @param isThin whether the texel with this up left corner is cut on two opposite sides.
 */
export function keepTexelShapes(
  corners: Int32Array,
  cornerCount: number,
  stride: number,
  shiftX: Int8Array,
  shiftY: Int8Array,
  isThin: (upLeft: number) => boolean,
): void {
  for (let pass = 0, wrong = true; wrong; pass++) {
    const keep = pass < gentlePasses ? 0.75 : 0;
    wrong = false;
    for (let i = 0; i < cornerCount; i++) {
      const corner = corners[i];
      if (shiftX[corner] === 0 && shiftY[corner] === 0) continue;
      for (let texel = 0; texel < 4; texel++) {
        const a = corner - (texel & 1) - (texel >> 1) * stride;
        if (hasShape(a, stride, shiftX, shiftY, isThin)) continue;
        wrong = true;
        for (let k = 0; k < 4; k++) {
          const at = a + (k & 1) + (k >> 1) * stride;
          shiftX[at] = Math.trunc(shiftX[at] * keep);
          shiftY[at] = Math.trunc(shiftY[at] * keep);
        }
      }
    }
  }
}

function hasShape(
  a: number,
  stride: number,
  shiftX: Int8Array,
  shiftY: Int8Array,
  isThin: (upLeft: number) => boolean,
): boolean {
  const d = a + stride + 1;
  // Area of a quadrilateral: half the cross product of its diagonals; this is twice that, like the triangles'.
  const area =
    (side + shiftX[d] - shiftX[a]) * (side + shiftY[d - 1] - shiftY[a + 1]) -
    (shiftX[d - 1] - shiftX[a + 1] - side) * (side + shiftY[d] - shiftY[a]);
  if (area < leastTexel || (area < leastThin && isThin(a))) return false;
  return (
    smallerHalf(a, stride, shiftX, shiftY) >= leastTriangle ||
    smallerOtherHalf(a, stride, shiftX, shiftY) >= leastTriangle
  );
}
