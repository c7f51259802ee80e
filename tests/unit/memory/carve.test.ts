import { describe, expect, it } from 'vitest';
import { createPose, poseFromYawPitch } from '../../../src/math/pose';
import { carve } from '../../../workers/memory/carve';
import { keyframe, roomPicture, solid, squareCamera } from './memory-scenes';

const camera = squareCamera(48);
const count = camera.width * camera.height;

/** A wall at 1/`wall` metres with something before it at 1 m in the columns from 20 to 27. */
function thingBefore(wall: number, isThere: boolean): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (isThere && i % 48 >= 20 && i % 48 < 28 ? 1 : wall));
}

describe('carve', () => {
  it('takes out what the newest frame sees through, and leaves what stands there still', () => {
    const ghost = keyframe(camera, createPose(), thingBefore(0.25, true), solid(count, 9, 9, 9));
    // The same view again, the thing is gone.
    expect(carve(ghost, thingBefore(0.25, false), camera, createPose())).toBe(8 * 48);
    for (let i = 0; i < count; i++) expect(Number.isNaN(ghost.inverseDepth[i])).toBe(i % 48 >= 20 && i % 48 < 28);
    const still = keyframe(camera, createPose(), thingBefore(0.25, true), solid(count, 9, 9, 9));
    expect(carve(still, thingBefore(0.25, true), camera, createPose())).toBe(0);
  });

  it('also sees through to the sky', () => {
    const ghost = keyframe(camera, createPose(), thingBefore(0.25, true), solid(count, 9, 9, 9));
    expect(carve(ghost, new Float32Array(count), camera, createPose())).toBe(count);
  });

  it('learns nothing from holes of the newest frame, nor about what lies behind it or outside its view', () => {
    const behind = keyframe(camera, createPose(), thingBefore(0.25, true), solid(count, 9, 9, 9));
    expect(carve(behind, new Float32Array(count).fill(NaN), camera, createPose())).toBe(0);
    expect(carve(behind, new Float32Array(count).fill(2), camera, createPose())).toBe(0);
    expect(carve(behind, new Float32Array(count), camera, poseFromYawPitch([0, 0, 0], Math.PI, 0))).toBe(0);
  });

  it('takes next to nothing out of an unchanged room, from wherever the newest frame looks', () => {
    for (const pose of [
      poseFromYawPitch([0.3, 0.1, 0.2], 0.4, 0.1),
      poseFromYawPitch([-1, 0, 1], -1.2, 0),
      poseFromYawPitch([0.8, -0.5, -0.6], 0.2, -0.3),
    ]) {
      const there = createPose();
      const { inverseDepth, color } = roomPicture(camera, there);
      const kept = keyframe(camera, there, inverseDepth, color);
      const now = roomPicture(camera, pose);
      // Only where a corner of the room falls between two texels.
      expect(carve(kept, now.inverseDepth, camera, pose)).toBeLessThan(0.01 * count);
    }
  });
});
