import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DisplayMeter } from '../../../src/latency/display-meter';

/** Frames whose gaps are these multiples of the period. */
function meterOf(periodMs: number, gaps: readonly number[]): DisplayMeter {
  const meter = new DisplayMeter();
  let atMs = 1000;
  meter.frame(atMs);
  for (const gap of gaps) meter.frame((atMs += gap * periodMs));
  return meter;
}

const regular = (count: number): number[] => Array.from({ length: count }, () => 1);

describe('the meter of the display', () => {
  test('reads the rate of regular frames and finds none missed, even with a timer that trembles', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(60, 72, 90, 120),
        fc.array(fc.double({ min: -0.15, max: 0.15, noNaN: true }), { minLength: 100, maxLength: 300 }),
        fc.boolean(),
        (hz, trembles, isKnown) => {
          const meter = meterOf(1000 / hz, trembles.map((tremble) => 1 + tremble));
          const read = meter.read(isKnown ? hz : null);
          expect(read.missedPct).toBe(0);
          expect(Math.abs(read.hz / hz - 1)).toBeLessThan(0.2);
        },
      ),
    );
    expect(meterOf(1000 / 72, regular(200)).read(null).hz).toBeCloseTo(72, 6);
  });

  test('counts one missed frame for a doubled gap and two for a tripled one', () => {
    const gaps = regular(97);
    expect(meterOf(11, [...gaps, 2, 1, 1]).read(null).missedPct).toBeCloseTo(100 / 101, 6);
    expect(meterOf(11, [...gaps, 3, 1, 1]).read(1000 / 11).missedPct).toBeCloseTo(200 / 102, 6);
  });

  test('counts every second frame as missed at half the known rate, which alone it cannot know', () => {
    const meter = meterOf(1000 / 90, Array.from({ length: 100 }, () => 2));
    expect(meter.read(90).missedPct).toBeCloseTo(50, 6);
    expect(meter.read(90).hz).toBeCloseTo(45, 6);
    expect(meter.read(null).missedPct).toBe(0);
  });

  test('does not count a page that slept', () => {
    const awake = meterOf(10, regular(50)).read(null);
    expect(meterOf(10, [...regular(25), 1_000, 60_000, ...regular(25)]).read(null)).toEqual(awake);
  });

  test('forgets frames of long ago, and everything when it is told to', () => {
    const meter = meterOf(10, [...Array.from({ length: 40 }, () => 3), ...regular(240)]);
    meter.worked(4);
    expect(meter.read(100).missedPct).toBe(0);
    meter.reset();
    expect(meter.read(null)).toEqual({ hz: 0, missedPct: 0, frameMsP50: 0, frameMsP99: 0 });
    // The gap over the reset is no frame.
    meter.frame(5000);
    expect(meter.read(null).hz).toBe(0);
  });

  test('knows the period from the rate, or from the frames, and follows another display after a reset', () => {
    const meter = meterOf(11, [...regular(100), 2, 1, 3, 1]);
    expect(meter.periodMs(90)).toBeCloseTo(1000 / 90, 9);
    expect(meter.periodMs(null)).toBeCloseTo(11, 9);
    meter.reset();
    expect(meter.periodMs(null)).toBeNaN();
    for (let k = 0; k < 20; k++) meter.frame(9000 + 16 * k);
    expect(meter.periodMs(null)).toBeCloseTo(16, 9);
  });

  test('believes the frames when a display always comes a little later than it says, and not when it misses every other one', () => {
    const meter = new DisplayMeter();
    // A screen of 60 Hz that is said to have 72, seen at moments that are up to 4 ms off.
    for (let k = 0; k < 200; k++) meter.frame((1000 / 60) * k + 4 * ((k * 0.618) % 1));
    expect(meter.periodMs(72)).toBeGreaterThan(14.5);
    expect(meter.read(72).missedPct).toBe(0);
    const halved = new DisplayMeter();
    for (let k = 0; k < 200; k++) halved.frame((2000 / 72) * k);
    expect(halved.periodMs(72)).toBeCloseTo(1000 / 72, 9);
    expect(halved.read(72).missedPct).toBeCloseTo(50, 6);
  });

  test('tells the slowest hundredth of the work of the page', () => {
    const meter = meterOf(10, regular(5));
    for (let k = 1; k <= 101; k++) meter.worked(k);
    expect(meter.read(null).frameMsP99).toBeCloseTo(100, 6);
  });
});
