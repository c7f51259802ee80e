import { paletteColors } from '../../../layout/classes';
import { clearness, detail } from '../../../layout/map-detail';
import type { Atmosphere } from '../../../layout/map-view';
import { noiseSpacingM, worldNoise, type NoiseOctave } from '../../../layout/world-noise';
import { bend, look, mixLook, ramp, scaleLook, warmLook } from './look';
import type { Surface } from './surface';

const ground = paletteColors.indexOf('ground');

/** Slope of one octave of the world's noise at the last point asked, reused. */
const slope = { x: 0, y: 0, z: 0 };

/** Slope of an octave, 1 over its spacing, into {@link slope}. `here` is its value at the point. */
function slopeAt(seed: number, octave: NoiseOctave, x: number, y: number, z: number, here: number): void {
  const step = noiseSpacingM[octave] * 0.25;
  slope.x = (worldNoise(seed, octave, x + step, y, z) - here) * 4;
  slope.y = (worldNoise(seed, octave, x, y + step, z) - here) * 4;
  slope.z = (worldNoise(seed, octave, x, y, z + step) - here) * 4;
}

/** Leaves: clumps that bulge, dark between them, light through them. */
export function drawLeaves(seed: number, s: Surface): void {
  const [n0, n1, n2] = detail.noise;
  const clump = n1 - 0.5;
  // Steeper than the noise: leaves have edges.
  const leaf = ramp(0.22, 0.78, n2) - 0.5;
  scaleLook(0.95 + 0.3 * (n0 - 0.5) + 0.36 * clump + 0.34 * leaf);
  // Young leaves on the outside are yellower than those inside.
  warmLook(0.16 * (clump + leaf) + 0.05);
  look.open = 0.55 + 0.45 * ramp(-0.4, 0.2, 0.8 * clump + 0.5 * leaf);
  look.through = 0.45;
  // Leaves at the top are open to the sky, those below hang in the plant's own shade.
  look.open *= 0.78 + 0.22 * s.ny;
  const clear1 = clearness(2 * noiseSpacingM[1], s.pixelM);
  if (clear1 > 0) {
    slopeAt(seed, 1, s.x, s.y, s.z, worldNoise(seed, 1, s.x, s.y, s.z));
    bend(-0.5 * clear1 * slope.x, -0.5 * clear1 * slope.y, -0.5 * clear1 * slope.z);
  }
  const clear2 = clearness(2 * noiseSpacingM[2], s.pixelM);
  if (clear2 > 0) {
    slopeAt(seed, 2, s.x, s.y, s.z, worldNoise(seed, 2, s.x, s.y, s.z));
    bend(-0.45 * clear2 * slope.x, -0.45 * clear2 * slope.y, -0.45 * clear2 * slope.z);
  }
}

/** Bark: brown whatever the palette's stone is. */
export function drawTrunk(air: Atmosphere): void {
  const [, n1, n2] = detail.noise;
  mixLook(air, ground, 0.5, 0.9);
  look.r *= 0.62;
  look.g *= 0.46;
  look.b *= 0.36;
  scaleLook(1 + 0.5 * (n1 - 0.5) + 0.5 * (n2 - 0.5));
}

/** Ripples of still water: a slope of a few thousandths, which only mirrors show. */
export function ripple(seed: number, s: Surface): void {
  const clear = clearness(2 * noiseSpacingM[1], s.pixelM);
  if (clear === 0) return;
  slopeAt(seed, 1, s.x, s.y, s.z, worldNoise(seed, 1, s.x, s.y, s.z));
  bend(-0.006 * clear * slope.x, 0, -0.006 * clear * slope.z);
}
