import { describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import type { Intrinsics } from '../../../src/math/types';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import {
  CourtyardRenderer,
  liveQuality,
  teacherQuality,
  type RenderQuality,
} from '../../../workers/backends/simulator/render';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { display, radiance, skyRadiance } from '../../../workers/layout/light';
import { atmosphereOf } from '../../../workers/layout/palettes';
import { SceneWindow } from '../../../workers/layout/scene-window';
import { chooseSpawn } from '../../../workers/layout/spawn';

const seed = 2;
const map = new CourtyardMap(seed);
const air = atmosphereOf(seed);
const pose = chooseSpawn(map);
const renderer = new CourtyardRenderer(new SceneWindow(map, addOrnateShapes, 8), air);
const plainQuality: RenderQuality = { edgeSamples: 0 };

function render(camera: Intrinsics, quality: RenderQuality): { color: Uint8ClampedArray; inverseDepth: Float32Array } {
  const n = camera.width * camera.height;
  const color = new Uint8ClampedArray(4 * n);
  const inverseDepth = new Float32Array(n);
  renderer.render(pose, camera, quality, color, inverseDepth);
  return { color, inverseDepth };
}

const square = intrinsicsFromFov(32, 32, (100 * Math.PI) / 180);

describe('the picture of the simulator', () => {
  test('of a wide camera is the middle of the picture of a tall one', () => {
    const whole = render(square, plainQuality);
    const band = render({ ...square, height: 12, cy: square.cy - 10 }, plainQuality);
    expect(band.color).toEqual(whole.color.slice(10 * 32 * 4, 22 * 32 * 4));
    expect(band.inverseDepth).toEqual(whole.inverseDepth.slice(10 * 32, 22 * 32));
  });

  test('has the colour of the sky to the nearest step, neither rounded up nor down', () => {
    const { color, inverseDepth } = render(square, plainQuality);
    let pixels = 0;
    for (let pixel = 0; pixel < 32 * 32; pixel++) {
      if (inverseDepth[pixel] !== 0) continue;
      const x = ((pixel % 32) + 0.5 - square.cx) / square.fx;
      const y = -(Math.floor(pixel / 32) + 0.5 - square.cy) / square.fy;
      const length = Math.hypot(x, y, 1);
      const ray = [0, 1, 2].map((k) => (pose[k] * x + pose[4 + k] * y - pose[8 + k]) / length);
      skyRadiance(air, ray[1], ray.reduce((sum, value, k) => sum + value * air.sunDirection[k], 0));
      const exact = [radiance.r, radiance.g, radiance.b].map((value) => 255 * display(value));
      exact.forEach((value, c) => expect(Math.abs(color[4 * pixel + c] - value)).toBeLessThanOrEqual(0.5 + 1e-3));
      pixels++;
    }
    expect(pixels).toBeGreaterThan(100);
  });

  test('is smoothed at edges only, and its depth never is', () => {
    const rough = render(square, plainQuality);
    const live = render(square, liveQuality);
    const teacher = render(square, teacherQuality);
    expect(live.inverseDepth).toEqual(rough.inverseDepth);
    expect(teacher.inverseDepth).toEqual(rough.inverseDepth);
    const changed = (a: Uint8ClampedArray): number =>
      Array.from({ length: 32 * 32 }, (_, i) => i).filter((i) => a[4 * i] !== rough.color[4 * i]).length / (32 * 32);
    expect(changed(live.color)).toBeGreaterThan(0.02);
    expect(changed(live.color)).toBeLessThan(0.6);
    expect(changed(teacher.color)).toBeGreaterThan(0.02);
  });
});
