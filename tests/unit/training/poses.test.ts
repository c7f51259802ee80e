import { expect, test } from 'vitest';
import { chooseAction, chooseGaze, gazeAfter, poseOf } from '../../../models/training/data/poses';
import { createRandom } from '../../../src/math/hash';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { distanceToScene } from '../../../workers/layout/distance';
import { SceneWindow } from '../../../workers/layout/scene-window';

const scene = new SceneWindow(new CourtyardMap(6), addOrnateShapes, 8);
scene.centreOn(0, 0);

test('a visitor stands in the open and looks anywhere', () => {
  const random = createRandom(3);
  const gazes = Array.from({ length: 60 }, () => chooseGaze(scene, 0, 0, random));
  for (const { x, y, z } of gazes) expect(distanceToScene(scene, x, y, z, 1.5)).toBeGreaterThan(0.4);
  const quadrants = new Set(gazes.map(({ yaw }) => Math.floor(yaw / (Math.PI / 2))));
  expect(quadrants.size).toBe(4);
});

test('the action is what leads from one frame to the next', () => {
  const from = { x: 1, y: 1.6, z: 2, yaw: Math.PI / 2, pitch: 0.1, roll: 0 };
  const open = new SceneWindow({ seed: 1, cell: (i, j) => ({ i, j, tone: 1, things: [] }) }, addOrnateShapes, 4);
  open.centreOn(0, 0);
  // Looking along -x: forward is -x, right is -z.
  const ahead = gazeAfter(open, from, [0, 0, -2, 0, 0.5])!;
  expect([ahead.x, ahead.z]).toEqual([expect.closeTo(0, 6), expect.closeTo(2, 6)]);
  const aside = gazeAfter(open, from, [1, 0, 0, 0.4, 0.5])!;
  expect([aside.x, aside.z]).toEqual([expect.closeTo(1, 6), expect.closeTo(1.5, 6)]);
  expect(aside.yaw).toBeCloseTo(from.yaw + 0.2, 6);
  const pose = poseOf(ahead);
  expect(pose[8]).toBeCloseTo(Math.cos(0.1), 5);
});

test('nobody walks into a wall', () => {
  const random = createRandom(9);
  const steps = Array.from({ length: 300 }, () => {
    const from = chooseGaze(scene, 0, 0, random);
    const [right, up, back, turn] = chooseAction(random);
    // Longer than a clip's step, so that walls are met.
    return gazeAfter(scene, from, [right, up, back, turn, 1.2]);
  });
  const taken = steps.filter((to) => to !== null);
  expect(Math.min(...taken.map(({ x, y, z }) => distanceToScene(scene, x, y, z, 0.5)))).toBeGreaterThanOrEqual(0.25);
  expect(taken.length).toBeLessThan(300);
  expect(taken.length).toBeGreaterThan(150);
});
