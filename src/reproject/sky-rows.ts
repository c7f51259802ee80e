import { skyRows } from '../world/contracts';

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

/** Elevation in degrees of the middle of a row of {@link import('../world/contracts').WorldFrame.sky}. */
export function elevationOfRowDeg(row: number): number {
  return ((row + 0.5) / skyRows - 0.5) * 180;
}

/** Fills `skyRows` RGBA8 sRGB entries, from straight down to straight up. */
export function writeDusk(out: Uint8Array): void {
  for (let row = 0; row < skyRows; row++) {
    const elevation = elevationOfRowDeg(row);
    let above = 1;
    while (above < dusk.length - 1 && dusk[above][0] < elevation) above++;
    const [from, r0, g0, b0] = dusk[above - 1];
    const [to, r1, g1, b1] = dusk[above];
    const linear = Math.min(1, Math.max(0, (elevation - from) / (to - from)));
    const t = linear * linear * (3 - 2 * linear);
    out[row * 4] = Math.round(r0 + (r1 - r0) * t);
    out[row * 4 + 1] = Math.round(g0 + (g1 - g0) * t);
    out[row * 4 + 2] = Math.round(b0 + (b1 - b0) * t);
    out[row * 4 + 3] = 255;
  }
}
