import { findCuts } from '../../../workers/mesh/cut';
import { classify, occluded, outside, visible, type KnownDepth } from './visibility';

/** What of a view the newest frame can know, from exact depth; one byte a pixel. */
export type Masks = {
  /** `outside`, `occluded` or `visible` of `visibility.ts`. */
  sight: Uint8Array;
  /** 1 within {@link bandPx} of a depth discontinuity of the truth. */
  silhouette: Uint8Array;
  counts: { coVisible: number; occluded: number; outside: number; silhouette: number };
};

/** Half width of the silhouette band, pixels. */
export const bandPx = 4;

/** @param view the truth: exact depth at the true pose. @param newest what the newest frame saw, exact as well */
export function masksOf(view: KnownDepth, newest: KnownDepth): Masks {
  const { width, height } = view.camera;
  const sight = new Uint8Array(width * height);
  classify(view, newest, sight);
  const silhouette = silhouetteBand(view.inverseDepth, width, height);
  const counts = { coVisible: 0, occluded: 0, outside: 0, silhouette: 0 };
  for (let i = 0; i < sight.length; i++) {
    if (sight[i] === visible) counts.coVisible++;
    else if (sight[i] === occluded) counts.occluded++;
    else if (sight[i] === outside) counts.outside++;
    counts.silhouette += silhouette[i];
  }
  return { sight, silhouette, counts };
}

/** 1 for pixels at most {@link bandPx} rows and columns away from a texel on either side of a jump in depth. */
export function silhouetteBand(inverseDepth: Float32Array, width: number, height: number): Uint8Array {
  const right = new Uint8Array(width * height);
  const below = new Uint8Array(width * height);
  findCuts(inverseDepth, width, height, right, below);
  const edges = new Uint8Array(width * height);
  for (let i = 0; i < edges.length; i++) {
    if (right[i] === 1) edges[i] = edges[i + 1] = 1;
    if (below[i] === 1) edges[i] = edges[i + width] = 1;
  }
  return spread(spread(edges, width, height, 1), height, width, width);
}

/** Spreads ones by {@link bandPx} along one axis: `lines` of `length` texels that lie `step` apart. */
function spread(from: Uint8Array, length: number, lines: number, step: number): Uint8Array {
  const out = new Uint8Array(from.length);
  const lineStep = step === 1 ? length : 1;
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    for (let k = 0; k < length; k++) {
      if (from[start + k * step] === 0) continue;
      const last = Math.min(length - 1, k + bandPx);
      for (let t = Math.max(0, k - bandPx); t <= last; t++) out[start + t * step] = 1;
    }
  }
  return out;
}
