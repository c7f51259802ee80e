import fc from 'fast-check';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { DistrictMap } from '../../../workers/layout/districts/district-map';
import { addPlainShapes } from '../../../workers/layout/plain-shapes';
import { SceneWindow, type ShapeCell } from '../../../workers/layout/scene-window';

/** Windows this small build in a millisecond and still hold four courtyards. */
const radiusCells = 4;
/** Seeds whose first courtyards and districts together hold every kind of thing (a test in `cells.test.ts` sees to it). */
export const seeds = [0, 1, 2, 3, 5, 8, 13, 21];

const scenes = new Map<string, SceneWindow>();

/** Which world, plain as the map view sees it or ornate as the simulator does; courtyards unless it says districts. */
export type World = { seed: number; kind: 'plain' | 'ornate'; map?: 'courtyards' | 'districts' };

/** The window round the origin of a world. */
export function sceneOf({ seed, kind, map = 'courtyards' }: World): SceneWindow {
  const key = `${seed} ${kind} ${map}`;
  let scene = scenes.get(key);
  if (!scene) {
    const shapeCell: ShapeCell = kind === 'plain' ? addPlainShapes : addOrnateShapes;
    scene = new SceneWindow(map === 'courtyards' ? new CourtyardMap(seed) : new DistrictMap(seed), shapeCell, radiusCells);
    scene.centreOn(0, 0);
    scenes.set(key, scene);
  }
  return scene;
}

export type Ray = { ox: number; oy: number; oz: number; dx: number; dy: number; dz: number };

/** A number without special values such as 0: rays that graze a face have no one right answer. */
const uneven = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: 1, max: 1_000_000 }).map((k) => min + ((max - min) * (k - 0.381966)) / 1_000_000);

export const anyWorld: fc.Arbitrary<World> = fc.record({
  seed: fc.constantFrom(...seeds),
  kind: fc.constantFrom('plain', 'ornate'),
  map: fc.constantFrom('courtyards', 'districts'),
});

export const anyPoint = fc.record({ x: uneven(-12, 14), y: uneven(0.05, 6), z: uneven(-12, 14) });

/** From anywhere above the ground to anywhere, the steep directions as often as the level ones. */
export const anyRay: fc.Arbitrary<Ray> = fc
  .record({ from: anyPoint, yaw: uneven(-Math.PI, Math.PI), pitch: uneven(-1.55, 1.55) })
  .map(({ from, yaw, pitch }) => ({
    ox: from.x,
    oy: from.y,
    oz: from.z,
    dx: -Math.sin(yaw) * Math.cos(pitch),
    dy: Math.sin(pitch),
    dz: -Math.cos(yaw) * Math.cos(pitch),
  }));
