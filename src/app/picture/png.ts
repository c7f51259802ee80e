import { crc32 } from '../../math/crc32';
import type { RenderedPicture } from './render-picture';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Every row begins with the name of its filter; this one takes the byte above away, which packs smooth pictures well. */
const filterUp = 2;

/**
 * The picture as PNG (https://www.w3.org/TR/png). Not by a canvas: `toBlob` works when the page is idle, which it never is
 * while a session asks for frames; the browser packs this in the background at any time.
 * @param isSeeThrough keeps its alpha: the room shows where nothing is drawn; else it is opaque
 */
export async function pngOf(picture: RenderedPicture, isSeeThrough: boolean): Promise<Blob> {
  const { width, height } = picture;
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits a channel, red green blue alpha.
  head.set([8, 6], 8);
  const packed = await pack(filteredRows(straightFromTop(picture, isSeeThrough), width, height));
  const parts = [signature, chunk('IHDR', head), chunk('sRGB', Uint8Array.of(0)), chunk('IDAT', packed), chunk('IEND', new Uint8Array())];
  return new Blob(parts, { type: 'image/png' });
}

function straightFromTop({ width, height, rgba }: RenderedPicture, isSeeThrough: boolean): Uint8Array {
  const out = new Uint8Array(rgba.length);
  for (let y = 0; y < height; y++) out.set(rgba.subarray((height - 1 - y) * width * 4, (height - y) * width * 4), y * width * 4);
  if (isSeeThrough) unpremultiply(out);
  else for (let i = 3; i < out.length; i += 4) out[i] = 255;
  return out;
}

/** PNG keeps colour and alpha apart. */
export function unpremultiply(rgba: Uint8Array): void {
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]!;
    if (alpha === 0 || alpha === 255) continue;
    for (let k = 0; k < 3; k++) rgba[i + k] = Math.min(255, Math.round((rgba[i + k]! * 255) / alpha));
  }
}

function filteredRows(rgba: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = 4 * width;
  const out = new Uint8Array((bytes + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (bytes + 1);
    out[to] = filterUp;
    for (let x = 0; x < bytes; x++) out[to + 1 + x] = rgba[y * bytes + x]! - (y > 0 ? rgba[(y - 1) * bytes + x]! : 0);
  }
  return out;
}

/** 'deflate' of the streams standard is what PNG calls zlib. */
async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function chunk(name: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = name.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(data.length + 8, crc32(out.subarray(4, data.length + 8)));
  return out;
}
