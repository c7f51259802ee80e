import { describe, expect, test } from 'vitest';
import { ActionRing, actionCapacity } from '../../../src/latency/action-ring';
import { SpanLog } from '../../../src/latency/span-log';
import { SpanTracker, type TrackedFrame } from '../../../src/latency/span-tracker';
import { moment, momentCount } from '../../../src/latency/stages';

function frame(id: number, actionId: number): TrackedFrame {
  const times = { actionAtMs: 1, stepBegunMs: 200, inferenceBegunMs: 210, inferenceEndedMs: 0, readBackMs: Number.NaN, meshedMs: 240, sentMs: 250 };
  return { id, actionId, times };
}

function tracker(): { log: SpanLog; spans: SpanTracker } {
  const log = new SpanLog(8);
  return { log, spans: new SpanTracker(log) };
}

/** Actions 1 to `count`, 10 ms apart, from 100 ms on; `presses`: those with an event, 4 ms before they were sampled. */
function act(spans: SpanTracker, count: number, presses: readonly number[] = []): void {
  let lastEventMs = 0;
  for (let id = 1; id <= count; id++) {
    const atMs = 90 + 10 * id;
    if (presses.includes(id)) lastEventMs = atMs - 4;
    spans.actions.add(id, lastEventMs, atMs, atMs + 1, atMs + 2);
  }
}

describe('the ring of actions', () => {
  test('forgets those that are too long ago, and says so', () => {
    const ring = new ActionRing();
    for (let id = 1; id <= actionCapacity + 1; id++) ring.add(id, 0, id, id, id);
    const moments = new Float64Array(momentCount);
    expect(ring.read(1, moments)).toBe(false);
    expect(moments[moment.sampled]).toBeNaN();
    expect(ring.read(2, moments)).toBe(true);
    expect(moments[moment.sampled]).toBe(2);
    expect(ring.read(0, moments)).toBe(false);
  });

  test('counts an event once, and not one of long before, as a gamepad tells its last change', () => {
    const ring = new ActionRing();
    ring.add(1, 50, 100, 100, 100);
    ring.add(2, 50, 110, 110, 110);
    ring.add(3, 115, 120, 120, 120);
    ring.add(4, 115, 130, 130, 130);
    expect([1, 2, 3, 4].map((id) => ring.hasEvent(id))).toEqual([false, false, true, false]);
    // A gamepad that is plugged in tells of a press from before the visit.
    const late = new ActionRing();
    late.add(1, 0, 100, 100, 100);
    late.add(2, 20, 110, 110, 110);
    expect(late.hasEvent(2)).toBe(false);
  });

  test('an event that is stamped after the sample began is not in the future of it', () => {
    const ring = new ActionRing();
    ring.add(1, 0, 100, 100, 100);
    ring.add(2, 110.4, 110, 110, 110);
    const moments = new Float64Array(momentCount);
    ring.read(2, moments);
    expect(moments[moment.event]).toBe(110);
  });
});

describe('the way of a frame to the screen', () => {
  test('joins it with its action, and leaves out what nobody told', () => {
    const { log, spans } = tracker();
    act(spans, 3, [2]);
    spans.received(7, 260);
    spans.uploaded(frame(7, 2), 270, 3);
    expect(log.spans()).toEqual([]);
    spans.displayed(275, 290);
    const none = Number.NaN;
    expect(log.spans()).toEqual([
      { frameId: 7, actionId: 2, uploadMs: 3, moments: Float64Array.of(106, 110, 111, 112, 200, 210, none, none, 240, 250, 260, 270, 275, 290) },
    ]);
    expect(spans.sampledMs).toBe(110);
    // Drawn again in the next display frame: nothing new.
    spans.displayed(291, 306);
    expect(log.spans()).toHaveLength(1);
  });

  test('a press that a later action overtook shows with the first frame that knows a later one', () => {
    const { log, spans } = tracker();
    act(spans, 9, [2, 4, 8]);
    spans.uploaded(frame(1, 5), 270, 3);
    spans.displayed(275, 290);
    expect(log.inputs.read().map(({ actionId, frameId, moments }) => [actionId, frameId, moments[moment.event], moments[moment.expectedDisplay]])).toEqual([
      [2, 1, 106, 290],
      [4, 1, 126, 290],
    ]);
    // The same action again, as when a world is opened anew, and then the next press.
    spans.uploaded(frame(2, 5), 285, 3);
    spans.displayed(288, 305);
    spans.uploaded(frame(3, 9), 300, 3);
    spans.displayed(302, 320);
    expect(log.inputs.read().map(({ actionId, frameId }) => [actionId, frameId])).toEqual([[2, 1], [4, 1], [8, 3]]);
    expect(log.spans().map(({ moments }) => moments[moment.event])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test('a press before a jump to another place has no effect that could be seen', () => {
    const { log, spans } = tracker();
    act(spans, 9, [2, 8]);
    spans.forgetInputsBefore(5);
    spans.uploaded(frame(1, 9), 270, 3);
    spans.displayed(275, 290);
    expect(log.inputs.read().map(({ actionId }) => actionId)).toEqual([8]);
  });

  test('a frame that nobody announced has no time of arrival, not that of another', () => {
    const { log, spans } = tracker();
    act(spans, 2);
    spans.received(3, 255);
    spans.uploaded(frame(3 + 64, 2), 270, 3);
    spans.displayed(275, 290);
    expect(log.spans()[0]!.moments[moment.received]).toBeNaN();
  });
});
