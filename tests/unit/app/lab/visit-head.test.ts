import { describe, expect, test } from 'vitest';
import { VisitHead } from '../../../../src/app/lab/visit-head';
import type { Visit } from '../../../../src/app/visit';
import { angleBetween, createPose, distanceBetween, invertRigid, multiplyPose, poseFromYawPitch } from '../../../../src/math/pose';
import type { Pose } from '../../../../src/math/types';

function visitAt(worldFromHead: Pose, floorM: number) {
  return {
    headTrace: null as Visit['headTrace'],
    worldFromHead,
    worldFromRig: poseFromYawPitch([0, floorM, 0], 0, 0),
    nominalHz: null,
  };
}

/** Where the head is after `t` seconds of a walk to the left that rises and looks about. */
const headAt = (t: number): Pose => poseFromYawPitch([7 - t, 3.6 + 0.1 * t, -4 + 0.3 * t], 1 + 0.5 * t, -0.2 * t);

describe('head traces of a visit', () => {
  test('are offered with their length, and each can be played at once', () => {
    const visit = visitAt(createPose(), 0);
    const head = new VisitHead(visit, 'a test');
    const traces = head.traces();
    expect(traces.length).toBeGreaterThan(4);
    for (const { id, seconds } of traces) {
      head.play(id);
      const [start, end, out] = [createPose(), createPose(), createPose()];
      expect(visit.headTrace!.poseAt(1000, start)).toBe(true);
      // Around the end it is near where it began, so that it can go on and on.
      expect(visit.headTrace!.poseAt(1000 + 1000 * seconds, end)).toBe(true);
      expect(distanceBetween(start, end)).toBeLessThan(0.05);
      expect(visit.headTrace!.poseAt(1000 + 2500 * seconds, out)).toBe(true);
    }
    head.stop();
    expect(visit.headTrace).toBeNull();
    expect(() => head.play('nobody')).toThrow('There is no head trace "nobody"');
  });

  test('a recording is played back as it was, wherever in the world it was made', () => {
    const floorM = 2;
    const visit = visitAt(headAt(0), floorM);
    const head = new VisitHead(visit, 'a test');
    head.record();
    for (let k = 0; k <= 180; k++) {
      visit.worldFromHead = headAt(k / 90);
      head.frame(5000 + (1000 * k) / 90);
    }
    const id = head.keep()!;
    expect(head.traces().at(-1)).toMatchObject({ id });
    expect(head.traces().at(-1)!.seconds).toBeCloseTo(2, 1);

    const again = new VisitHead(visit, 'a test');
    const loaded = again.load(head.file(id), 'mine.headtrace');
    again.play(loaded);
    // The room of the trace stands on the floor, below where the head began, and faces where it faced.
    const worldFromRoom = poseFromYawPitch([7, floorM, -4], 1, 0);
    const roomFromWorld = invertRigid(createPose(), worldFromRoom);
    const out = createPose();
    visit.headTrace!.poseAt(0, out);
    for (const t of [0, 0.31, 1, 1.9]) {
      visit.headTrace!.poseAt(1000 * t, out);
      const truth = multiplyPose(createPose(), roomFromWorld, headAt(t));
      expect(distanceBetween(out, truth)).toBeLessThan(1e-4);
      expect(angleBetween(out, truth)).toBeLessThan(1e-3);
    }
  });

  test('too short a recording says so, none is kept without one, and a strange file is refused', () => {
    const head = new VisitHead(visitAt(createPose(), 0), 'a test');
    expect(head.keep()).toBeNull();
    head.record();
    head.frame(0);
    expect(() => head.keep()).toThrow('too short');
    expect(() => head.load(new Uint8Array(64), 'x')).toThrow('no head trace');
  });
});
