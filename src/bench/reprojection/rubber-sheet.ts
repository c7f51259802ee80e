import { meshUnitsPerTexel, type Picture } from '../../world/contracts';
import type { Intrinsics } from '../../math/types';
import { isFrame, sourceU, sourceV } from './source-buffer';

/** Exact surfaces of a frame: depth and, in camera axes, the normal of what each texel's centre hits. */
export type KnownSurfaces = {
  camera: Intrinsics;
  /** 1/m, 0 sky. */
  inverseDepth: Float32Array;
  /** Three a texel, unit length; anything for sky. */
  normals: Float32Array;
};

/** A corner is off its texel's plane, and a quad spans a jump, from this share on. */
const share = 0.05;
/** A plane seen from nearly its own side runs away to infinity within the texel. */
const leastCosine = 1e-3;

/** Inverse depth at (x, y), texels, of the plane that texel `i` lies on; never negative. 0 for sky. */
export function planeAt({ camera, inverseDepth, normals }: KnownSurfaces, i: number, x: number, y: number): number {
  const d = inverseDepth[i];
  if (d === 0) return 0;
  const { width, fx, fy, cx, cy } = camera;
  const nx = normals[3 * i];
  const ny = normals[3 * i + 1];
  const nz = normals[3 * i + 2];
  const at = (px: number, py: number): number => (nx * (px - cx)) / fx - (ny * (py - cy)) / fy - nz;
  const centre = at((i % width) + 0.5, Math.floor(i / width) + 0.5);
  if (Math.abs(centre) < leastCosine) return d;
  return Math.max(0, (d * at(x, y)) / centre);
}

/**
 * Which quads of a mesh hang between two surfaces: some corner is more than 5 % off the true plane of the quad's texel,
 * and the corners span more than 5 % of depth. One byte a quad, `columns` a row.
 * @param picture a frame as drawn; it may be smaller or coarser than `known`, but has the same field of view
 */
export function rubberQuads({ camera, mesh }: Picture, known: KnownSurfaces): { columns: number; rubber: Uint8Array } {
  const { vertices, indices, indexCount, inverseDepthStep, texelsPerQuad } = mesh;
  const columns = Math.ceil(camera.width / texelsPerQuad);
  const rubber = new Uint8Array(columns * Math.ceil(camera.height / texelsPerQuad));
  const scaleX = known.camera.width / camera.width;
  const scaleY = known.camera.height / camera.height;
  const perUnit = 1 / meshUnitsPerTexel;
  for (let at = 0; at < indexCount; at += 6) {
    let left = Number.POSITIVE_INFINITY;
    let top = Number.POSITIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    // Two triangles: their six corners are the quad's four.
    for (let k = 0; k < 6; k++) {
      const p = 4 * indices[at + k];
      left = Math.min(left, Math.round((vertices[p] * perUnit) / texelsPerQuad));
      top = Math.min(top, Math.round((vertices[p + 1] * perUnit) / texelsPerQuad));
      least = Math.min(least, vertices[p + 2]);
      most = Math.max(most, vertices[p + 2]);
    }
    if (most <= least * (1 + share)) continue;
    const x = Math.floor(Math.min((left + 0.5) * texelsPerQuad, camera.width - 0.5) * scaleX);
    const y = Math.floor(Math.min((top + 0.5) * texelsPerQuad, camera.height - 0.5) * scaleY);
    const texel = y * known.camera.width + x;
    for (let k = 0; k < 6; k++) {
      const p = 4 * indices[at + k];
      const wanted = planeAt(known, texel, vertices[p] * perUnit * scaleX, vertices[p + 1] * perUnit * scaleY);
      if (Math.abs(vertices[p + 2] * inverseDepthStep - wanted) > share * wanted) rubber[top * columns + left] = 1;
    }
  }
  return { columns, rubber };
}

/** The quads of a layer that is on the screen. */
export type LayerQuads = { width: number; height: number; texelsPerQuad: number; columns: number; rubber: Uint8Array };

/** Pixels that show a quad of rubber. @param layerOf the quads behind a layer code; null: nothing known, not counted */
export function countRubber(source: Uint8Array, layerOf: (code: number) => LayerQuads | null): number {
  let count = 0;
  for (let i = 0; i < source.length / 4; i++) {
    const code = source[4 * i + 3];
    if (!isFrame(code)) continue;
    const layer = layerOf(code);
    if (layer === null) continue;
    const { width, height, texelsPerQuad, columns, rubber } = layer;
    const column = Math.floor(Math.min(sourceU(source, i) * width, width - 1) / texelsPerQuad);
    const row = Math.floor(Math.min(sourceV(source, i) * height, height - 1) / texelsPerQuad);
    count += rubber[row * columns + column];
  }
  return count;
}
