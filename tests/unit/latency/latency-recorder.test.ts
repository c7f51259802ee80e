import { describe, expect, test } from 'vitest';
import { LatencyRecorder } from '../../../src/latency/latency-recorder';
import { reportOf, type ReportFacts } from '../../../src/latency/report';
import type { LatencyReport } from '../../../src/latency/lab-report';
import { SpanLog } from '../../../src/latency/span-log';
import { partName } from '../../../src/latency/stages';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';

const none = Number.NaN;
const periodMs = 10;

export const facts: ReportFacts = {
  nowMs: 5000,
  mode: 'layers',
  display: { hz: 100, nominalHz: 100 },
  model: { hz: 20, frames: 30 },
  pixelsPerDeg: 18,
  hasGpuTimer: false,
  headsetPredicts: false,
  poseMismatchPct: none,
  contention: { missedPctOn: none, missedPctOff: none, contentionPct: none },
};

type Play = {
  poseAt: (ms: number) => Pose;
  /** The picture follows the head of the display frame; else it keeps the pose it was painted for. */
  followsTurn?: boolean;
  followsMove?: boolean;
  /** The headset says 30 ms ahead, and its poses are of then. */
  headset?: boolean;
  /** How far the model's pose is predicted, ms. */
  aheadMs?: number;
  /** From an action to its frame's first display frame, ms: a whole number of periods. */
  modelMs?: number;
  drawMs?: number;
};

/** Three seconds at 100 Hz: every fifth display frame shows the model frame for the action of `modelMs` ago. */
function play({ poseAt, followsTurn = true, followsMove = true, headset = false, aheadMs = 0, modelMs = 50, drawMs = 2 }: Play): LatencyReport {
  const recorder = new LatencyRecorder(new SpanLog());
  let shown: Parameters<LatencyRecorder['shows']>[0] = null;
  for (let k = 1; k <= 300; k++) {
    const atMs = 1000 + periodMs * k;
    recorder.begin(atMs, headset ? atMs + 30 : undefined, periodMs);
    const head = poseAt(headset ? atMs + 30 : atMs);
    recorder.head(head, headset);
    recorder.tracker.actions.add(k, k % 20 === 0 ? atMs - 3 : 0, atMs, atMs, atMs);
    const actionId = k - modelMs / periodMs;
    const isNew = actionId > 0 && k % 5 === 0;
    if (isNew) {
      const sampledMs = 1000 + periodMs * actionId;
      const times = { actionAtMs: sampledMs, stepBegunMs: sampledMs + 1, inferenceBegunMs: sampledMs + 2, inferenceEndedMs: atMs - 3, readBackMs: none, meshedMs: atMs - 2, sentMs: atMs - 2 };
      shown = { id: k, actionId, times, worldFromCamera: poseAt(sampledMs + aheadMs) };
      recorder.tracker.received(k, atMs - 1);
      recorder.uploaded(shown, atMs + 1, 0.5);
      recorder.uploadedBytes(1000, 0.5);
    }
    recorder.shows(shown, isNew, head, followsTurn, followsMove);
    recorder.end(atMs + drawMs);
  }
  return reportOf(recorder.log, facts);
}

/** 60 degrees a second to the left, half a metre a second to the right. */
const steady = (ms: number): Pose => poseFromYawPitch([ms / 2000, 1.6, 0], (ms / 1000) * (Math.PI / 3), 0);
const turnOnly = (ms: number): Pose => poseFromYawPitch([0, 1.6, 0], (ms / 1000) * (Math.PI / 3), 0);

describe('motion to photon', () => {
  test('without anybody predicting, what is seen lags by the way to the display: in ms, degrees, pixels and metres', () => {
    const { estimated } = play({ poseAt: steady });
    expect(estimated.mtpRotationMs).toMatchObject({ p50: 10, max: 10, unit: 'ms' });
    expect(estimated.mtpRotationEffectiveMs.p50).toBeCloseTo(10, 1);
    expect(estimated.mtpRotationErrorDeg.max).toBeCloseTo(0.6, 2);
    expect(estimated.mtpRotationErrorPx25.max).toBeCloseTo(15, 1);
    expect(estimated.mtpRotationErrorPx.max).toBeCloseTo(0.6 * 18, 1);
    expect(estimated.mtpTranslationEffectiveMs.p50).toBeCloseTo(10, 1);
    expect(estimated.mtpTranslationErrorM.p50).toBeCloseTo(0.005, 4);
    expect(estimated.mtpRotationEffectiveMs.n).toBeGreaterThan(280);
  });

  test('a headset that predicts its poses leaves nothing, unless a frame comes too late for its display', () => {
    const onTime = play({ poseAt: steady, headset: true });
    expect(onTime.estimated.mtpRotationMs.p50).toBeCloseTo(30, 9);
    expect(onTime.estimated.mtpRotationEffectiveMs.max).toBeLessThan(0.1);
    const late = play({ poseAt: steady, headset: true, drawMs: 32 });
    expect(late.estimated.mtpRotationMs.p50).toBeCloseTo(40, 9);
    expect(late.estimated.mtpRotationEffectiveMs.p50).toBeCloseTo(10, 1);
  });

  test('a mode that does not follow the head lags by the whole model', () => {
    const off = play({ poseAt: steady, followsTurn: false, followsMove: false, modelMs: 200 }).estimated;
    // 200 to 240 ms old, and 10 to the display.
    expect(off.mtpRotationMs).toMatchObject({ p50: 230, max: 250 });
    expect(off.mtpRotationEffectiveMs.p50).toBeCloseTo(230, 0);
    expect(off.mtpTranslationEffectiveMs.p50).toBeCloseTo(230, 0);
    const rotation = play({ poseAt: steady, followsMove: false, modelMs: 200 }).estimated;
    expect(rotation.mtpRotationEffectiveMs.p50).toBeCloseTo(10, 1);
    expect(rotation.mtpTranslationEffectiveMs.p50).toBeCloseTo(230, 0);
    expect(rotation.mtpTranslationMs.p50).toBe(230);
  });

  test('is n/a for a head that hardly moves: a quotient of two small numbers says nothing', () => {
    const slow = play({ poseAt: (ms) => poseFromYawPitch([ms / 20_000, 1.6, 0], (ms / 1000) * 0.3, 0) }).estimated;
    expect(slow.mtpRotationEffectiveMs).toEqual({ p50: none, p95: none, p99: none, max: none, n: 0, unit: 'ms' });
    expect(slow.mtpTranslationErrorM.n).toBe(0);
    expect(play({ poseAt: turnOnly }).estimated.mtpTranslationEffectiveMs.n).toBe(0);
    expect(play({ poseAt: turnOnly }).estimated.mtpRotationEffectiveMs.n).toBeGreaterThan(280);
  });

  test('leaves out the display frames around a snap turn', () => {
    const snap = play({ poseAt: (ms) => poseFromYawPitch([0, 1.6, 0], ms < 2500 ? 0 : Math.PI / 6, 0) }).estimated;
    expect(snap.mtpRotationEffectiveMs.n).toBe(0);
  });
});

describe('the pose the model painted for', () => {
  test('is off by the motion that was not predicted, and not over-predicted', () => {
    const { estimated } = play({ poseAt: steady });
    expect(estimated.predictionErrorDeg.p50).toBeCloseTo(60 * 0.06, 2);
    expect(estimated.predictionErrorM.p50).toBeCloseTo(0.03, 4);
    expect(estimated.overPredictionDeg.max).toBeLessThan(1e-3);
    expect(estimated.predictionErrorDeg.n).toBeGreaterThan(50);
  });

  test('is right where the prediction was, and over-predicted where the head would only be later', () => {
    expect(play({ poseAt: steady, aheadMs: 60 }).estimated.predictionErrorDeg.max).toBeLessThan(0.01);
    const over = play({ poseAt: steady, aheadMs: 100 }).estimated;
    expect(over.predictionErrorDeg.p50).toBeCloseTo(2.4, 2);
    expect(over.overPredictionDeg.p50).toBeCloseTo(2.4, 2);
  });
});

describe('the report', () => {
  const report = play({ poseAt: steady, modelMs: 100 });

  test('tells ages, gaps and the ways to light', () => {
    const { estimated } = report;
    expect(estimated.frameAgeMs).toMatchObject({ p50: 130, max: 150 });
    expect(estimated.poseGapDeg.max).toBeCloseTo(60 * 0.14, 1);
    expect(estimated.poseGapM.max).toBeCloseTo(0.07, 3);
    expect(estimated.poseToPhotonMs).toMatchObject({ p50: 110, max: 110 });
    // Pressed 3 ms before the action of display frame 20, 40, …; both are shown by a frame of that very action.
    expect(estimated.actionToPhotonMs).toMatchObject({ p50: 113, max: 113, n: 14 });
    expect(estimated.mainThreadMs).toMatchObject({ p50: 2, n: 300 });
    expect(estimated.uploadMs).toMatchObject({ p50: 0.5, n: 58 });
    expect(report.display).toMatchObject({ frames: 300, missed: 0, missedPct: 0, longestRunMissed: 0 });
  });

  test('has every stage, n = 0 where it was not told, and the bridges over those', () => {
    expect(report.stages['inferenceEnded>readBack']).toEqual({ p50: none, p95: none, p99: none, max: none, n: 0, unit: 'ms' });
    expect(report.stages['inferenceEnded>meshed']).toMatchObject({ p50: 1, n: 58 });
    expect(report.stages[partName('stepBegun', 'inferenceBegun')]).toMatchObject({ p50: 1, n: 58 });
    expect(report.inputStages['event>sampled']).toMatchObject({ p50: 3, max: 3, n: 14 });
    expect(report.sumErrorMsMax).toBe(0);
    expect(report.estimated.gpuMs.n).toBe(0);
  });

  test('says in sentences what is missing', () => {
    const text = report.notes.join(' ');
    for (const word of ['GPU time', 'mismatch', 'Contention']) expect(text).toContain(word);
    expect(text).not.toContain('Action to photon is n/a');
    const more = reportOf(new SpanLog(4, 4, 4), { ...facts, hasGpuTimer: true, headsetPredicts: true, poseMismatchPct: 0 });
    expect(more.notes.join(' ')).toContain('headset reports poses');
    expect(more.notes.join(' ')).toContain('Action to photon is n/a');
    expect(more.estimated.frameAgeMs.n).toBe(0);
    expect(more.display.missedPct).toBeNaN();
    expect(more.sumErrorMsMax).toBeNaN();
  });

  test('has null where something is missing once it is JSON, and never 0', () => {
    const plain = JSON.parse(JSON.stringify(report)) as LatencyReport;
    expect(plain.estimated.gpuMs.p50).toBeNull();
    expect(plain.poseMismatchPct).toBeNull();
    expect(plain.contention.contentionPct).toBeNull();
  });
});

describe('the recorder', () => {
  test('notes missed display frames as events, and closes a display frame that was never drawn', () => {
    const recorder = new LatencyRecorder(new SpanLog(4, 4, 8));
    for (const atMs of [1000, 1010, 1040, 1050]) recorder.begin(atMs, undefined, periodMs);
    recorder.end(1052);
    recorder.end(1059);
    expect(recorder.log.events()).toEqual([{ name: 'missed', atMs: 1040, args: { frames: 2 } }]);
    expect([...recorder.log.display.values('workMs')]).toEqual([none, none, none, 2]);
    expect([...recorder.log.display.values('expectedDisplayMs')]).toEqual([1010, 1020, 1050, 1060]);
  });

  test('counts only what was seen since a time', () => {
    const log = new SpanLog();
    const recorder = new LatencyRecorder(log);
    for (let k = 0; k < 100; k++) {
      recorder.begin(1000 + 10 * k, undefined, periodMs);
      recorder.end(1000 + 10 * k + (k < 50 ? 7 : 3));
    }
    const since = reportOf(log, { ...facts, sinceMs: 1500 });
    expect(since.estimated.mainThreadMs).toMatchObject({ max: 3, n: 50 });
    expect(since.sinceMs).toBe(1500);
    expect(reportOf(log, facts).estimated.mainThreadMs).toMatchObject({ max: 7, n: 100 });
  });
});
