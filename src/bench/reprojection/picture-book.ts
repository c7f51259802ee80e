import { viewSize } from './plan';
import type { LatticeView } from './lattice-views';
import type { Masks } from './masks';
import type { Method, ViewPictures } from './result';
import { guessCode, newestCode, nothingCode, skyCode } from './source-buffer';
import { occluded, outside } from './visibility';

/** All pictures of one view, kept until it is known whether anyone wants to see them. */
export type KeptView = {
  view: LatticeView;
  sceneSeed: number;
  truth: Uint8ClampedArray;
  masks: Masks;
  byMethod: Record<Method, Uint8Array>;
  layersSource: Uint8Array;
  psnrDb: Record<Method, number>;
};

/** The PNG of an RGBA8 picture as a data URL. */
export function pngUrl(rgba: ArrayLike<number>): string {
  const canvas = document.createElement('canvas');
  canvas.width = viewSize;
  canvas.height = viewSize;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no 2D canvas; the report needs one for its pictures.');
  const image = context.createImageData(viewSize, viewSize);
  image.data.set(rgba);
  // Premultiplied canvases lose the colour of transparent pixels.
  for (let p = 3; p < image.data.length; p += 4) image.data[p] = 255;
  context.putImageData(image, 0, 0);
  return canvas.toDataURL('image/png');
}

function tint(out: Uint8Array, p: number, r: number, g: number, b: number): void {
  out[p] = 0.45 * out[p] + 0.55 * r;
  out[p + 1] = 0.45 * out[p + 1] + 0.55 * g;
  out[p + 2] = 0.45 * out[p + 2] + 0.55 * b;
}

function maskPicture(truth: Uint8ClampedArray, { sight }: Masks): Uint8Array {
  const out = Uint8Array.from(truth);
  for (let i = 0; i < sight.length; i++) {
    if (sight[i] === occluded) tint(out, 4 * i, 255, 140, 0);
    else if (sight[i] === outside) tint(out, 4 * i, 40, 90, 255);
  }
  return out;
}

const olderHues: readonly (readonly [number, number, number])[] = [
  [70, 190, 90],
  [230, 200, 60],
  [200, 90, 200],
  [80, 200, 210],
  [240, 140, 70],
  [150, 150, 250],
];

function layerPicture(picture: Uint8Array, source: Uint8Array): Uint8Array {
  const out = new Uint8Array(picture.length);
  for (let p = 0; p < source.length; p += 4) {
    const light = 0.2126 * picture[p] + 0.7152 * picture[p + 1] + 0.0722 * picture[p + 2];
    const code = source[p + 3];
    out.fill(code === nothingCode ? 0 : light, p, p + 3);
    if (code === nothingCode || code === newestCode) continue;
    if (code === skyCode) tint(out, p, 40, 90, 255);
    else if (code >= guessCode) tint(out, p, 240, 50, 40);
    else tint(out, p, ...olderHues[(code - 2) % olderHues.length]);
  }
  return out;
}

export function picturesOf(kept: KeptView, why: ViewPictures['why']): ViewPictures {
  const { view, sceneSeed, truth, masks, byMethod, layersSource, psnrDb } = kept;
  const { baselineCm, rotationDeg, eye } = view;
  const reason = why === 'worst' ? 'the worst view of this cell' : 'a view as it usually is';
  const finite = Object.entries(psnrDb).map(([method, value]) => [method, Number.isFinite(value) ? value : null]);
  return {
    title: `World ${sceneSeed}, ${baselineCm} cm and ${rotationDeg} degrees from the newest frame, ${eye} eye: ${reason}.`,
    why,
    sceneSeed,
    baselineCm,
    rotationDeg,
    eye,
    truth: pngUrl(truth),
    masks: pngUrl(maskPicture(truth, masks)),
    byMethod: Object.fromEntries(
      Object.entries(byMethod).map(([method, picture]) => [method, pngUrl(picture)]),
    ) as ViewPictures['byMethod'],
    layerMap: pngUrl(layerPicture(byMethod.layers, layersSource)),
    psnrDb: Object.fromEntries(finite) as ViewPictures['psnrDb'],
  };
}
