import type { SpanLog } from './span-log';
import { moment, momentCount, momentNames, partName, type Span } from './stages';
import { Lanes, TraceWriter, type TraceEventFile } from './trace-writer';

/** Processes and threads of the exported trace. */
export const traceTracks = Object.freeze({
  page: { pid: 1, tid: 1 },
  worker: { pid: 2, tid: 1 },
  display: { pid: 3, tid: 1 },
  /** One thread for each span that is under way at the same time. */
  actions: { pid: 4 },
});

/** Steps inside a step of the worker. */
const workerParts = [
  ['inputs', 'stepBegun', 'inferenceBegun'],
  ['inference', 'inferenceBegun', 'inferenceEnded'],
  ['read back', 'inferenceEnded', 'readBack'],
  ['mesh', 'readBack', 'meshed'],
] as const;

/**
 * The log in the Chrome Trace Event Format (JSON object format), as Perfetto and chrome://tracing open it:
 * - "Page, main thread": a slice for each display frame, with the upload inside
 * - "World worker": a slice for each step whose frame reached the screen, with its parts inside
 * - "Display": a slice for each model frame for as long as it is on the screen
 * - "Action to photon": a slice for each of those from its first moment to its last, with all parts inside
 * - flows from the display frame that posted the action over the step to the display
 * - instants for all events of the log; counters for missed display frames, the model's rate and the frame's age
 *
 * Times are whole microseconds on the window's clock.
 * Format: "Trace Event Format", Duca and Sinclair, Google, 2016.
 */
export function toTraceEvents(log: SpanLog): TraceEventFile {
  const out = new TraceWriter();
  const spans = log.spans();
  out.name(traceTracks.page, 'Reverie page', 'Main thread');
  out.name(traceTracks.worker, 'World worker', 'Steps');
  out.name(traceTracks.display, 'Display', 'Model frame on the screen');
  writeDisplayFrames(out, log, spans);
  writeSteps(out, spans);
  const shownMs = appearances(spans);
  writeShown(out, log, spans, shownMs);
  writeActions(out, spans, shownMs);
  for (const { name, atMs, args } of log.events()) out.instant(traceTracks.page, name, atMs, args);
  return out.file();
}

function writeDisplayFrames(out: TraceWriter, log: SpanLog, spans: readonly Span[]): void {
  const { display } = log;
  for (let row = display.total - display.count; row < display.total; row++) {
    const atMs = display.get(row, 'atMs');
    const workMs = display.get(row, 'workMs');
    if (workMs >= 0) {
      const args = { row, modelFrame: display.get(row, 'frameId'), gpuMs: display.get(row, 'gpuMs') };
      out.complete(traceTracks.page, 'display frame', 'page', atMs, atMs + workMs, args);
    }
    out.counter(traceTracks.page, 'Missed display frames', atMs, display.get(row, 'missed'));
    out.counter(traceTracks.display, 'Frame age (ms)', atMs, display.get(row, 'frameAgeMs'));
  }
  for (const { moments, uploadMs, frameId } of spans) {
    const endMs = moments[moment.uploaded]!;
    // A display frame that was not drawn has no slice that this one could lie in.
    if (!(moments[moment.drawn]! >= endMs)) continue;
    out.complete(traceTracks.page, 'upload', 'page', endMs - uploadMs, endMs, { modelFrame: frameId });
  }
}

function writeSteps(out: TraceWriter, spans: readonly Span[]): void {
  let beforeMs = Number.NaN;
  for (const { moments, frameId, actionId } of spans) {
    const begunMs = moments[moment.stepBegun]!;
    const meshedMs = moments[moment.meshed]!;
    out.complete(traceTracks.worker, 'step', 'worker', begunMs, meshedMs, { modelFrame: frameId, action: actionId });
    // Without a read back, the mesh follows the inference.
    const filled = moments.slice();
    if (Number.isNaN(filled[moment.readBack]!)) filled[moment.readBack] = filled[moment.inferenceEnded]!;
    for (const [name, from, to] of workerParts) {
      if (name === 'read back' && Number.isNaN(moments[moment.readBack]!)) continue;
      out.complete(traceTracks.worker, name, 'worker', filled[moment[from]]!, filled[moment[to]]!);
    }
    if (begunMs > beforeMs) out.counter(traceTracks.worker, 'Model rate (Hz)', begunMs, 1000 / (begunMs - beforeMs));
    beforeMs = begunMs;
  }
}

/** When each frame appears: a display shows them in the order in which they were drawn, whatever was predicted for them. */
function appearances(spans: readonly Span[]): number[] {
  let beforeMs = Number.NEGATIVE_INFINITY;
  return spans.map(({ moments }) => (beforeMs = Math.max(beforeMs, moments[moment.expectedDisplay]!)));
}

function writeShown(out: TraceWriter, log: SpanLog, spans: readonly Span[], shownMs: readonly number[]): void {
  const { display } = log;
  const lastMs = display.get(display.total - 1, 'expectedDisplayMs');
  spans.forEach(({ frameId, actionId }, k) => {
    const fromMs = shownMs[k]!;
    const toMs = shownMs[k + 1] ?? Math.max(fromMs, lastMs);
    out.complete(traceTracks.display, `frame ${frameId}`, 'display', fromMs, toMs, { action: actionId });
  });
}

function writeActions(out: TraceWriter, spans: readonly Span[], shownMs: readonly number[]): void {
  const lanes = new Lanes();
  // Frames may overtake each other, so that spans do not end in the order in which they begin.
  const ordered = spans.map((span, k) => ({ span, appearsMs: shownMs[k]!, times: inOrder(span.moments) }));
  ordered.sort((a, b) => a.times.firstMs - b.times.firstMs);
  ordered.forEach(({ span, appearsMs, times }, index) => {
    const { frameId, actionId, moments } = span;
    const { firstMs, lastMs } = times;
    if (!(lastMs > firstMs)) return;
    const tid = lanes.take(firstMs, lastMs);
    const track = { pid: traceTracks.actions.pid, tid };
    if (tid > lanes.named) out.name(track, 'Action to photon', `Under way ${(lanes.named = tid)}`);
    out.complete(track, `action ${actionId}`, 'action', firstMs, lastMs, { action: actionId, modelFrame: frameId });
    for (const part of times.parts) out.complete(track, part.name, 'part', part.fromMs, part.toMs);
    const id = index + 1;
    if (moments[moment.posted]! > 0) out.flow('s', id, traceTracks.page, moments[moment.posted]!);
    if (moments[moment.stepBegun]! > 0) out.flow('t', id, traceTracks.worker, moments[moment.stepBegun]!);
    out.flow('f', id, traceTracks.display, appearsMs);
  });
}

type Ordered = { firstMs: number; lastMs: number; parts: { name: string; fromMs: number; toMs: number }[] };

/** The parts as slices, which cannot run backwards: where a clock is off, a later moment is no earlier than the one before. */
function inOrder(moments: Float64Array): Ordered {
  const parts: Ordered['parts'] = [];
  let firstMs = Number.NaN;
  let fromMs = Number.NaN;
  let from = -1;
  for (let to = 0; to < momentCount; to++) {
    if (!Number.isFinite(moments[to]!)) continue;
    if (from < 0) firstMs = fromMs = moments[to]!;
    else {
      const toMs = Math.max(fromMs, moments[to]!);
      parts.push({ name: partName(momentNames[from]!, momentNames[to]!), fromMs, toMs });
      fromMs = toMs;
    }
    from = to;
  }
  return { firstMs, lastMs: fromMs, parts };
}
