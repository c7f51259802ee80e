import fc from 'fast-check';
import { mat4, vec4 } from 'gl-matrix';
import { expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose, invertRigid, poseFromYawPitch } from '../../../src/math/pose';
import type { Mat4, Pose } from '../../../src/math/types';
import { pixelFromClip, projectKeyframePoint } from '../../../src/reproject/warp';

const camera = intrinsicsFromFov(128, 128, (100 * Math.PI) / 180);
const projection = mat4.perspective(mat4.create(), 1.4, 1.5, 0.05, 100) as Mat4;

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const texel = number(0, 128);
const position = fc.tuple(number(-9, 9), number(-9, 9), number(-9, 9));
const pose = fc
  .tuple(number(-20, 20), number(-20, 20), number(-20, 20), number(-3, 3), number(-1.4, 1.4), number(-0.5, 0.5))
  .map(([x, y, z, yaw, pitch, roll]) => poseFromYawPitch([x, y, z], yaw, pitch, roll));

function clipFromWorld(worldFromEye: Pose): Mat4 {
  return mat4.multiply(mat4.create(), projection, invertRigid(createPose(), worldFromEye)) as Mat4;
}

function clipOf(x: number, y: number, d: number, key: Pose, eye: Pose, mode: 'off' | 'rotation' | 'mesh'): number[] {
  const out = new Float64Array(4);
  projectKeyframePoint(camera, x, y, d, key, clipFromWorld(eye), mode, out);
  return [...out];
}

test('a point with depth lands where its world position projects to', () => {
  fc.assert(
    fc.property(number(0, 128), number(0, 128), number(0.02, 5), pose, pose, (x, y, d, key, eye) => {
      const z = 1 / d;
      const point = vec4.fromValues(((x - 64) / camera.fx) * z, (-(y - 64) / camera.fy) * z, -z, 1);
      vec4.transformMat4(point, point, key);
      vec4.transformMat4(point, point, clipFromWorld(eye));
      const clip = clipOf(x, y, d, key, eye, 'mesh');
      // Compared up to the common factor d, away from the plane of the eye where pixels lose their meaning.
      fc.pre(point[3] > 0.3);
      expect(clip[0] / clip[3]).toBeCloseTo(point[0] / point[3], 2);
      expect(clip[1] / clip[3]).toBeCloseTo(point[1] / point[3], 2);
      expect(clip[3]).toBeCloseTo(point[3] * d, 2);
    }),
  );
});

test('from the pose of the keyframe every pixel sees itself, whatever its depth', () => {
  const own = mat4.perspective(mat4.create(), (100 * Math.PI) / 180, 1, 0.05, 100) as Mat4;
  const pixel = new Float64Array(2);
  const clip = new Float64Array(4);
  fc.assert(
    fc.property(number(0, 128), number(0, 128), number(0, 5), (x, y, d) => {
      projectKeyframePoint(camera, x, y, d, createPose(), own, 'mesh', clip);
      pixelFromClip(clip, 128, 128, pixel);
      expect(pixel[0]).toBeCloseTo(x, 3);
      expect(pixel[1]).toBeCloseTo(y, 3);
    }),
  );
});

test('nothing in front of the eye is beyond the far plane, not even infinity', () => {
  fc.assert(
    fc.property(texel, texel, fc.oneof(fc.constant(0), number(0, 5)), pose, pose, (x, y, d, key, eye) => {
      const [, , z, w] = clipOf(x, y, d, key, eye, 'mesh');
      // What is behind the eye must stay outside the near plane, or it would be drawn upside down.
      expect(w > 0 ? z < w : z <= -w).toBe(true);
    }),
  );
});

test('an infinitely far point and the modes rotation and off ignore where the eye stands', () => {
  fc.assert(
    fc.property(texel, texel, pose, pose, position, (x, y, key, eye, moved) => {
      const elsewhere = Float32Array.from(eye);
      elsewhere.set(moved, 12);
      const far = clipOf(x, y, 0, key, eye, 'mesh');
      const there = clipOf(x, y, 0, key, elsewhere, 'mesh');
      const flat = clipOf(x, y, 3, key, elsewhere, 'rotation');
      const off = clipOf(x, y, 3, key, elsewhere, 'off');
      for (let i = 0; i < 4; i++) {
        expect(there[i]).toBeCloseTo(far[i], 4);
        expect(flat[i]).toBeCloseTo(far[i], 4);
        expect(off[i]).toBeCloseTo(far[i], 4);
      }
    }),
  );
});
