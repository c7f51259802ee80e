import { meshUnitsPerTexel, type Picture } from '../../world/contracts';
import { surfaceAt, type KnownSurfaces } from './known-surfaces';
import { isFrame, sourceU, sourceV } from './source-buffer';

/** A corner is off its texel's plane, and a quad spans a jump, from this share on. */
const share = 0.05;

/**
 * Which quads of a mesh hang between two surfaces: some corner is more than 5 % off the true surface of the quad's texel,
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
      const wanted = surfaceAt(known, texel, vertices[p] * perUnit * scaleX, vertices[p + 1] * perUnit * scaleY);
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
