import { BufferAttribute, SphereGeometry, type BufferGeometry } from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';

const around = 30;
const fromPoleToPole = 18;
/** Gores of the ball, every other one in its own colour. */
const gores = 6;
/** Rows of triangles at each pole that are a cap. */
const capRows = 2;
/** Of a cube of edge 2. */
const bevel = 0.16;

/** 1 on the thing's own colour, 0 on cream: what makes rolling visible. A whole triangle is one or the other. */
export const ownColor = 'ownColor';

/** A beach ball of radius 1. */
export function ballGeometry(): BufferGeometry {
  const geometry = new SphereGeometry(1, around, fromPoleToPole).toNonIndexed();
  const uv = geometry.getAttribute('uv');
  return marked(geometry, (first) => {
    const u = (uv.getX(first) + uv.getX(first + 1) + uv.getX(first + 2)) / 3;
    const v = (uv.getY(first) + uv.getY(first + 1) + uv.getY(first + 2)) / 3;
    const row = Math.floor(v * fromPoleToPole);
    if (row < capRows || row >= fromPoleToPole - capRows) return 0.35;
    return Math.floor(u * gores) % 2;
  });
}

/** A wooden block with round edges, half an edge is 1; its edges are cream. */
export function cubeGeometry(): BufferGeometry {
  const geometry = new RoundedBoxGeometry(2, 2, 2, 2, bevel);
  const at = geometry.getAttribute('position');
  const inner = 1 - bevel + 1e-3;
  return marked(geometry, (first) => {
    // On a flat face only one coordinate of each corner is further out than where the rounding begins.
    for (let k = first; k < first + 3; k++) {
      const out = [at.getX(k), at.getY(k), at.getZ(k)].filter((value) => Math.abs(value) > inner).length;
      if (out !== 1) return 0;
    }
    return 1;
  });
}

function marked(geometry: BufferGeometry, markOf: (firstVertex: number) => number): BufferGeometry {
  const count = geometry.getAttribute('position').count;
  const marks = new Float32Array(count);
  for (let first = 0; first < count; first += 3) marks.fill(markOf(first), first, first + 3);
  geometry.deleteAttribute('uv');
  return geometry.setAttribute(ownColor, new BufferAttribute(marks, 1));
}
