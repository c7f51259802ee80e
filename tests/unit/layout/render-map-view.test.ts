import { describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { CourtyardRenderer, teacherQuality } from '../../../workers/backends/simulator/render';
import { surfaceClasses } from '../../../workers/layout/classes';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { clearness, footprintM } from '../../../workers/layout/map-detail';
import { createMapView, type MapView } from '../../../workers/layout/map-view';
import { atmosphereOf } from '../../../workers/layout/palettes';
import { addPlainShapes } from '../../../workers/layout/plain-shapes';
import { renderMapView } from '../../../workers/layout/render-map-view';
import { SceneWindow } from '../../../workers/layout/scene-window';
import { chooseSpawn } from '../../../workers/layout/spawn';
import { noiseSpacingM, worldNoise } from '../../../workers/layout/world-noise';

const size = 40;
const n = size * size;
const camera = intrinsicsFromFov(size, size, (100 * Math.PI) / 180);

type Pair = { seed: number; pose: Pose; view: MapView; color: Uint8ClampedArray; inverseDepth: Float32Array };

/** The map and the truth from one pose. */
function look(seed: number, pose: Pose): Pair {
  const map = new CourtyardMap(seed);
  const view = createMapView(size, size);
  const color = new Uint8ClampedArray(4 * n);
  const inverseDepth = new Float32Array(n);
  renderMapView(new SceneWindow(map, addPlainShapes, 8), atmosphereOf(seed), pose, camera, view);
  const truth = new CourtyardRenderer(new SceneWindow(map, addOrnateShapes, 8), atmosphereOf(seed));
  truth.render(pose, camera, teacherQuality, color, inverseDepth);
  return { seed, pose, view, color, inverseDepth };
}

/** From where a visit starts, turned and pitched so that other things come into view. */
const pairs = [1, 2, 3, 4, 5, 6].map((seed) => {
  const start = chooseSpawn(new CourtyardMap(seed));
  const yaw = Math.atan2(start[8], start[10]);
  return look(seed, poseFromYawPitch(start.subarray(12, 15), yaw + 0.4 * (seed - 3), -0.15 + 0.05 * seed));
});

function share(test: (pixel: number) => boolean): number {
  return Array.from({ length: n }, (_, pixel) => test(pixel)).filter(Boolean).length / n;
}

/** Unit direction of a pixel in the camera's axes. */
function rayOf(pixel: number): [number, number, number] {
  const x = ((pixel % size) + 0.5 - camera.cx) / camera.fx;
  const y = -(Math.floor(pixel / size) + 0.5 - camera.cy) / camera.fy;
  const length = Math.hypot(x, y, 1);
  return [x / length, y / length, -1 / length];
}

function rotate(pose: Pose, [x, y, z]: readonly number[]): [number, number, number] {
  const row = (k: number): number => pose[k] * x + pose[4 + k] * y + pose[8 + k] * z;
  return [row(0), row(1), row(2)];
}

describe.each(pairs)('the map of world $seed and its true picture', ({ seed, pose, view, color, inverseDepth }) => {
  test('agree about where things are', () => {
    const near = (pixel: number): boolean => {
      const truth = Math.min(4, inverseDepth[pixel]);
      return Math.abs(view.inverseDepth[pixel] - truth) <= 0.01 * truth;
    };
    expect(share(near)).toBeGreaterThan(0.85);
  });

  test('agree about the sky', () => {
    const isSky = (pixel: number): boolean => view.classIndex[pixel] === 0;
    expect(share((pixel) => isSky(pixel) === (inverseDepth[pixel] === 0))).toBeGreaterThan(0.97);
    expect(share(isSky)).toBeGreaterThan(0.05);
    expect(share(isSky)).toBeLessThan(0.8);
  });

  test('differ visibly in colour, so that there is something to learn', () => {
    let difference = 0;
    for (let pixel = 0; pixel < n; pixel++) {
      for (let c = 0; c < 3; c++) difference += Math.abs(255 * view.color[c * n + pixel] - color[4 * pixel + c]);
    }
    expect(difference / (3 * n)).toBeGreaterThan(3);
    expect(difference / (3 * n)).toBeLessThan(60);
  });

  test('the normals of the map have unit length in camera space and face the camera; the sky has none', () => {
    for (let pixel = 0; pixel < n; pixel++) {
      const normal = [view.normal[pixel], view.normal[n + pixel], view.normal[2 * n + pixel]];
      const seen = surfaceClasses[view.classIndex[pixel]];
      expect(seen === 'sky').toBe(view.inverseDepth[pixel] === 0);
      expect(Math.hypot(...normal)).toBeCloseTo(seen === 'sky' ? 0 : 1, 3);
      const ray = rayOf(pixel);
      expect(normal[0] * ray[0] + normal[1] * ray[1] + normal[2] * ray[2]).toBeLessThan(1e-4);
      expect(seen !== 'ground' || rotate(pose, normal)[1] > 0.9999).toBe(true);
    }
  });

  test('the noise of the map belongs to the place that a pixel shows, not to the camera', () => {
    // Depth is clamped at 0.25 m, so the place is not known where it is that near; nothing here is.
    expect(Math.max(...view.inverseDepth)).toBeLessThan(4);
    let near = 0;
    for (let pixel = 0; pixel < n; pixel += 7) {
      const inverse = view.inverseDepth[pixel];
      const ray = rayOf(pixel);
      const away = inverse === 0 ? 0 : 1 / inverse / -ray[2];
      const facing = -[0, 1, 2].reduce((sum, c) => sum + ray[c] * view.normal[c * n + pixel], 0);
      const pixelM = footprintM(away, -ray[2] / camera.fx, facing);
      const [x, y, z] = rotate(pose, ray).map((value, k) => pose[12 + k] + away * value);
      for (const octave of [0, 1, 2] as const) {
        // Filtered by the pixel's size: full where it is small against the lattice, nothing where it is not.
        const clear = inverse === 0 ? 0 : clearness(2 * noiseSpacingM[octave], pixelM);
        const expected = 0.5 + clear * (worldNoise(seed, octave, x, y, z) - 0.5);
        expect(view.noise[octave * n + pixel]).toBeCloseTo(expected, 2);
        if (clear > 0.2) near++;
      }
    }
    expect(near).toBeGreaterThan(n / 7 / 10);
  });

  test('the rays of the map are told as elevation and angle to the sun', () => {
    const { sunDirection } = atmosphereOf(seed);
    for (let pixel = 0; pixel < n; pixel += 11) {
      const ray = rotate(pose, rayOf(pixel));
      expect(view.elevation[pixel]).toBeCloseTo(ray[1], 5);
      const cosine = ray[0] * sunDirection[0] + ray[1] * sunDirection[1] + ray[2] * sunDirection[2];
      expect(view.cosSun[pixel]).toBeCloseTo(cosine, 5);
    }
  });
});
