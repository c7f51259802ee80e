import { describe, expect, test } from 'vitest';
import { discPoints, SunDisc } from '../../../../workers/backends/simulator/teacher/sun-disc';
import { TeacherRenderer } from '../../../../workers/backends/simulator/teacher/teacher-renderer';
import type { Thing } from '../../../../workers/layout/things';
import { lightFrom, studioAir, studioScene, type Vec } from './studio';

const wall = (height: number): Record<string, Thing[]> => ({ '0,0': [{ kind: 'wall', run: 'x', height }] });

/** Width of the half shadow that the top of a wall throws on the ground, metres, and where its middle lies (z). */
function penumbra(height: number): { widthM: number; middleM: number } {
  const scene = studioScene(wall(height));
  scene.centreOn(0, 0);
  const disc = new SunDisc(studioAir(45, [0, -1]));
  let first = Number.NaN;
  let last = Number.NaN;
  for (let z = 0.6; z < 8; z += 0.002) {
    let seen = 0;
    for (let k = 0; k < discPoints; k++) if (disc.sees(scene, 2, 0, z, 0, 1, 0, k)) seen++;
    if (seen === 0 || seen === discPoints) continue;
    if (Number.isNaN(first)) first = z;
    last = z;
  }
  return { widthM: last - first, middleM: (first + last) / 2 };
}

describe('the teacher’s sun', () => {
  test('throws half shadows that widen in proportion to the distance from what stands in its way', () => {
    const low = penumbra(1);
    const high = penumbra(4);
    expect(low.middleM).toBeCloseTo(0.5 + 1, 1);
    expect(high.middleM).toBeCloseTo(0.5 + 4, 1);
    expect(low.widthM).toBeGreaterThan(0.03);
    expect(high.widthM / low.widthM).toBeGreaterThan(3);
    expect(high.widthM / low.widthM).toBeLessThan(5);
  });

  test('remembers what last stood in its way without changing any answer', () => {
    const scene = studioScene({ '0,0': [...wall(2)['0,0']!, { kind: 'column', x: 2, z: 2, base: 0, radius: 0.3, height: 3 }] });
    scene.centreOn(0, 0);
    const disc = new SunDisc(studioAir(35, [1, -2]));
    for (let k = 0; k < 400; k++) {
      const x = 4 * ((k * 0.618) % 1);
      const z = 0.6 + 3.3 * ((k * 0.414) % 1);
      const known = disc.sees(scene, x, 0, z, 0, 1, 0, k);
      disc.forgetBlocker();
      expect(disc.sees(scene, x, 0, z, 0, 1, 0, k), `at ${x}, ${z}`).toBe(known);
    }
  });
});

describe('light in the shade', () => {
  test('is dimmer and bluer than in the sun', () => {
    const renderer = new TeacherRenderer(studioScene(wall(4)), studioAir(45, [0, -1]));
    const shade = lightFrom(renderer, [2, 3, 4], [2, 0, 2], 0.05);
    const sun = lightFrom(renderer, [2, 3, 9], [2, 0, 7], 0.05);
    expect(shade[1]).toBeLessThan(0.6 * sun[1]);
    expect(shade[2] / shade[0]).toBeGreaterThan(1.15 * (sun[2] / sun[0]));
  });

  test('takes the colour of the sunlit ground next to it', () => {
    const seen = (ground: Vec): Vec => {
      const air = studioAir(60, [0, -1], { ground, paving: ground, wall: [0.7, 0.7, 0.7] });
      return lightFrom(new TeacherRenderer(studioScene(wall(1.2)), air), [2, 0.7, 3], [2, 0.6, 0.5], 0.03);
    };
    const overRed = seen([0.6, 0.1, 0.1]);
    const overGrey = seen([0.27, 0.27, 0.27]);
    expect(overRed[0] / overRed[2]).toBeGreaterThan(1.3 * (overGrey[0] / overGrey[2]));
  });

  test('is dimmer in a corner than in the open', () => {
    const corner: Record<string, Thing[]> = {
      '0,0': [
        { kind: 'wall', run: 'x', height: 4 },
        { kind: 'wall', run: 'z', height: 4 },
      ],
    };
    const air = studioAir(50, [-1, -1]);
    const inCorner = lightFrom(new TeacherRenderer(studioScene(corner), air), [2, 1.6, 2], [0.7, 0, 0.7], 0.03);
    // Shade of a far wall, open to the sky on all other sides.
    const inShade = lightFrom(new TeacherRenderer(studioScene(wall(4)), air), [3, 1.6, 4], [1.6, 0, 3], 0.03);
    expect(inCorner[1]).toBeLessThan(0.85 * inShade[1]);
  });

  test('has no grain: neighbours on an even thing in the shade differ by less than the eye can see', () => {
    const renderer = new TeacherRenderer(studioScene({ '0,0': [{ kind: 'sphere', x: 2, z: 2, centre: 1, radius: 0.9 }] }), studioAir(30, [0, 1]));
    const values = Array.from({ length: 24 }, (_, k) => lightFrom(renderer, [2 + 0.01 * k, 1.2, -3], [2 + 0.01 * k, 1.4, 1.2], 0.003, 3)[1]);
    for (let k = 1; k < values.length; k++) expect(Math.abs(values[k]! - values[k - 1]!)).toBeLessThan(0.02);
  });
});

describe('still water', () => {
  test('shows what stands behind it, by Fresnel’s share of the mirrored ray', () => {
    const things: Record<string, Thing[]> = {
      '0,0': [{ kind: 'wall', run: 'x', height: 4 }, { kind: 'pool', x: 2.3, z: 2.3, halfX: 1.5, halfZ: 1.5 }],
    };
    const eye: Vec = [2, 1.2, 7];
    const spot: Vec = [2, 0.22, 2];
    const away: Vec = [0, spot[1] - eye[1], spot[2] - eye[2]];
    const mirroredTo: Vec = [2, spot[1] - 3 * away[1], spot[2] + 3 * away[2]];
    const seen = (wallColor: Vec): { water: Vec; direct: Vec } => {
      const air = studioAir(40, [0.3, 1], { wall: wallColor, trim: wallColor, water: [0.02, 0.02, 0.02] });
      const renderer = new TeacherRenderer(studioScene(things), air);
      return {
        water: lightFrom(renderer, eye, spot, 0.004, 9),
        direct: lightFrom(renderer, [2, spot[1] + 0.002, spot[2]], mirroredTo, 0.02, 9),
      };
    };
    const light = seen([0.8, 0.3, 0.3]);
    const dark = seen([0.1, 0.3, 0.3]);
    const cosine = -away[1] / Math.hypot(...away);
    const share = 0.03 + 0.97 * (1 - cosine) ** 4;
    const gain = (light.water[0] - dark.water[0]) / (light.direct[0] - dark.direct[0]);
    expect(gain).toBeGreaterThan(0.8 * share);
    expect(gain).toBeLessThan(1.25 * share);
    // The other channels have not changed.
    expect(Math.abs(light.water[2] - dark.water[2])).toBeLessThan(0.02);
  });
});
