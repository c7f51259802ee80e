import type { Rgba8 } from '../../math/image-metrics';
import { visible } from './visibility';

/**
 * The best that could be drawn from what was seen: the truth where some frame has seen its surface point, elsewhere
 * what the product has when it knows nothing, its sky.
 * @param seen `visible` of `visibility.ts` where any frame has seen the point
 */
export function limitPicture(truth: Rgba8, sky: Rgba8, seen: Uint8Array): Uint8Array {
  const out = Uint8Array.from(truth);
  for (let i = 0; i < seen.length; i++) {
    if (seen[i] === visible) continue;
    for (let c = 0; c < 3; c++) out[4 * i + c] = sky[4 * i + c];
  }
  return out;
}
