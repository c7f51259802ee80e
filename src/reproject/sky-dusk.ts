import { skyHeight, skyWidth } from '../world/contracts';
import { elevationOfSkyRow } from '../world/sky-directions';

/** sRGB colours of a neutral dusk by elevation in degrees, shown until a world has painted its own sky. */
const dusk: readonly (readonly [elevationDeg: number, r: number, g: number, b: number])[] = [
  [-90, 66, 60, 68],
  [-25, 88, 78, 84],
  [-4, 148, 124, 118],
  [2, 222, 178, 150],
  [14, 190, 158, 168],
  [40, 116, 114, 152],
  [90, 62, 70, 114],
];

/** Fills a sky map, see {@link import('../world/contracts').WorldFrame.sky}: the same in every longitude. */
export function writeDusk(out: Uint8Array): void {
  for (let row = 0; row < skyHeight; row++) {
    const elevationDeg = (elevationOfSkyRow(row) * 180) / Math.PI;
    let above = 1;
    while (above < dusk.length - 1 && dusk[above][0] < elevationDeg) above++;
    const [from, r0, g0, b0] = dusk[above - 1];
    const [to, r1, g1, b1] = dusk[above];
    const linear = Math.min(1, Math.max(0, (elevationDeg - from) / (to - from)));
    const t = linear * linear * (3 - 2 * linear);
    const first = row * skyWidth * 4;
    out[first] = Math.round(r0 + (r1 - r0) * t);
    out[first + 1] = Math.round(g0 + (g1 - g0) * t);
    out[first + 2] = Math.round(b0 + (b1 - b0) * t);
    out[first + 3] = 255;
    for (let column = 1; column < skyWidth; column++) out.copyWithin(first + column * 4, first, first + 4);
  }
}
