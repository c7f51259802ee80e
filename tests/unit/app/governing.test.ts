import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Governing, readLoad } from '../../../src/app/governing';
import { hostSettingsOf } from '../../../src/app/host-settings';
import { defaultOptions } from '../../../src/app/options';
import { appStore } from '../../../src/app/store';
import type { Visit } from '../../../src/app/visit';
import { DisplayLog } from '../../../src/latency/display-log';
import { SpanLog } from '../../../src/latency/span-log';
import { intrinsicsFromFov } from '../../../src/math/camera';
import type { WorldInfo } from '../../../src/world/contracts';

const world: WorldInfo = {
  id: 'a-world',
  name: 'A world',
  description: 'For tests.',
  camera: intrinsicsFromFov(128, 128, 1.5),
  hasDepth: true,
  rateHz: 30,
  scales: [1, 0.75, 0.5],
  provider: 'cpu',
  layout: null,
};

let spans: SpanLog;
let visit: Visit;
let nowMs = 0;
const configure = vi.fn<() => void>();
let governing: Governing;

beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'a desktop browser' });
  spans = new SpanLog();
  // The part of a visit that governing touches.
  visit = { spans, model: { read: () => ({ hz: 30 }) }, modelHzCap: Number.POSITIVE_INFINITY } as unknown as Visit;
  configure.mockClear();
  nowMs = 0;
  appStore.setState({ world, opening: null, governor: null, options: { ...defaultOptions } });
  governing = new Governing(visit, { configure });
});

/** So many seconds in which every `nth` display frame comes after a missed one; 0: none. */
function display(seconds: number, nth: number): void {
  for (let tick = 0; tick < seconds * 4; tick++) {
    for (let k = 0; k < 18; k++) {
      const row = spans.display.begin();
      spans.display.set(row, 'missed', nth > 0 && k % nth === 0 ? 1 : 0);
    }
    governing.look((nowMs += 250));
  }
}

describe('governing', () => {
  test('lowers what the worker is told, says so in the trace, and gives it back', () => {
    display(6, 0);
    expect(appStore.getState().governor).toBeNull();
    display(3, 4);
    const { governor } = appStore.getState();
    expect(governor!.modelHzCap).toBeLessThan(20);
    expect(hostSettingsOf(appStore.getState()).modelHz).toBe(governor!.modelHzCap);
    expect(visit.modelHzCap).toBe(governor!.modelHzCap);
    const events = spans.events('governor');
    expect(events[0]!.args).toMatchObject({ reason: 'lowered the rate' });
    expect(configure).toHaveBeenCalledTimes(events.length);
    display(25, 0);
    expect(appStore.getState().governor).toBeNull();
    expect(hostSettingsOf(appStore.getState())).toMatchObject({ modelHz: 30, resolutionScale: 1 });
  });

  test('does nothing in the first seconds of a world, nor while one loads, nor when it is switched off', () => {
    display(3.5, 3);
    expect(spans.events('governor')).toEqual([]);
    appStore.setState({ opening: { worldId: 'another', progress: null } });
    display(5, 3);
    expect(spans.events('governor')).toEqual([]);
    appStore.setState({ opening: null });
    display(5, 3);
    expect(appStore.getState().governor).not.toBeNull();
    appStore.setState({ options: { ...defaultOptions, governor: false } });
    display(0.25, 3);
    expect(appStore.getState().governor).toBeNull();
    const { length } = spans.events('governor');
    display(5, 3);
    expect(spans.events('governor')).toHaveLength(length);
  });

  test('forgets all about another world', () => {
    display(10, 3);
    expect(appStore.getState().governor).not.toBeNull();
    appStore.setState({ world: { ...world, id: 'another' } });
    display(0.25, 0);
    expect(appStore.getState().governor).toBeNull();
  });

  test('tells the worker of smaller pictures and fewer layers', () => {
    const whole = hostSettingsOf(appStore.getState());
    appStore.setState({ governor: { modelHzCap: 2, resolutionScale: 0.5, layerScale: 0.2, reason: 'lowered the layers' } });
    const less = hostSettingsOf(appStore.getState());
    expect(less.resolutionScale).toBe(0.5);
    expect(less.layers.olderFrames).toBeLessThan(whole.layers.olderFrames);
    expect(less.layers.backgroundSide).toBeLessThan(whole.layers.backgroundSide);
    expect(less.layers.newestSide).toBe(whole.layers.newestSide);
  });

  test('hands on what the link is to do', () => {
    const options = { ...defaultOptions, addLatencyMs: 100, latencyJitterMs: 20, stallEveryS: 5, stallMs: 800, dropPct: 3, latencySeed: 9 };
    appStore.setState({ options });
    const delay = { addLatencyMs: 100, jitterMs: 20, stallEveryS: 5, stallMs: 800, dropPct: 3, seed: 9 };
    expect(hostSettingsOf(appStore.getState()).delay).toEqual(delay);
  });
});

test('the display log is read once, from where it was left, also after it has wrapped or was cleared', () => {
  const log = new DisplayLog(8);
  const load = { frames: 0, missed: 0, gaps: 0 };
  const add = (...missed: number[]) => missed.forEach((count) => log.set(log.begin(), 'missed', count));
  add(0, 2, 0);
  let next = readLoad(log, 0, load);
  expect([next, load]).toEqual([3, { frames: 3, missed: 2, gaps: 1 }]);
  add(1, Number.NaN, 3);
  next = readLoad(log, next, load);
  expect(load).toEqual({ frames: 3, missed: 4, gaps: 2 });
  add(...Array.from({ length: 20 }, () => 1));
  next = readLoad(log, next, load);
  expect(load).toEqual({ frames: 8, missed: 8, gaps: 8 });
  log.clear();
  add(5);
  expect(readLoad(log, next, load)).toBe(next + 1);
  expect(load).toEqual({ frames: 1, missed: 5, gaps: 1 });
});
