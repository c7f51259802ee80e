import { farFromCuts, meshUnitsPerTexel, type FrameMesh } from '../../world/contracts';
import { addQuad } from '../../../workers/mesh/quad';
import { maxInverseDepth } from '../../../workers/mesh/sanitise';

/**
 * One displaced mesh over the whole picture, corners shared by all texels around them: what viewers of photos with
 * depth draw. Where depth jumps, sheets of rubber hang between the two sides.
 * @param inverseDepth 1/m, one a texel, 0 sky; NaN texels do not count
 */
export function buildUncutMesh(inverseDepth: Float32Array, width: number, height: number): FrameMesh {
  const columns = width + 1;
  const vertexCount = columns * (height + 1);
  const vertices = new Uint16Array(4 * vertexCount);
  let largest = 0;
  for (const d of inverseDepth) if (d > largest) largest = d;
  const inverseDepthStep = (largest > 0 ? largest : maxInverseDepth) / 65535;
  for (let y = 0, p = 0; y <= height; y++) {
    for (let x = 0; x < columns; x++, p += 4) {
      vertices[p] = x * meshUnitsPerTexel;
      vertices[p + 1] = y * meshUnitsPerTexel;
      vertices[p + 2] = Math.round(meanAround(inverseDepth, x, y, width, height) / inverseDepthStep);
      vertices[p + 3] = farFromCuts;
    }
  }
  const indices = new Uint32Array(6 * width * height);
  let indexCount = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const corner = y * columns + x;
      indexCount = addQuad(indices, indexCount, corner, corner + 1, corner + columns, corner + columns + 1);
    }
  }
  return { vertices, vertexCount, indices, indexCount, inverseDepthStep, texelsPerQuad: 1 };
}

/** Mean inverse depth of the up to four texels around a corner. */
function meanAround(d: Float32Array, x: number, y: number, width: number, height: number): number {
  let sum = 0;
  let count = 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x); column++) {
      const value = d[row * width + column];
      if (!(value >= 0)) continue;
      sum += value;
      count++;
    }
  }
  return count > 0 ? sum / count : 0;
}
