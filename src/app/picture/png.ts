import type { RenderedPicture } from './render-picture';

/**
 * The picture as PNG. @param isSeeThrough keeps its alpha: the room shows where nothing is drawn; else it is opaque
 * @throws Error with a sentence when the browser makes none
 */
export async function pngOf({ width, height, rgba }: RenderedPicture, isSeeThrough: boolean): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const straight = fromTop(rgba, width, height);
  if (isSeeThrough) unpremultiply(straight);
  else for (let i = 3; i < straight.length; i += 4) straight[i] = 255;
  canvas.getContext('2d')?.putImageData(new ImageData(straight, width, height), 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser made no picture file; it may be short of memory. Try again.');
  return blob;
}

function fromTop(rgba: Uint8Array, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(rgba.length);
  for (let y = 0; y < height; y++) out.set(rgba.subarray((height - 1 - y) * width * 4, (height - y) * width * 4), y * width * 4);
  return out;
}

/** PNG keeps colour and alpha apart. */
export function unpremultiply(rgba: Uint8ClampedArray): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]!;
    if (alpha === 0 || alpha === 255) continue;
    for (let k = 0; k < 3; k++) rgba[i + k] = (rgba[i + k]! * 255) / alpha;
  }
}
