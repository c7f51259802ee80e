import { expect, test } from 'vitest';
import { iou, isFreeWay, trueMask, tryCase } from '../../../../src/bench/physics/occlusion-cases';
import { eyeCamera, eyeSize } from '../../../../src/bench/physics/occlusion-plan';
import { findPlaces, wayTo } from '../../../../src/bench/physics/occlusion-places';
import { createRandom } from '../../../../src/math/hash';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { addOrnateShapes } from '../../../../workers/backends/simulator/ornament';
import { CourtyardMap } from '../../../../workers/layout/courtyards';
import { SceneWindow } from '../../../../workers/layout/scene-window';

const scene = new SceneWindow(new CourtyardMap(3), addOrnateShapes);

function areaOf(mask: Uint8Array): number {
  return mask.reduce((sum, bit) => sum + bit, 0);
}

test('a ball high above everything is seen whole, and as large as geometry says', () => {
  scene.centreOn(0, 0);
  const eye = poseFromYawPitch([0, 40, 0], 0, 0);
  const seen = trueMask(scene, eye, { x: 0, y: 40, z: -3, radiusM: 0.1 })!;
  expect(seen.visibleShare).toBe(1);
  // Half the angle of a ball, seen from outside: its sine is the radius over the distance.
  const radiusPx = eyeCamera.fx * Math.tan(Math.asin(0.1 / 3));
  expect(areaOf(seen.mask) / (Math.PI * radiusPx ** 2)).toBeCloseTo(1, 1);
  expect(seen.mask[(eyeSize / 2) * eyeSize + eyeSize / 2]).toBe(1);
  expect(trueMask(scene, eye, { x: 0, y: 40, z: 3, radiusM: 0.1 })).toBeNull();
});

test('a ball half in the ground shows what is above it: half, and more by the sine of the angle one looks down', () => {
  scene.centreOn(0, 0);
  const [place] = findPlaces(scene, 1, createRandom(5));
  const [x, z] = [place![12]!, place![14]!];
  const eye = poseFromYawPitch([x, 0.3, z], 0.3, -0.3);
  const m = 0.3 / Math.sin(0.3);
  const ball = { x: x - eye[8]! * m, y: 0, z: z - eye[10]! * m, radiusM: 0.08 };
  expect(trueMask(scene, eye, ball)!.visibleShare).toBeCloseTo((1 + Math.sin(0.3)) / 2, 1);
});

test('intersection over union of masks', () => {
  expect(iou(Uint8Array.of(1, 1, 0, 0), Uint8Array.of(0, 1, 1, 0))).toBeCloseTo(1 / 3, 9);
  expect(iou(Uint8Array.of(1, 0), Uint8Array.of(1, 0))).toBe(1);
  expect(iou(Uint8Array.of(0, 0), Uint8Array.of(0, 0))).toBe(1);
  expect(iou(Uint8Array.of(1, 0), Uint8Array.of(0, 1))).toBe(0);
});

test('every case that is found is partly hidden, in free air, and seen from a free head', () => {
  const random = createRandom(11);
  let found = 0;
  for (const place of findPlaces(scene, 2, random)) {
    expect(wayTo(place)).toHaveLength(3);
    expect([...wayTo(place)[2]!]).toEqual([...place]);
    const at = [place[12]!, place[13]!, place[14]!] as const;
    scene.centreOn(at[0], at[2]);
    expect(isFreeWay(scene, place, ...at)).toBe(true);
    for (let k = 0; k < 40; k++) {
      const one = tryCase(scene, place, at, 0, 0.11, random);
      if (!one) continue;
      found++;
      expect(one.visibleShare).toBeGreaterThanOrEqual(0.15);
      expect(one.visibleShare).toBeLessThanOrEqual(0.85);
      expect(one.ball.y).toBeGreaterThanOrEqual(0.11);
      expect(areaOf(one.truth)).toBeGreaterThan(0);
    }
  }
  expect(found).toBeGreaterThan(2);
});
