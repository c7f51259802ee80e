import { Vector3 } from 'three';
import { describe, expect, test } from 'vitest';
import { createPose, poseFromYawPitch } from '../../../src/math/pose';
import { ObjectLight } from '../../../src/xr/light-estimate';

const space = {} as XRReferenceSpace;

/** A room with light from above, a weaker red floor, and a lamp in the direction of `lamp`. */
function litFrame(lamp: readonly [number, number, number], level = 1) {
  const coefficients = new Float32Array(27);
  coefficients.set([level, level, level], 0);
  coefficients.set([0.5 * level, 0.6 * level, 0.6 * level], 3);
  return {
    getPose: () => ({ transform: { matrix: createPose() } }),
    getLightEstimate: () => ({
      sphericalHarmonicsCoefficients: coefficients,
      primaryLightDirection: { x: lamp[0], y: lamp[1], z: lamp[2] },
      primaryLightIntensity: { x: 3, y: 2, z: 1 },
    }),
  } as unknown as XRFrame;
}

const sessionWith = (requestLightProbe?: () => Promise<unknown>) => ({ requestLightProbe }) as unknown as XRSession;

describe('light of explicit things', () => {
  test('is daylight from above without the feature, and when it is refused', async () => {
    const light = new ObjectLight();
    for (const session of [sessionWith(), sessionWith(() => Promise.reject(new Error('not granted')))]) {
      await light.begin(session);
      light.update(litFrame([0, 1, 0]), space, createPose());
      expect(light.isEstimated).toBe(false);
      expect(light.sun.position.y).toBeGreaterThan(0.7);
      expect(light.sky.intensity).toBeGreaterThan(0);
    }
  });

  test('takes the colour of the room and of its lamp, whose direction turns with the room', async () => {
    const light = new ObjectLight();
    await light.begin(sessionWith(async () => ({ probeSpace: {} })));
    const quarter = poseFromYawPitch([5, 0, 2], Math.PI / 2, 0);
    light.update(litFrame([0, 0.6, -0.8]), space, quarter);
    expect(light.isEstimated).toBe(true);
    const { color, groundColor } = light.sky;
    expect(color.g).toBeGreaterThan(color.r);
    expect(color.r).toBeGreaterThan(groundColor.r);
    expect(groundColor.r).toBeGreaterThan(groundColor.g);
    expect([light.sun.color.r, light.sun.color.g, light.sun.color.b]).toEqual([3, 2, 1]);
    const towards = new Vector3(0, 0.6, -0.8).applyAxisAngle(new Vector3(0, 1, 0), Math.PI / 2);
    expect(light.sun.position.distanceTo(towards)).toBeLessThan(1e-6);
  });

  test('follows a change without a jump, and goes back to daylight', async () => {
    const light = new ObjectLight();
    await light.begin(sessionWith(async () => ({ probeSpace: {} })));
    light.update(litFrame([0, 1, 0], 1), space, createPose());
    const bright = light.sky.color.g;
    light.update(litFrame([0, 1, 0], 0.3), space, createPose());
    const next = light.sky.color.g;
    expect(next).toBeLessThan(bright);
    expect(next).toBeGreaterThan(0.8 * bright);
    for (let i = 0; i < 100; i++) light.update(litFrame([0, 1, 0], 0.3), space, createPose());
    expect(light.sky.color.g / bright).toBeCloseTo(0.3, 2);
    light.reset();
    expect(light.isEstimated).toBe(false);
    const fresh = new ObjectLight();
    expect(light.sky.color.equals(fresh.sky.color)).toBe(true);
    expect(light.sun.position.equals(fresh.sun.position)).toBe(true);
  });
});
