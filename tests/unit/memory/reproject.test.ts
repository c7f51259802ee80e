import { describe, expect, it } from 'vitest';
import { createPose, multiplyPose, poseFromYawPitch } from '../../../src/math/pose';
import { psnr } from '../../../src/math/image-metrics';
import { KeyframeStore } from '../../../workers/memory/keyframe-store';
import { type MemoryView, Reprojector } from '../../../workers/memory/reproject';
import { confetti, keyframe, roomPicture, solid, squareCamera } from './memory-scenes';

const origin = createPose();

function toBytes(view: MemoryView): Uint8ClampedArray {
  const out = new Uint8ClampedArray(view.red.length * 4);
  for (let i = 0; i < view.red.length; i++) {
    out.set([view.red[i] * 255, view.green[i] * 255, view.blue[i] * 255, 255].map(Math.round), i * 4);
  }
  return out;
}

const maskOf = (view: MemoryView) => Uint8Array.from(view.mask);
const coverage = (view: MemoryView) => view.mask.reduce((sum, v) => sum + v, 0) / view.mask.length;

describe('Reprojector', () => {
  it('returns the very same picture and depth at the same pose, sky included, wherever that pose is', () => {
    const camera = squareCamera(64, 100);
    for (const pose of [origin, poseFromYawPitch([3, -2, 7], 1.1, -0.4, 0.2)]) {
      const color = confetti(64 * 64);
      const depth = Float32Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 20 ? 0 : 0.2 + (i % 7) * 0.1));
      const view = new Reprojector(camera).project([keyframe(camera, pose, depth, color)], pose);
      expect(coverage(view)).toBe(1);
      expect(psnr(color, toBytes(view))).toBe(Infinity);
      let worst = 0;
      for (let i = 0; i < depth.length; i++) worst = Math.max(worst, Math.abs(view.inverseDepth[i] - depth[i]));
      expect(worst).toBeLessThan(1e-5);
    }
  });

  it('moves a texel by focal length * baseline / depth against a sideways step', () => {
    const camera = squareCamera(64);
    const color = solid(64 * 64, 0, 0, 0);
    const depth = new Float32Array(64 * 64);
    const at = 32 * 64 + 40;
    depth[at] = 1 / 2;
    color.set([255, 255, 255, 255], at * 4);
    // f = 32 px, Z = 2 m, b = 0.5 m to the right: 8 px to the left.
    const view = new Reprojector(camera).project(
      [keyframe(camera, origin, depth, color)],
      poseFromYawPitch([0.5, 0, 0], 0, 0),
    );
    const lit = Array.from(view.red.keys()).filter((i) => view.red[i] > 0.5);
    expect(lit).toEqual([at - 8]);
    expect(view.inverseDepth[at - 8]).toBeCloseTo(0.5, 5);
    // And a step up moves it down.
    const above = new Reprojector(camera).project(
      [keyframe(camera, origin, depth, color)],
      poseFromYawPitch([0, 0.5, 0], 0, 0),
    );
    expect(Array.from(above.red.keys()).filter((i) => above.red[i] > 0.5)).toEqual([at + 8 * 64]);
  });

  it('leaves a hole where nothing is known: what a near thing hid, invalid texels, and a new rim', () => {
    const camera = squareCamera(64);
    const depth = Float32Array.from({ length: 64 * 64 }, (_, i) => (i % 64 >= 24 && i % 64 < 40 ? 1 : 1 / 8));
    const view = new Reprojector(camera).project(
      [keyframe(camera, origin, depth, confetti(64 * 64))],
      poseFromYawPitch([0.25, 0, 0], 0, 0),
    );
    // The near strip moves 8 px left, the wall 1: 7 columns open up behind the strip, 1 at the right rim.
    const row = Array.from(view.mask.subarray(32 * 64, 33 * 64));
    const holes = row.flatMap((v, x) => (v === 0 ? [x] : []));
    expect(holes).toEqual([32, 33, 34, 35, 36, 37, 38, 63]);
    const nothing = new Reprojector(camera).project(
      [keyframe(camera, origin, new Float32Array(64 * 64).fill(NaN), confetti(64 * 64))],
      origin,
    );
    expect(coverage(nothing)).toBe(0);
    expect(nothing.planes.every((v) => v === 0)).toBe(true);
  });

  it('fills a view magnified up to twice with under 1 % of holes', () => {
    const camera = squareCamera(96);
    const depth = new Float32Array(96 * 96).fill(1 / 4);
    for (const forward of [0.5, 1, 1.5, 2]) {
      const view = new Reprojector(camera).project(
        [keyframe(camera, origin, depth, confetti(96 * 96))],
        poseFromYawPitch([0, 0, -forward], 0, 0),
      );
      expect(1 - coverage(view), `${4 / (4 - forward)} times`).toBeLessThan(0.01);
    }
  });

  it('hides what is behind: the near surface wins whatever the order of the keyframes', () => {
    const camera = squareCamera(32);
    const near = keyframe(camera, origin, new Float32Array(1024).fill(1), solid(1024, 255, 0, 0));
    const far = keyframe(camera, origin, new Float32Array(1024).fill(0.5), solid(1024, 0, 255, 0));
    const sky = keyframe(camera, origin, new Float32Array(1024), solid(1024, 0, 0, 255));
    const reprojector = new Reprojector(camera);
    for (const order of [[near, far, sky], [sky, far, near], [far, sky, near]]) {
      expect(reprojector.project(order, origin).red.every((v) => v === 1)).toBe(true);
    }
    expect(reprojector.project([sky, far], origin).green.every((v) => v === 1)).toBe(true);
  });

  it('gives a pixel to the texel whose centre lands closest, so that overlaps do not shift anything', () => {
    const size = 48;
    const camera = squareCamera(size);
    const color = confetti(size * size);
    const depth = new Float32Array(size * size).fill(0.5);
    // f = 24 px and Z = 2 m: every 1/12 m is one pixel. These land off the pixel centres, by up to 0.45 either way,
    // so that each texel's footprint also reaches a pixel that is not its own.
    for (const [offX, offY] of [[0.45, 0], [-0.45, 0], [0, 0.45], [0, -0.45], [0.45, -0.45]]) {
      const pose = poseFromYawPitch([-offX / 12, offY / 12, 0], 0, 0);
      const view = new Reprojector(camera).project([keyframe(camera, origin, depth, color)], pose);
      const inner = Uint8Array.from({ length: size * size }, (_, i) => {
        const x = i % size;
        const y = Math.floor(i / size);
        return x > 0 && y > 0 && x < size - 1 && y < size - 1 ? 1 : 0;
      });
      expect(psnr(color, toBytes(view), inner), `${offX}, ${offY}`).toBe(Infinity);
    }
  });

  it('lets the newest win near a tie, and only there', () => {
    const camera = squareCamera(32);
    const reprojector = new Reprojector(camera);
    const newest = keyframe(camera, origin, new Float32Array(1024).fill(0.5), solid(1024, 255, 0, 0));
    const slightlyNearer = keyframe(camera, origin, new Float32Array(1024).fill(0.505), solid(1024, 0, 255, 0));
    const muchNearer = keyframe(camera, origin, new Float32Array(1024).fill(0.6), solid(1024, 0, 255, 0));
    expect(reprojector.project([newest, slightlyNearer], origin).red.every((v) => v === 1)).toBe(true);
    expect(reprojector.project([newest, muchNearer], origin).green.every((v) => v === 1)).toBe(true);
  });

  it('shows a room from where no keyframe was taken: few holes and a close likeness to the true picture', () => {
    const camera = squareCamera(128, 90);
    const store = new KeyframeStore();
    for (let yaw = 0; yaw < 6.2; yaw += Math.PI / 6) {
      const pose = poseFromYawPitch([0.3 * Math.cos(yaw), 0, 0.3 * Math.sin(yaw)], yaw, 0);
      const { inverseDepth, color } = roomPicture(camera, pose);
      store.offer(color, inverseDepth, camera, pose);
    }
    const pose = poseFromYawPitch([-0.1, 0.1, 0.2], 1, 0);
    const truth = roomPicture(camera, pose);
    const view = new Reprojector(camera).project(store.choose(camera, pose, 8), pose);
    expect(1 - coverage(view)).toBeLessThan(0.01);
    const likeness = psnr(truth.color, toBytes(view), maskOf(view));
    expect(likeness).toBeGreaterThan(30);
    // What a person would otherwise get: the nearest keyframe as it is.
    const [newest] = store.choose(camera, pose, 1);
    expect(likeness).toBeGreaterThan(psnr(truth.color, newest.color) + 10);
    let worst = 0;
    view.inverseDepth.forEach((d, i) => {
      if (view.mask[i]) worst = Math.max(worst, Math.abs(d / truth.inverseDepth[i] - 1));
    });
    expect(worst).toBeLessThan(0.1);
  });

  it('keeps a wide view whole through a turn of 15 degrees, except for the rim', () => {
    const camera = squareCamera(128, 100);
    const pose = poseFromYawPitch([0.5, 0.2, 0.1], 0.4, 0.1);
    const { inverseDepth, color } = roomPicture(camera, pose);
    const turned = multiplyPose(createPose(), pose, poseFromYawPitch([0, 0, 0], 0.26, 0));
    const view = new Reprojector(camera).project([keyframe(camera, pose, inverseDepth, color)], turned);
    // Turning left uncovers the left rim; look at the right part only, away from the corners of the picture.
    let holes = 0;
    for (let y = 24; y < 104; y++) for (let x = 48; x < 120; x++) if (!view.mask[y * 128 + x]) holes++;
    expect(holes / (80 * 72)).toBeLessThan(0.005);
  });

  it('takes keyframes of another resolution and field of view', () => {
    const small = squareCamera(64, 110);
    const large = squareCamera(96, 80);
    const { inverseDepth, color } = roomPicture(large, origin);
    const view = new Reprojector(small).project([keyframe(large, origin, inverseDepth, color)], origin);
    const truth = roomPicture(small, origin);
    expect(psnr(truth.color, toBytes(view), maskOf(view))).toBeGreaterThan(30);
    const share = (Math.tan((40 * Math.PI) / 180) / Math.tan((55 * Math.PI) / 180)) ** 2;
    expect(Math.abs(coverage(view) - share)).toBeLessThan(0.05);
  });

  it('prints how long eight keyframes take (never asserted: machines differ)', () => {
    const camera = squareCamera(128, 100);
    const keyframes = Array.from({ length: 8 }, (_, i) => {
      const pose = poseFromYawPitch([0.1 * i, 0, 0], 0.1 * i, 0);
      const { inverseDepth, color } = roomPicture(camera, pose);
      return keyframe(camera, pose, inverseDepth, color, i);
    });
    const store = new KeyframeStore();
    for (const k of keyframes) store.offer(k.color, k.inverseDepth, camera, k.worldFromCamera);
    const reprojector = new Reprojector(camera);
    const pose = poseFromYawPitch([0.35, 0.1, 0], 0.3, 0);
    const times: number[] = [];
    for (let k = 0; k < 40; k++) {
      const begun = performance.now();
      reprojector.project(keyframes, pose);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const begun = performance.now();
    store.choose(camera, pose, 8);
    const chooseMs = performance.now() - begun;
    console.log(
      `re-project 8 keyframes at 128x128: best ${times[0].toFixed(2)} ms, ` +
        `p50 ${times[20].toFixed(2)} ms, p95 ${times[37].toFixed(2)} ms; ` +
        `choosing among ${store.keyframes.length}: ${chooseMs.toFixed(2)} ms`,
    );
    expect(coverage(reprojector.view)).toBeGreaterThan(0.9);
  });
});
