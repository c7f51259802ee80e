import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poseFromYawPitch } from '../../../src/math/pose';
import { KeyframeStore, medianDepthOf } from '../../../workers/memory/keyframe-store';
import { roomPicture, solid, squareCamera } from './memory-scenes';

const camera = squareCamera(16);
const flat = (metres: number) => new Float32Array(256).fill(1 / metres);
const color = solid(256, 1, 2, 3);
const deg = Math.PI / 180;
const at = (x: number, yawDeg = 0, z = 0) => poseFromYawPitch([x, 0, z], yawDeg * deg, 0);

describe('medianDepthOf', () => {
  it('is the median distance of what is neither sky nor hole, and infinite when there is nothing else', () => {
    expect(medianDepthOf(new Float32Array([0, NaN, 1, 0.5, 0.25, 0]))).toBe(2);
    expect(medianDepthOf(new Float32Array(5))).toBe(Infinity);
  });
});

describe('KeyframeStore', () => {
  it('keeps the first frame, then only what turned over 15 degrees or moved over a tenth of the median depth', () => {
    const store = new KeyframeStore();
    const offer = (pose: Float32Array, metres = 5) => store.offer(color, flat(metres), camera, pose);
    expect(offer(at(0))).toBe(true);
    expect(offer(at(0))).toBe(false);
    expect(offer(at(0, 14))).toBe(false);
    expect(offer(at(0, 16))).toBe(true);
    expect(offer(at(0.49))).toBe(false);
    expect(offer(at(0.51))).toBe(true);
    // Nearer things need closer keyframes.
    expect(offer(at(0.2), 1)).toBe(true);
  });

  it('copies what it keeps, so that the backend may reuse its arrays', () => {
    const store = new KeyframeStore();
    const depth = flat(2);
    const pose = at(1);
    const paint = Uint8ClampedArray.from(color);
    store.offer(paint, depth, camera, pose);
    depth.fill(9);
    pose.fill(9);
    paint.fill(9);
    const [kept] = store.keyframes;
    expect([kept.inverseDepth[7], kept.worldFromCamera[12], kept.color[1]]).toEqual([0.5, 1, 2]);
  });

  it('never holds more than its size, in order of age, whatever path is walked', () => {
    const step = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 359 }), fc.boolean());
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 40 }), (capacity, path) => {
        const store = new KeyframeStore(capacity);
        for (const [x, yawDeg, look] of path) {
          store.offer(color, flat(5), camera, at(x, yawDeg));
          const chosen = look ? store.choose(camera, at(x, yawDeg), 4) : [];
          expect(chosen.length).toBeLessThanOrEqual(4);
          expect(new Set(chosen).size).toBe(chosen.length);
          expect(store.keyframes.length).toBeLessThanOrEqual(capacity);
        }
        const ages = store.keyframes.map((k) => k.sequence);
        expect(ages).toEqual([...ages].sort((a, b) => a - b));
        expect(new Set(store.keyframes.map((k) => k.color)).size).toBe(store.keyframes.length);
      }),
    );
  });

  it('evicts the oldest while all are equally useful, and spares one that is used again and again', () => {
    const store = new KeyframeStore(3);
    for (const yaw of [0, 90, 180, 270]) store.offer(color, flat(5), camera, at(0, yaw));
    expect(store.keyframes.map((k) => k.sequence)).toEqual([1, 2, 3]);
    for (let look = 0; look < 30; look++) store.choose(camera, at(0, 90), 1);
    store.offer(color, flat(5), camera, at(0, 0));
    store.offer(color, flat(5), camera, at(0, 30));
    expect(store.keyframes.map((k) => k.sequence)).toEqual([1, 4, 5]);
  });

  it('chooses what shows the view, not what looks away, and returns the newest first', () => {
    const store = new KeyframeStore();
    const big = squareCamera(64);
    for (let yaw = 0; yaw < 360; yaw += 45) {
      const { inverseDepth, color: paint } = roomPicture(big, at(0, yaw));
      store.offer(paint, inverseDepth, big, at(0, yaw));
    }
    expect(store.choose(big, at(0, 90), 1).map((k) => k.sequence)).toEqual([2]);
    // Half way between two keyframes it takes both of them, and no others are needed.
    const between = store.choose(big, at(0, 110), 8).map((k) => k.sequence);
    expect(between).toContain(2);
    expect(between).toContain(3);
    expect(between).toEqual([...between].sort((a, b) => b - a));
    for (const away of [5, 6, 7]) expect(between).not.toContain(away);
  });

  it('sees sky as something to show, and does not choose a keyframe too far away to be sharp', () => {
    const store = new KeyframeStore();
    store.offer(color, new Float32Array(256), camera, at(0));
    expect(store.choose(camera, at(50), 2)).toHaveLength(1);
    const farAway = new KeyframeStore();
    farAway.offer(color, flat(10), camera, at(0));
    expect(farAway.choose(camera, at(0, 0, -9), 2)).toHaveLength(0);
    farAway.clear();
    expect(farAway.keyframes).toHaveLength(0);
    expect(() => new KeyframeStore(33)).toThrow(/1 to 32/);
  });
});
