import { describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../../src/math/camera';
import type { Pose } from '../../../../src/math/types';
import { addOrnateShapes } from '../../../../workers/backends/simulator/ornament';
import { CourtyardRenderer, liveQuality } from '../../../../workers/backends/simulator/render';
import { offlineQuality, previewQuality, type TeacherQuality } from '../../../../workers/backends/simulator/teacher/quality';
import { TeacherRenderer } from '../../../../workers/backends/simulator/teacher/teacher-renderer';
import { DistrictMap } from '../../../../workers/layout/districts/district-map';
import { atmosphereOf } from '../../../../workers/layout/palettes';
import { surfaceClasses } from '../../../../workers/layout/classes';
import { SceneWindow } from '../../../../workers/layout/scene-window';
import { chooseSpawn } from '../../../../workers/layout/spawn';
import { tile, tileAt } from '../../../../workers/layout/tiles';
import { lightFrom, studioAir, studioScene, type Vec } from './studio';

const seed = 2;
const map = new DistrictMap(seed);
const air = atmosphereOf(seed);
const spawn = chooseSpawn(map);
const newScene = (): SceneWindow => new SceneWindow(map, addOrnateShapes, 10);
const square = intrinsicsFromFov(24, 24, (100 * Math.PI) / 180);

function render(renderer: TeacherRenderer, pose: Pose, quality: TeacherQuality): { color: Uint8ClampedArray; inverseDepth: Float32Array } {
  const n = square.width * square.height;
  const picture = { color: new Uint8ClampedArray(4 * n), inverseDepth: new Float32Array(n) };
  renderer.render(pose, square, quality, picture.color, picture.inverseDepth);
  return picture;
}

describe('a picture of the teacher', () => {
  test('is the same again, also from a new renderer and after walking far away and back', () => {
    const renderer = new TeacherRenderer(newScene(), air);
    const first = render(renderer, spawn, offlineQuality);
    expect(render(renderer, spawn, offlineQuality)).toEqual(first);
    const far = Float32Array.from(spawn);
    far[12] = far[12]! + 21;
    expect(render(renderer, far, offlineQuality)).toEqual(render(new TeacherRenderer(newScene(), air), far, offlineQuality));
    render(renderer, spawn, previewQuality);
    expect(render(renderer, spawn, offlineQuality)).toEqual(first);
    expect(render(new TeacherRenderer(newScene(), air), spawn, offlineQuality)).toEqual(first);
  });

  test('has the depth of the live picture, exactly, and colours of its own', () => {
    const n = square.width * square.height;
    const live = { color: new Uint8ClampedArray(4 * n), inverseDepth: new Float32Array(n) };
    new CourtyardRenderer(newScene(), air).render(spawn, square, liveQuality, live.color, live.inverseDepth);
    const teacher = render(new TeacherRenderer(newScene(), air), spawn, offlineQuality);
    expect(teacher.inverseDepth).toEqual(live.inverseDepth);
    expect(teacher.color).not.toEqual(live.color);
  });

  test('counts what it cost', () => {
    const renderer = new TeacherRenderer(newScene(), air);
    render(renderer, spawn, offlineQuality);
    expect(renderer.costs.nodes).toBeGreaterThan(50);
    render(renderer, spawn, offlineQuality);
    expect(renderer.costs).toMatchObject({ pixels: 24 * 24, nodes: 0 });
    expect(renderer.costs.edgePixels).toBeLessThan(24 * 24);
  });
});

describe('materials', () => {
  const wallScene = studioScene({ '0,0': [{ kind: 'wall', run: 'x', height: 4 }], '1,0': [{ kind: 'wall', run: 'x', height: 4 }] });
  const shaded = studioAir(40, [0.2, -1]);

  test('stick to the world: two places agree on what a point looks like', () => {
    const renderer = new TeacherRenderer(wallScene, shaded);
    for (const at of [
      [1.3, 1.1, 0.5],
      [3.1, 2.2, 0.5],
      [5.2, 0.5, 0.5],
      [2.7, 0, 1.9],
      [4.4, 0, 3.1],
    ] as const satisfies Vec[]) {
      const one = lightFrom(renderer, [at[0] - 0.9, 1.6, 3.9], at, 0.002);
      const other = lightFrom(renderer, [at[0] + 1.1, 1.9, 3.7], at, 0.002);
      for (let c = 0; c < 3; c++) expect(Math.abs(one[c]! / other[c]! - 1), `at ${at}`).toBeLessThan(0.04);
    }
  });

  /** How much darker joints between courses are than the stones, on the mean of a wall seen from a distance. */
  function jointContrast(distanceM: number): number {
    const renderer = new TeacherRenderer(wallScene, shaded);
    let joint = 0;
    let stone = 0;
    // Courses are 0.4 m high.
    for (const x of [0.7, 1.9, 2.6, 3.4, 4.7, 5.9, 6.5, 7.3]) {
      for (const y of [1.2, 2, 2.4]) {
        joint += lightFrom(renderer, [x, y, 0.5 + distanceM], [x, y, 0.5], 0.008, 1)[1];
        stone += lightFrom(renderer, [x, y, 0.5 + distanceM], [x, y + 0.2, 0.5], 0.008, 1)[1];
      }
    }
    return 1 - joint / stone;
  }

  test('have upright joints where `tileAt` begins another stone', () => {
    const renderer = new TeacherRenderer(wallScene, shaded);
    const wallClass = surfaceClasses.indexOf('wall');
    let joint = 0;
    let stone = 0;
    for (const y of [1, 1.4, 1.8, 2.2, 2.6]) {
      for (let x = 0.5; x < 7; x += 0.02) {
        tileAt(1, wallClass, x, y, 0.5, 0, 0, 1);
        const isJoint = tile.u < 0.02 / 0.8;
        if (!isJoint && Math.abs(tile.u - 0.5) > 0.01 / 0.8) continue;
        const at = isJoint ? x - tile.u * 0.8 : x;
        const light = lightFrom(renderer, [at, y, 2], [at, y, 0.5], 0.008, 1)[1];
        if (isJoint) joint += light;
        else stone += light;
      }
    }
    expect(joint).toBeLessThan(0.93 * stone);
  });

  test('have joints where tiles meet, which fade with distance instead of shimmering', () => {
    const near = jointContrast(1.5);
    expect(near).toBeGreaterThan(0.1);
    const far = jointContrast(24);
    expect(Math.abs(far)).toBeLessThan(0.3 * near);
  });
});
