import { farFromCuts, meshUnitsPerTexel, type FrameMesh } from '../../src/world/contracts';
import { addQuad } from './quad';
import { maxInverseDepth } from './sanitise';

/** Texels between the vertices of the grid. */
const gridStep = 8;

/** The mesh of a frame without depth: a screen infinitely far away. */
export function buildFlatGrid(width: number, height: number, vertices: Uint16Array, indices: Uint32Array): FrameMesh {
  const columns = Math.ceil(width / gridStep);
  const rows = Math.ceil(height / gridStep);
  let p = 0;
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      vertices[p] = meshUnitsPerTexel * Math.min(column * gridStep, width);
      vertices[p + 1] = meshUnitsPerTexel * Math.min(row * gridStep, height);
      vertices[p + 2] = 0;
      vertices[p + 3] = farFromCuts;
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
  const inverseDepthStep = maxInverseDepth / 65535;
  return { vertices, vertexCount: p / 4, indices, indexCount, inverseDepthStep, texelsPerQuad: 1 };
}
