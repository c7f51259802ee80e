/**
 * The debug view `source` of the product, as read from the GPU: RGBA8, rows from the top. It says for every pixel which
 * layer it shows and where in that layer's picture. See `keyframe.frag.glsl`.
 */
export const nothingCode = 0;
export const newestCode = 1;
export const guessCode = 253;
export const skyCode = 255;

/** Whether a layer code stands for a frame that was really seen: the newest or an older one. */
export function isFrame(code: number): boolean {
  return code >= newestCode && code < guessCode;
}

/** Texture coordinate 0..1 of pixel `i`, from the left. */
export function sourceU(source: Uint8Array, i: number): number {
  return ((source[4 * i] << 4) | (source[4 * i + 1] >> 4)) / 4095;
}

/** Texture coordinate 0..1 of pixel `i`, from the top. */
export function sourceV(source: Uint8Array, i: number): number {
  return (((source[4 * i + 1] & 15) << 8) | source[4 * i + 2]) / 4095;
}

/** How many pixels have which kind of source. */
export type SourceCounts = { frames: number; guessed: number; sky: number; nothing: number };

export function countSources(source: Uint8Array): SourceCounts {
  const counts = { frames: 0, guessed: 0, sky: 0, nothing: 0 };
  for (let p = 3; p < source.length; p += 4) {
    const code = source[p];
    if (code === nothingCode) counts.nothing++;
    else if (code === skyCode) counts.sky++;
    else if (code >= guessCode) counts.guessed++;
    else counts.frames++;
  }
  return counts;
}
