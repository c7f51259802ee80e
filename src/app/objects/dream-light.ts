import type { DirectionalLight, HemisphereLight } from 'three';
import { atmosphereOf, type LightChoice } from '../../../workers/layout/palettes';
import type { LayoutRef } from '../../world/contracts';

/** The two lights that things are lit by. */
type Lights = { sky: HemisphereLight; sun: DirectionalLight };

/** Offsets into a palette of linear colours, as in workers/layout/light.ts. */
const zenithAt = 0;
const horizonAt = 3;
const groundAt = 6;
/** Shares of light from above and from below, of the same file; of the sun, some is always behind a wall. */
const skyShare = 0.95;
const skyFromBelow = 0.35;
const bounceShare = 0.3;
const sunShare = 0.85;

/**
 * Lights things as the shipped worlds' own renderer lights its walls: the same sun, from the same side, the same sky and
 * the same light from the ground. Worlds without a known map leave the lights as they are.
 * @returns whether the light of this world is known
 */
export function lightAsTheDream({ sky, sun }: Lights, layout: LayoutRef | null, light: LightChoice): boolean {
  if (!layout) return false;
  const { sunColor, sunDirection, palette } = atmosphereOf(layout.seed, light);
  const above = [0, 1, 2].map((c) => skyShare * (0.55 * palette[zenithAt + c]! + 0.45 * palette[horizonAt + c]!));
  const below = [0, 1, 2].map(
    (c) => skyFromBelow * above[c]! + bounceShare * (0.3 + sunDirection[1]) * sunColor[c]! * palette[groundAt + c]!,
  );
  // three divides by pi what falls on a matt surface.
  sky.intensity = Math.PI;
  sky.color.setRGB(above[0]!, above[1]!, above[2]!);
  sky.groundColor.setRGB(below[0]!, below[1]!, below[2]!);
  sun.intensity = Math.PI * sunShare;
  sun.color.setRGB(...(sunColor as [number, number, number]));
  sun.position.set(...(sunDirection as [number, number, number]));
  return true;
}
