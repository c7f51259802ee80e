import type { SavedFrame } from '../../world/visit-memory';

/** A small picture of the place. */
export type Thumbnail = {
  width: number;
  height: number;
  /** sRGB RGB8, rows from the top, width * height * 3. */
  rgb: Uint8Array;
};

export const thumbnailWidth = 96;
export const thumbnailHeight = 60;

/** The middle of a picture, in the shape of a thumbnail; each texel the mean of what it covers. */
export function thumbnailOf({ camera, color }: Pick<SavedFrame, 'camera' | 'color'>): Thumbnail {
  const [width, height] = [thumbnailWidth, thumbnailHeight];
  const scale = Math.min(camera.width / width, camera.height / height);
  const left = (camera.width - width * scale) / 2;
  const top = (camera.height - height * scale) / 2;
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const y0 = Math.floor(top + y * scale);
    const y1 = Math.max(y0 + 1, Math.floor(top + (y + 1) * scale));
    for (let x = 0; x < width; x++) {
      const x0 = Math.floor(left + x * scale);
      const x1 = Math.max(x0 + 1, Math.floor(left + (x + 1) * scale));
      const count = (x1 - x0) * (y1 - y0);
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = y0; row < y1; row++) {
          for (let column = x0; column < x1; column++) sum += color[4 * (row * camera.width + column) + channel]!;
        }
        rgb[3 * (y * width + x) + channel] = Math.round(sum / count);
      }
    }
  }
  return { width, height, rgb };
}
