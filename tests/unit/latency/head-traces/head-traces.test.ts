import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationMs, poseOfSample, readSample, samplesOf, type HeadTrace } from '../../../../src/latency/head-traces/head-trace';
import { HeadTracePlayer } from '../../../../src/latency/head-traces/player';
import { HeadTraceRecorder } from '../../../../src/latency/head-traces/recorder';
import { syntheticNames, syntheticTrace, type SyntheticName } from '../../../../src/latency/head-traces/synthetic';
import { decodeTrace, encodeTrace } from '../../../../src/latency/head-traces/trace-file';
import { angleBetween, createPose, distanceBetween, headingYaw, poseFromYawPitch } from '../../../../src/math/pose';
import type { Pose } from '../../../../src/math/types';

const deg = Math.PI / 180;

function posesOf(trace: HeadTrace): Pose[] {
  const sample = new Float64Array(7);
  return Array.from({ length: samplesOf(trace) }, (_, k) => {
    readSample(trace, k, sample);
    return poseOfSample(sample);
  });
}

describe('synthetic head traces', () => {
  test.each(syntheticNames)('%s is smooth, stays in a room, and ends where it began', (name) => {
    const poses = posesOf(syntheticTrace(name));
    for (let k = 1; k < poses.length; k++) {
      expect(angleBetween(poses[k]!, poses[k - 1]!) * 90).toBeLessThan(300 * deg);
      expect(distanceBetween(poses[k]!, poses[k - 1]!) * 90).toBeLessThan(1.5);
    }
    for (const pose of poses) {
      expect(Math.hypot(pose[12], pose[14])).toBeLessThan(3);
      expect(pose[13]).toBeGreaterThan(1.2);
      expect(pose[13]).toBeLessThan(1.7);
    }
    expect(angleBetween(poses[0]!, poses[poses.length - 1]!)).toBeLessThan(1e-3);
    expect(distanceBetween(poses[0]!, poses[poses.length - 1]!)).toBeLessThan(1e-3);
  });

  const spanOf = (name: SyntheticName, value: (pose: Pose) => number) => {
    const values = posesOf(syntheticTrace(name)).map(value);
    return Math.max(...values) - Math.min(...values);
  };

  test('move as far as they say', () => {
    expect(spanOf('sine-yaw', headingYaw) / deg).toBeCloseTo(60, 1);
    expect(spanOf('lateral', (pose) => pose[12])).toBeCloseTo(0.2, 3);
    expect(spanOf('step-stop', (pose) => pose[14])).toBeCloseTo(1, 3);
    expect(spanOf('lean', (pose) => pose[13])).toBeGreaterThan(0.1);
    expect(spanOf('walk', (pose) => pose[12])).toBeGreaterThan(2);
    const turn = posesOf(syntheticTrace('turn'));
    expect(angleBetween(turn[0]!, turn[120]!) / deg).toBeCloseTo(180, 1);
  });

  test('walking looks along the path at a metre a second', () => {
    const poses = posesOf(syntheticTrace('walk'));
    const waysM = poses.slice(1).map((pose, k) => Math.hypot(pose[12] - poses[k]![12], pose[14] - poses[k]![14]));
    expect((waysM.reduce((a, b) => a + b) * 90) / waysM.length).toBeCloseTo(1, 1);
    const ahead = poses[180]!;
    const way = Math.atan2(-(ahead[12] - poses[179]![12]), -(ahead[14] - poses[179]![14]));
    const aside = Math.atan2(Math.sin(headingYaw(ahead) - way), Math.cos(headingYaw(ahead) - way));
    expect(Math.abs(aside)).toBeLessThan(8 * deg);
  });
});

describe('the file of a head trace', () => {
  const anyTrace: fc.Arbitrary<HeadTrace> = fc
    .record({
      rateHz: fc.double({ min: 1, max: 1000, noNaN: true }),
      name: fc.string({ unit: 'grapheme', maxLength: 40 }),
      source: fc.string({ unit: 'grapheme', maxLength: 40 }),
      samples: fc.array(
        fc.tuple(
          fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 }),
          fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -1.5, max: 1.5, noNaN: true })),
        ),
        { maxLength: 30 },
      ),
    })
    .map(({ rateHz, name, source, samples }) => ({
      rateHz,
      name,
      source,
      positions: Float32Array.from(samples.flatMap(([position]) => position)),
      rotations: Float32Array.from(
        samples.flatMap(([, [yaw, pitch]]) => [
          Math.sin(pitch / 2) * Math.cos(yaw / 2),
          Math.cos(pitch / 2) * Math.sin(yaw / 2),
          -Math.sin(pitch / 2) * Math.sin(yaw / 2),
          Math.cos(pitch / 2) * Math.cos(yaw / 2),
        ]),
      ),
    }));

  test('gives back the very same bits', () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const back = decodeTrace(encodeTrace(trace));
        expect(new Uint8Array(back.positions.buffer)).toEqual(new Uint8Array(trace.positions.buffer));
        expect(new Uint8Array(back.rotations.buffer)).toEqual(new Uint8Array(trace.rotations.buffer));
        expect([back.name, back.source, back.rateHz]).toEqual([trace.name, trace.source, trace.rateHz]);
      }),
    );
  });

  test('is found out when any bit of it has flipped, or when it is cut off', () => {
    const bytes = encodeTrace(syntheticTrace('sine-yaw', 30, 0.2));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const torn = bytes.slice();
        torn[at]! ^= 1 << bit;
        expect(() => decodeTrace(torn)).toThrow(/\.$/);
        expect(() => decodeTrace(bytes.subarray(0, at))).toThrow(/\.$/);
      }),
    );
  });

  test('may lie anywhere in a larger buffer', () => {
    const bytes = encodeTrace(syntheticTrace('turn', 30, 1));
    const larger = new Uint8Array(bytes.length + 13);
    larger.set(bytes, 13);
    expect(decodeTrace(larger.subarray(13)).name).toBe(syntheticTrace('turn').name);
  });

  test('with a number that is none, or a rotation that is none, is refused', () => {
    const trace = syntheticTrace('walk', 30, 1);
    trace.positions[7] = Number.NaN;
    expect(() => decodeTrace(encodeTrace(trace))).toThrow('position 2');
    const bent = syntheticTrace('walk', 30, 1);
    bent.rotations[9] = 0.5;
    expect(() => decodeTrace(encodeTrace(bent))).toThrow('Rotation 2');
    expect(() => decodeTrace(new Uint8Array(3))).toThrow('no head trace');
  });
});

describe('the player', () => {
  test('goes through the samples at the rate of the trace, whatever the display does, and hands the head back', () => {
    const trace = syntheticTrace('walk', 60, 2);
    const poses = posesOf(trace);
    const player = new HeadTracePlayer(trace);
    const out = createPose();
    for (let k = 0; k < poses.length; k++) {
      expect(player.poseAt(5000 + (k * 1000) / 60, out)).toBe(true);
      expect(distanceBetween(out, poses[k]!)).toBeLessThan(1e-5);
      expect(angleBetween(out, poses[k]!)).toBeLessThan(1e-5);
    }
    expect(player.progress).toBeCloseTo(1, 6);
    const last = out.slice();
    expect(player.poseAt(5000 + durationMs(trace) + 1, out)).toBe(false);
    expect(out).toEqual(last);
  });

  test('lies between two samples in between, and begins again if it is told to', () => {
    const trace = syntheticTrace('sine-yaw', 90, 8);
    const player = new HeadTracePlayer(trace, true);
    const out = createPose();
    player.poseAt(100, out);
    for (const rounds of [0, 1, 5]) {
      expect(player.poseAt(100 + rounds * 8000 + 137.7, out)).toBe(true);
      expect(headingYaw(out)).toBeCloseTo(30 * deg * Math.sin(2 * Math.PI * 0.1377), 3);
    }
  });
});

describe('the recorder', () => {
  test('gives the motion back from display frames that come as they like', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 2, max: 40, noNaN: true }), { minLength: 100, maxLength: 200 }), (gaps) => {
        const recorder = new HeadTraceRecorder();
        const yawAt = (ms: number) => 0.5 * Math.sin(ms / 400);
        const placeAt = (ms: number): [number, number, number] => [0.2 * Math.sin(ms / 300), 1.6, 0.1];
        let ms = 1000;
        for (const gap of gaps) recorder.add((ms += gap), poseFromYawPitch(placeAt(ms), yawAt(ms), 0));
        const trace = recorder.finish(90, 'A test', 'a test');
        const firstMs = 1000 + gaps[0]!;
        posesOf(trace).forEach((pose, k) => {
          const atMs = firstMs + (k * 1000) / 90;
          expect(Math.abs(headingYaw(pose) - yawAt(atMs))).toBeLessThan(1e-3);
          expect(Math.abs(pose[12] - placeAt(atMs)[0])).toBeLessThan(1e-3);
        });
        expect(durationMs(trace)).toBeGreaterThan(recorder.recordedMs - 1000 / 90 - 1e-6);
      }),
      { numRuns: 30 },
    );
  });

  test('keeps the longest stretch without a gap, ignores times that go back, and stops when it is full', () => {
    const recorder = new HeadTraceRecorder(3000);
    const at = (ms: number) => recorder.add(ms, poseFromYawPitch([ms, 1.6, 0], 0, 0));
    for (let ms = 0; ms <= 500; ms += 10) at(ms);
    for (let ms = 1500; ms <= 2500; ms += 10) at(ms);
    at(2000);
    at(Number.NaN);
    const trace = recorder.finish(100, 'A test', 'a test');
    expect([trace.positions[0], samplesOf(trace)]).toEqual([1500, 101]);
    for (let ms = 2510; ms <= 9000; ms += 10) at(ms);
    expect(recorder.isFull).toBe(true);
    expect(recorder.recordedMs).toBeLessThanOrEqual(3010);
  });

  test('says so when there is nothing to make a trace of', () => {
    const recorder = new HeadTraceRecorder();
    expect(() => recorder.finish(90, 'A test', 'a test')).toThrow('too short');
    recorder.add(0, createPose());
    expect(() => recorder.finish(90, 'A test', 'a test')).toThrow('too short');
  });

  test('holds more than it began with', () => {
    const recorder = new HeadTraceRecorder();
    for (let k = 0; k < 10_000; k++) recorder.add(k * 10, poseFromYawPitch([k, 1.6, 0], 0, 0));
    const trace = recorder.finish(100, 'A test', 'a test');
    expect(samplesOf(trace)).toBe(10_000);
    expect(trace.positions[3 * 9999]).toBe(9999);
  });
});
