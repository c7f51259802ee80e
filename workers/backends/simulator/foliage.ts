import { hash3, hashToUnit } from '../../../src/math/hash';
import { cellSize } from '../../layout/grid';
import { bushSunk, crownFrom, cypressSunk, potShare, potTop, trunkRadius } from '../../layout/plain-shapes';
import type { PrimitiveList } from '../../layout/primitives';
import { hedgeFar, hedgeNear, type Thing } from '../../layout/things';

type Plant = Extract<Thing, { kind: 'plant' }>;
type Hedge = Extract<Thing, { kind: 'hedge' }>;

const saltLeaf = 0x1eaf;
/** The core under the leaves, as a share of the plain shape. */
const coreShare = 0.88;
const goldenAngle = Math.PI * (3 - Math.sqrt(5));
/** Spacing of the clumps of a hedge, metres. */
const clumpM = 0.28;

/**
 * Plants as a gardener sees them: a core and clumps of leaves around it, so that their outline is uneven. Everything
 * stays within the plain shape's box, and follows from the plant's place in the world.
 * @param seed of the cell, so that no two plants are alike
 */
export function addFoliage(seed: number, plant: Plant, out: PrimitiveList): void {
  const { form, x, z, radius, height } = plant;
  const own = hash3(seed, Math.round(x * 100), Math.round(z * 100), saltLeaf);
  switch (form) {
    case 'bush':
      addClumps(own, 13, x, -bushSunk * height, z, radius, (1 + bushSunk) * height, 0.36, 0.9, out);
      return;
    case 'cypress':
      addClumps(own, 30, x, -cypressSunk * height, z, radius, (1 + cypressSunk) * height, 0.46, 2.1, out);
      return;
    case 'tree':
      out.cylinder('plant', 'paving', x, z, trunkRadius, 0, (crownFrom + 0.15) * height);
      addClumps(own, 24, x, crownFrom * height, z, radius, (1 - crownFrom) * height, 0.34, 0.9, out);
      return;
    case 'pot': {
      const side = potShare * radius;
      const top = potTop * height;
      out.box('plinth', 'trim', x - side * 0.86, 0, z - side * 0.86, x + side * 0.86, top - 0.06, z + side * 0.86);
      out.box('plinth', 'trim', x - side, top - 0.09, z - side, x + side, top, z + side);
      addClumps(own, 12, x, (potTop - 0.06) * height, z, radius, (1.06 - potTop) * height, 0.38, 0.9, out);
      return;
    }
    default: {
      const never: never = form;
      throw new Error(`Unknown plant "${String(never)}" in the semantic map.`);
    }
  }
}

/** A clipped hedge: a core a little smaller than its box, and clumps along it that reach the box's faces. */
export function addHedgeFoliage(seed: number, hedge: Hedge, out: PrimitiveList): void {
  const middle = (hedgeNear + hedgeFar) / 2;
  const half = (hedgeFar - hedgeNear) / 2;
  const top = hedge.height - 0.1;
  const near = hedgeNear + 0.1;
  const far = hedgeFar - 0.1;
  if (hedge.run === 'x') out.box('plant', 'leaf', 0, 0, near, cellSize, top, far);
  else out.box('plant', 'leaf', near, 0, 0, far, top, cellSize);
  const along = Math.floor((cellSize - 2 * half) / clumpM);
  const rows = Math.max(1, Math.round(hedge.height / clumpM) - 1);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k <= along; k++) {
      const h = hash3(seed, row, k, saltLeaf + (hedge.run === 'x' ? 1 : 2));
      const radius = half * (0.86 + 0.14 * hashToUnit(h));
      const tall = 0.44 + 0.16 * hashToUnit(hash3(h, 1, 0, 0));
      const at = half + (k + (row % 2) * 0.5 * (k < along ? 1 : 0)) * ((cellSize - 2 * half) / along);
      const y = Math.min(hedge.height - tall, ((row + 0.7) * hedge.height) / (rows + 0.4) - tall / 2 + 0.1);
      const x = hedge.run === 'x' ? at : middle;
      const z = hedge.run === 'x' ? middle : at;
      out.ellipsoid('plant', 'leaf', x, y, z, radius, tall);
    }
  }
}

/**
 * Clumps spread evenly over an ellipsoid (a golden spiral, shaken), all inside it in plan and in height.
 * @param share radius of a clump as a share of the whole, @param slender how tall a clump is for its radius
 */
function addClumps(
  seed: number,
  count: number,
  x: number,
  y: number,
  z: number,
  radius: number,
  height: number,
  share: number,
  slender: number,
  out: PrimitiveList,
): void {
  const half = height / 2;
  out.ellipsoid('plant', 'leaf', x, y + half * (1 - coreShare), z, radius * coreShare, height * coreShare);
  for (let k = 0; k < count; k++) {
    const h = hash3(seed, k, 0, saltLeaf);
    const up = Math.min(0.97, Math.max(-0.97, 1 - (2 * k + 1) / count + 0.12 * (hashToUnit(h) - 0.5)));
    const turn = k * goldenAngle + 0.9 * (hashToUnit(hash3(h, 1, 0, 0)) - 0.5);
    const clump = radius * share * (0.8 + 0.4 * hashToUnit(hash3(h, 2, 0, 0)));
    const tall = Math.min(half, clump * slender);
    const flat = Math.sqrt(1 - up * up) * (radius - clump);
    const low = y + half + up * (half - tall) - tall;
    // What would be in the ground is not seen.
    if (low + 2 * tall < 0.04) continue;
    out.ellipsoid('plant', 'leaf', x + flat * Math.cos(turn), low, z + flat * Math.sin(turn), clump, 2 * tall);
  }
}
