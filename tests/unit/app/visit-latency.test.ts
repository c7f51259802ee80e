import type { WebGLRenderer } from 'three';
import { describe, expect, test } from 'vitest';
import { actionLength, createAction, decodeAction } from '../../../src/action/action-codec';
import { exportTrace, readLatency, type TraceFormat } from '../../../src/app/latency-readout';
import { defaultOptions, type Options } from '../../../src/app/options';
import type { DisplayFrame } from '../../../src/app/display-frame';
import { Visit } from '../../../src/app/visit';
import { moment } from '../../../src/latency/stages';
import { angleBetween, distanceBetween, poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import { noteEvent } from '../../../src/xr/controls';
import { makeFrame } from '../reproject/frame-fixture';

const renderer = {
  initTexture: () => {},
  xr: { isPresenting: false },
  domElement: { width: 1600, height: 900 },
  getContext: () => ({ isContextLost: () => false, getExtension: () => null }),
} as unknown as WebGLRenderer;

/** A visit without a page: display frames at the real clock, and all actions that it posted. */
function makeVisit(changes: Partial<Options> = {}) {
  const options = { ...defaultOptions, ...changes };
  const posted: ReturnType<typeof createAction>[] = [];
  const visit = new Visit(() => options, () => {});
  visit.actions = { post: (values) => void posted.push(decodeAction(values.slice(0, actionLength), createAction())) };
  const frame: DisplayFrame = { atMs: 0, refreshMs: 0, dtS: 0.011, roomFromHead: null, predictedDisplayMs: undefined, nominalHz: 90 };
  const show = (roomFromHead: Pose | null = null, atMs = performance.now()): void => {
    frame.atMs = atMs;
    frame.refreshMs = atMs;
    frame.roomFromHead = roomFromHead;
    frame.predictedDisplayMs = roomFromHead ? atMs + 20 : undefined;
    visit.update(frame, renderer);
    visit.rendered({ triangles: 1, calls: 1 });
  };
  const receive = (id: number, actionId: number, more: object = {}): void => {
    const at = performance.now();
    const made = makeFrame({ id });
    const times = { ...made.times, stepBegunMs: at, inferenceBegunMs: at + 0.1, inferenceEndedMs: at + 0.2, meshedMs: at + 0.3, sentMs: at + 0.4 };
    while (performance.now() < times.sentMs);
    visit.receive({ ...made, actionId, times, ...more });
  };
  return { visit, options, posted, show, receive };
}

describe('a visit writes its latency down', () => {
  test('a frame that is shown has its whole way, joined with the action that was posted', () => {
    const { visit, posted, show, receive } = makeVisit();
    visit.devices.push({ attach: () => {}, detach: () => {}, update: (controls) => visit.action.id === 1 && noteEvent(controls, performance.now() - 0.01) });
    show();
    show();
    receive(1, 2, { poseMismatch: 0 });
    show();
    show();
    expect(posted.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    const [span, ...others] = visit.spans.spans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({ frameId: 1, actionId: 2 });
    expect(Number.isNaN(span!.moments[moment.readBack]!)).toBe(true);
    const there = span!.moments.filter((ms) => !Number.isNaN(ms));
    expect(there).toHaveLength(13);
    expect(there).toEqual(there.toSorted((a, b) => a - b));
    expect(visit.spans.inputs.read().map(({ actionId }) => actionId)).toEqual([2]);
    expect(visit.spans.display.count).toBe(4);
    expect([...visit.spans.display.values('frameId')]).toEqual([Number.NaN, Number.NaN, 1, 1]);
    expect(visit.mismatch.pct).toBe(0);
  });

  test('it is always on, and the trace only when it is asked for', () => {
    const { visit, options, show, receive } = makeVisit();
    show();
    receive(1, 1);
    show();
    expect([visit.spans.frames.count, visit.trace.read().length]).toEqual([1, 0]);
    options.trace = true;
    receive(2, 2);
    show();
    expect([visit.spans.frames.count, visit.trace.read().length]).toEqual([2, 1]);
    const [entry] = visit.trace.read();
    const span = visit.spans.spans()[1]!;
    expect(entry!.drawnMs).toBe(visit.spans.display.get(2, 'atMs'));
    expect(entry!.expectedDisplayMs).toBeCloseTo(entry!.drawnMs + 1000 / 90, 6);
    expect(span.moments[moment.received]).toBe(entry!.receivedMs);
  });

  test('a frame that was painted before a jump is in no span', () => {
    const { visit, show, receive } = makeVisit();
    show();
    visit.stand(poseFromYawPitch([5, 1.6, 5], 1, 0), null);
    receive(1, 1);
    show();
    expect(visit.spans.spans()).toEqual([]);
    receive(2, 2);
    show();
    expect(visit.spans.spans().map(({ frameId }) => frameId)).toEqual([2]);
  });

  test('the way to translation is the model frame\'s own without depth, in rotation and in off', () => {
    const { visit, show, receive } = makeVisit();
    show();
    receive(1, 1);
    const lagsMore = (): boolean => {
      show();
      const { display } = visit.spans;
      return display.get(display.total - 1, 'mtpTranslationMs') > display.get(display.total - 1, 'mtpRotationMs');
    };
    visit.view.setMode('layers');
    expect(lagsMore()).toBe(false);
    visit.hasDepth = false;
    expect(lagsMore()).toBe(true);
    visit.hasDepth = true;
    visit.view.setMode('rotation');
    expect(lagsMore()).toBe(true);
    visit.view.setMode('quad');
    expect(lagsMore()).toBe(false);
    visit.view.setMode('off');
    expect(lagsMore()).toBe(false);
    const { display } = visit.spans;
    expect(display.get(display.total - 1, 'mtpRotationMs')).toBe(display.get(display.total - 1, 'frameAgeMs'));
  });

  test('report and exports have what was seen', () => {
    const { visit, show, receive } = makeVisit();
    show();
    receive(1, 1);
    show();
    const report = readLatency(visit);
    expect(report).toMatchObject({ kind: 'estimated', mode: visit.view.mode, display: { nominalHz: 90, frames: 2 } });
    expect(report.estimated.poseToPhotonMs.n).toBe(1);
    expect(report.estimated.frameAgeMs.n).toBe(1);
    expect(report.estimated.gpuMs.n).toBe(0);
    expect(report.sumErrorMsMax).toBe(0);
    const json = JSON.parse(exportTrace(visit, 'json')) as { format: string; frames: unknown[]; display: unknown[] };
    expect([json.format, json.frames.length, json.display.length]).toEqual(['reverie-latency', 1, 2]);
    expect(exportTrace(visit, 'csv').split('\n')[1]).toMatch(/^frame,1,1,/);
    expect((JSON.parse(exportTrace(visit, 'chrome')) as { traceEvents: unknown[] }).traceEvents.length).toBeGreaterThan(10);
    expect(() => exportTrace(visit, 'xml' as TraceFormat)).toThrow(/no trace format "xml"/);
  });
});

describe('a head that is played', () => {
  test('takes the place of the tracked one and of the page\'s, and hands it back where the person stands', () => {
    const { visit, posted, show } = makeVisit();
    visit.stand(poseFromYawPitch([4, 1.6, -2], 0.7, 0), null);
    show();
    const before = visit.worldFromHead.slice();
    const traced = poseFromYawPitch([0.2, 1.5, 0.1], 0, 0);
    visit.headTrace = { poseAt: (_nowMs, out) => (out.set(traced), true) };
    show();
    // Same place and direction, at the height that the trace says.
    expect(Math.hypot(visit.worldFromHead[12]! - before[12]!, visit.worldFromHead[14]! - before[14]!)).toBeLessThan(1e-5);
    expect(angleBetween(visit.worldFromHead, before)).toBeLessThan(1e-5);
    expect(visit.worldFromHead[13]! - before[13]!).toBeCloseTo(-0.1, 5);
    const begun = visit.worldFromHead.slice();
    traced.set(poseFromYawPitch([0.2, 1.5, 0.1], 0.25, 0));
    show();
    expect(angleBetween(visit.worldFromHead, begun)).toBeCloseTo(0.25, 5);
    expect(angleBetween(posted.at(-1)!.worldFromHead, begun)).toBeCloseTo(0.25, 5);
    const turned = visit.worldFromHead.slice();
    // It has ended.
    visit.headTrace = { poseAt: () => false };
    show();
    expect(angleBetween(visit.worldFromHead, turned)).toBeLessThan(1e-5);
    expect(distanceBetween(visit.worldFromHead, turned)).toBeCloseTo(0.1, 4);
  });

  test('is of now, also in a headset that predicts', () => {
    const { visit, show } = makeVisit();
    const head = poseFromYawPitch([0, 1.7, 0], 0, 0);
    show(head);
    expect(visit.headsetPredicts).toBe(true);
    visit.headTrace = { poseAt: (_nowMs, out) => (out.set(poseFromYawPitch([0, 1.6, 0], 0, 0)), true) };
    show(head);
    expect(visit.headsetPredicts).toBe(false);
  });
});

describe('the prediction', () => {
  /** A quick turn of the page's camera. */
  function turned(options: Partial<Options>): { posted: ReturnType<typeof createAction>[] } {
    const made = makeVisit(options);
    made.visit.devices.push({ attach: () => {}, detach: () => {}, update: (controls) => void (controls.lookYawRad += 0.002) });
    for (let k = 0; k < 12; k++) made.show(null, 1000 + 11 * k);
    return made;
  }

  test('is in the action when it is on, and the present head when it is off', () => {
    const ahead = turned({ prediction: true }).posted.at(-1)!;
    expect(angleBetween(ahead.worldFromPredictedHead, ahead.worldFromHead)).toBeGreaterThan(0.001);
    for (const action of turned({ prediction: false }).posted) expect(action.worldFromPredictedHead).toEqual(action.worldFromHead);
  });
});
