import { describe, expect, test } from 'vitest';
import { ModelMeter } from '../../../src/latency/model-meter';
import type { FrameTimes } from '../../../src/world/contracts';

function frameAt(stepBegunMs: number, stepMs: number): FrameTimes {
  return {
    actionAtMs: stepBegunMs - 5,
    stepBegunMs,
    inferenceBegunMs: stepBegunMs + 1,
    inferenceEndedMs: stepBegunMs + stepMs - 1,
    readBackMs: Number.NaN,
    meshedMs: stepBegunMs + stepMs,
    // A long way to the page is latency, not work of the model.
    sentMs: stepBegunMs + stepMs + 300,
  };
}

/** The page gets a frame 20 ms after it was meshed. */
function feed(meter: ModelMeter, times: FrameTimes): void {
  meter.frame(times, times.meshedMs + 20);
}

describe('the meter of the model', () => {
  test('reads rate and step time from the times that frames carry', () => {
    const meter = new ModelMeter();
    for (let k = 0; k < 50; k++) feed(meter, frameAt(100 * k, 40));
    const { hz, stepMsP50, stepMsP95, frames } = meter.read(4990);
    expect(hz).toBeCloseTo(10, 6);
    expect([stepMsP50, stepMsP95, frames]).toEqual([40, 40, 50]);
    // Until it is on the page: that is what a prediction has to bridge.
    expect(meter.typicalDelayMs).toBe(60);
    expect(meter.typicalIntervalMs).toBe(100);
  });

  test('tells a slow tail from the middle', () => {
    const meter = new ModelMeter();
    for (let k = 0; k < 100; k++) feed(meter, frameAt(100 * k, k % 10 === 0 ? 90 : 20));
    expect(meter.read(0).stepMsP50).toBe(20);
    expect(meter.read(0).stepMsP95).toBe(90);
  });

  test('says nothing before the first frame, no rate after one, and forgets at a reset', () => {
    const meter = new ModelMeter();
    const nothing = { hz: 0, stepMsP50: 0, stepMsP95: 0, frames: 0 };
    expect(meter.read(0)).toEqual(nothing);
    expect(meter.typicalDelayMs).toBe(0);
    expect(meter.typicalIntervalMs).toBeNaN();
    feed(meter, frameAt(0, 25));
    expect(meter.read(0)).toEqual({ hz: 0, stepMsP50: 25, stepMsP95: 25, frames: 1 });
    meter.reset();
    expect(meter.read(0)).toEqual(nothing);
    feed(meter, frameAt(9000, 25));
    expect(meter.read(0).hz).toBe(0);
  });

  test('follows a new rate within sixteen frames', () => {
    const meter = new ModelMeter();
    for (let k = 0; k < 100; k++) feed(meter, frameAt(20 * k, 5));
    for (let k = 1; k <= 16; k++) feed(meter, frameAt(1980 + 200 * k, 5));
    expect(meter.read(5230).hz).toBeCloseTo(5, 6);
  });

  test('lets the rate fall when no frame comes, and calls it 0 when the model has stopped', () => {
    const meter = new ModelMeter();
    for (let k = 0; k <= 20; k++) feed(meter, frameAt(500 * k, 40));
    const lastMs = 10_060;
    expect(meter.read(lastMs + 100).hz).toBeCloseTo(2, 6);
    expect(meter.read(lastMs + 1000).hz).toBeCloseTo(1, 6);
    expect(meter.read(lastMs + 2600).hz).toBe(0);
  });
});
