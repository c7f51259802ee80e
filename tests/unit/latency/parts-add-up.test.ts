import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moment, momentCount, momentNames, partsOf, sumErrorMsOf, type Span } from '../../../src/latency/stages';
import { simulate, type Schedule, type Truth } from './simulated-link';

const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  displayFrames: fc.integer({ min: 4, max: 24 }),
  periodMs: fc.constantFrom(1000 / 60, 1000 / 72, 1000 / 90, 1000 / 120),
  stepMs: fc.constantFrom(1, 10, 40),
  holdMs: fc.constantFrom(0, 5, 60),
  dropPct: fc.constantFrom(0, 10, 50),
  eventPct: fc.constantFrom(0, 30, 100),
  resolutionMs: fc.constantFrom(0.005, 0.1),
  workerLaterMs: fc.double({ min: -50, max: 100_000, noNaN: true }),
  shared: fc.boolean(),
});

/** One moment is rounded twice, and moved from one rounded origin to another: three tenths at the very most. */
const toleranceMs = 0.35;

/** What the log must hold, found from the truth by rules of its own: no ring, no ids, no order of arrival. */
function expectedSpans(truth: Truth): { frames: Span[]; inputs: Span[] } {
  const frames: Span[] = [];
  const inputs: Span[] = [];
  const { windowOriginMs: origin, actions, displays } = truth;
  const postedBefore = (ms: number): number => actions.filter(({ postedMs }) => postedMs <= ms).length;
  const eventOf = (id: number): number => {
    if (id < 2) return Number.NaN;
    const [from, to] = [actions[id - 2]!.sampledMs, actions[id - 1]!.sampledMs];
    return truth.events.findLast((ms) => ms > from && ms <= to) ?? Number.NaN;
  };
  const firstFour = (id: number): number[] => {
    const { sampledMs, predictedMs, postedMs } = actions[id - 1]!;
    return [eventOf(id), sampledMs, predictedMs, postedMs];
  };
  let onScreen = 0;
  let known = 0;
  for (const { atMs, uploadedMs, drawnMs, seenMs } of displays) {
    const newest = truth.frames.findLastIndex(({ receivedMs }) => receivedMs <= atMs) + 1;
    // The page may still have been drawing when the simulation ended.
    if (newest <= onScreen || Number.isNaN(drawnMs)) continue;
    onScreen = newest;
    const frame = truth.frames[newest - 1]!;
    const actionId = postedBefore(frame.stepBegunMs);
    const { stepBegunMs, inferenceBegunMs, inferenceEndedMs, readBackMs, meshedMs, sentMs, receivedMs } = frame;
    const rest = [stepBegunMs, inferenceBegunMs, inferenceEndedMs, readBackMs, meshedMs, sentMs, receivedMs, uploadedMs, drawnMs, seenMs];
    const span = (id: number): Span => {
      const moments = Float64Array.from([...firstFour(id), ...rest], (ms) => ms - origin);
      return { frameId: newest, actionId: id, moments, uploadMs: Number.NaN };
    };
    frames.push(span(actionId));
    for (let id = known + 1; id <= actionId; id++) if (!Number.isNaN(eventOf(id))) inputs.push(span(id));
    known = actionId;
  }
  return { frames, inputs };
}

function compare(found: Span, wanted: Span): void {
  expect([found.frameId, found.actionId]).toEqual([wanted.frameId, wanted.actionId]);
  for (let k = 0; k < momentCount; k++) {
    const [is, was] = [found.moments[k]!, wanted.moments[k]!];
    const isOff = Number.isNaN(was) ? !Number.isNaN(is) : !(Math.abs(is - was) < toleranceMs);
    if (isOff) throw new Error(`${momentNames[k]} of frame ${found.frameId} is ${is}, but it was at ${was}`);
  }
  const first = wanted.moments.find((ms) => !Number.isNaN(ms))!;
  const trueTotalMs = wanted.moments[moment.expectedDisplay]! - first;
  const parts = partsOf(found.moments);
  const sumMs = parts.reduce((sum, { ms }) => sum + Math.max(0, ms), 0);
  expect(Math.abs(sumMs - trueTotalMs)).toBeLessThan(1);
  expect(sumErrorMsOf(found.moments)).toBeLessThan(1);
}

test('the parts of every frame and every input add up to the true total, in 10,000 schedules', { timeout: 120_000 }, () => {
  const seen = { frames: 0, inputs: 0, overtaken: 0, lost: 0, withoutReadBack: 0, late: 0 };
  fc.assert(
    fc.property(schedules, (schedule) => {
      const { log, truth } = simulate(schedule);
      const wanted = expectedSpans(truth);
      const frames = log.frames.read();
      const inputs = log.inputs.read();
      expect(frames).toHaveLength(wanted.frames.length);
      expect(inputs).toHaveLength(wanted.inputs.length);
      frames.forEach((span, k) => compare(span, wanted.frames[k]!));
      inputs.forEach((span, k) => compare(span, wanted.inputs[k]!));
      seen.frames += frames.length;
      seen.inputs += inputs.length;
      seen.withoutReadBack += frames.filter(({ moments }) => Number.isNaN(moments[moment.readBack]!)).length;
      seen.late += truth.displays.filter(({ isLate }) => isLate).length;
      seen.lost += truth.frames.filter(({ meshedMs, sentMs }) => meshedMs > 0 && Number.isNaN(sentMs)).length;
      const arrivals = truth.frames.map(({ receivedMs }) => receivedMs).filter((ms) => !Number.isNaN(ms));
      seen.overtaken += arrivals.filter((ms, k) => arrivals.slice(k + 1).some((later) => later < ms)).length;
    }),
    { numRuns: 10_000 },
  );
  // The schedules must have had in them what they are for.
  expect(seen.frames).toBeGreaterThan(20_000);
  for (const count of [seen.inputs, seen.overtaken, seen.lost, seen.withoutReadBack, seen.late]) expect(count).toBeGreaterThan(1000);
});
