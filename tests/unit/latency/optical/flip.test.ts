import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlipDecider, turnedRad, type FlipFrame } from '../../../../src/latency/optical/flip';
import { createPose, poseFromYawPitch } from '../../../../src/math/pose';

const deg = Math.PI / 180;

/** A decider with frames of 10 ms: give what changes. */
function begin(source: 'head' | 'trigger' | 'model'): { decider: FlipDecider; next: (changes?: Partial<FlipFrame>) => boolean } {
  const decider = new FlipDecider();
  decider.start(source);
  const frame: FlipFrame = { atMs: 0, worldFromHead: createPose(), trigger: 0, actionId: 0, actionAtMs: 0, drawnActionId: 0 };
  return {
    decider,
    next(changes = {}) {
      frame.atMs += 10;
      frame.actionId++;
      frame.actionAtMs = frame.atMs;
      Object.assign(frame, changes);
      return decider.update(frame);
    },
  };
}

const yawed = (degrees: number): Partial<FlipFrame> => ({ worldFromHead: poseFromYawPitch([1, 1.6, -3], degrees * deg, 0.2) });

describe('trigger', () => {
  test('each press flips in the display frame that has it, and holding does not', () => {
    const { decider, next } = begin('trigger');
    expect([next(), next({ trigger: 1, actionAtMs: 12 }), next(), next({ trigger: 0 }), next({ trigger: 1 }), next()]).toEqual([
      false, true, false, false, true, false,
    ]);
    expect(decider.level).toBe(0);
  });

  test('a press that was held when the patch appeared does not count, and half a release is none', () => {
    const { decider, next } = begin('trigger');
    expect([next({ trigger: 1 }), next({ trigger: 0.4 }), next({ trigger: 1 }), next({ trigger: 0.1 }), next({ trigger: 0.6 })]).toEqual([
      false, false, false, false, true,
    ]);
    expect(decider.level).toBe(1);
    expect(decider.onsetMs).toBe(50);
  });
});

describe('head', () => {
  test('flips once when it is past 5 degrees, and again only after it came back or rested', () => {
    const { decider, next } = begin('head');
    next(yawed(0));
    expect(next(yawed(4.9))).toBe(false);
    expect(next(yawed(5.1))).toBe(true);
    expect([next(yawed(20)), next(yawed(4)), next(yawed(6))]).toEqual([false, false, false]);
    expect([next(yawed(1.9)), next(yawed(5.2))]).toEqual([false, true]);
    expect(decider.level).toBe(0);
    next(yawed(40));
    for (let k = 0; k < 40; k++) expect(next(yawed(40.5))).toBe(false);
    next(yawed(40.5));
    expect([next(yawed(44)), next(yawed(46)), next(yawed(60))]).toEqual([false, true, false]);
  });

  test('slow wandering does not flip; a flick is counted from where the head rested last', () => {
    const { next } = begin('head');
    let degrees = 0;
    for (let k = 0; k < 3000; k++) expect(next(yawed((degrees += 0.015)))).toBe(false);
    for (let k = 0; k < 41; k++) next(yawed(degrees));
    expect([next(yawed(degrees - 4.5)), next(yawed(degrees - 5.5))]).toEqual([false, true]);
  });

  test('the onset lies where the steady turn passed the threshold between two display frames', () => {
    const { decider, next } = begin('head');
    next(yawed(0));
    next(yawed(3));
    next(yawed(7));
    // 5 degrees are half way from 3 to 7: half way from 20 to 30 ms.
    expect(decider.onsetMs).toBeCloseTo(25, 2);
    expect(turnedRad / deg).toBeCloseTo(5);
  });

  test('walking is no turn', () => {
    const { next } = begin('head');
    for (let k = 0; k < 50; k++) expect(next({ worldFromHead: poseFromYawPitch([k, 0, 0], 1, 0) })).toBe(false);
  });
});

describe('model', () => {
  test('flips with the first picture that knows of the press, not with the press', () => {
    const { decider, next } = begin('model');
    next();
    next({ trigger: 1 });
    const pressed = 2;
    expect([next(), next({ drawnActionId: pressed - 1 })]).toEqual([false, false]);
    expect(next({ drawnActionId: pressed, trigger: 0 })).toBe(true);
    expect([decider.onsetMs, decider.actionId, decider.presses]).toEqual([20, pressed, 1]);
    expect(next({ drawnActionId: pressed + 1 })).toBe(false);
  });

  test('two presses that one picture shows flip once and say so; two pictures flip twice', () => {
    const { decider, next } = begin('model');
    next();
    for (const trigger of [1, 0, 1, 0, 1, 0]) next({ trigger });
    expect(next({ drawnActionId: 5 })).toBe(true);
    expect([decider.presses, decider.actionId]).toEqual([2, 2]);
    expect(next({ drawnActionId: 9 })).toBe(true);
    expect([decider.presses, decider.actionId, decider.level]).toEqual([1, 6, 0]);
  });
});

test('property: every press is in exactly one flip, at most one a frame, never before the picture knows of it', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ trigger: fc.constantFrom(0, 1), lag: fc.nat(40) }), { maxLength: 200 }), (frames) => {
      const { decider, next } = begin('model');
      next();
      let [id, drawn, presses, shown, flips] = [1, 0, 0, 0, 0];
      let before = 0;
      for (const { trigger, lag } of frames) {
        id++;
        drawn = Math.max(drawn, id - lag);
        if (trigger > before) presses++;
        before = trigger;
        if (!next({ trigger, drawnActionId: drawn })) continue;
        flips++;
        shown += decider.presses;
        expect(decider.actionId).toBeLessThanOrEqual(drawn);
      }
      if (next({ drawnActionId: id + 1 })) {
        flips++;
        shown += decider.presses;
      }
      expect(shown).toBe(presses);
      expect(decider.level).toBe(flips % 2);
    }),
  );
});
