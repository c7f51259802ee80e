import { createAction, actionLength, decodeAction, encodeAction } from '../../../src/action/action-codec';
import { createSharedMailbox, MessageMailbox, openSharedMailbox, type ActionReader } from '../../../src/action/mailbox';
import { clockShiftMs } from '../../../src/latency/clock-shift';
import { LatencyRecorder } from '../../../src/latency/latency-recorder';
import { SpanLog } from '../../../src/latency/span-log';
import { createPose } from '../../../src/math/pose';
import { createRandom } from '../../../src/math/hash';
import type { FrameTimes } from '../../../src/world/contracts';
import { HeldBack } from '../../../src/world/held-back';
import { timesOf } from '../../../workers/host/frame-times';

/** A visit that goes wrong in as many ways as it can. All times in ms. */
export type Schedule = {
  seed: number;
  displayFrames: number;
  periodMs: number;
  stepMs: number;
  /** Frames are held back for up to twice as much. */
  holdMs: number;
  dropPct: number;
  /** Share of display frames before which something is pressed. */
  eventPct: number;
  /** How coarsely `performance.now()` and `timeOrigin` are rounded down. */
  resolutionMs: number;
  /** The worker was made so much later than the window, by the clock of the machine. */
  workerLaterMs: number;
  shared: boolean;
};

export type TrueAction = { sampledMs: number; predictedMs: number; postedMs: number };
export type TrueFrame = {
  stepBegunMs: number;
  inferenceBegunMs: number;
  inferenceEndedMs: number;
  readBackMs: number;
  meshedMs: number;
  /** After it was held back. NaN: it got lost. */
  sentMs: number;
  receivedMs: number;
};
export type TrueDisplay = { atMs: number; uploadedMs: number; drawnMs: number; seenMs: number; isLate: boolean };

/** What really happened, by one perfect clock that nothing in the product can read. */
export type Truth = {
  windowOriginMs: number;
  events: number[];
  actions: TrueAction[];
  frames: TrueFrame[];
  displays: TrueDisplay[];
};

const readBackShare = 0.7;

/**
 * Plays a schedule through the product's own mailbox, codec, clock conversion, hold and recorder. What has no code outside
 * of a browser (the port, the choice of the newest frame) is played here.
 */
export function simulate(schedule: Schedule): { log: SpanLog; truth: Truth } {
  const random = createRandom(schedule.seed);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const { resolutionMs, periodMs } = schedule;
  const coarse = (ms: number): number => Math.floor(ms / resolutionMs) * resolutionMs;
  const windowOriginMs = 1.7e12 + between(0, 1000);
  const workerOriginMs = windowOriginMs + schedule.workerLaterMs;
  const shiftMs = clockShiftMs(coarse(workerOriginMs), coarse(windowOriginMs));

  let trueMs = windowOriginMs + 1000 + Math.max(0, schedule.workerLaterMs);
  const windowNow = (): number => coarse(trueMs - windowOriginMs);
  const workerNow = (): number => coarse(trueMs - workerOriginMs);

  const queue: { atMs: number; run: () => void }[] = [];
  const at = (atMs: number, run: () => void): void => void queue.push({ atMs, run });
  // The page has one thread: what is due while it is busy waits, and input goes first, as in browsers.
  let isBusy = false;
  const waitingInput: (() => void)[] = [];
  const waitingTasks: (() => void)[] = [];
  const onPage = (atMs: number, run: () => void, held = waitingTasks): void =>
    at(atMs, () => (isBusy ? void held.push(run) : run()));
  const pageIsFree = (): void => {
    isBusy = false;
    // One at a time: a display frame makes it busy again, and the rest waits on.
    const next = waitingInput.shift() ?? waitingTasks.shift();
    next?.();
    if (next && !isBusy) pageIsFree();
  };

  const truth: Truth = { windowOriginMs, events: [], actions: [], frames: [], displays: [] };
  const log = new SpanLog(64, 64, 64);
  const recorder = new LatencyRecorder(log);

  // Worker.
  const messages = new MessageMailbox();
  const shared = schedule.shared ? createSharedMailbox() : null;
  const reader: ActionReader = shared ? openSharedMailbox(shared.buffer) : messages;
  const action = createAction();
  const values = new Float64Array(actionLength);
  let portFreeMs = 0;
  const step = (): void => {
    if (!reader.readNewest(values)) return at(trueMs + 4, step);
    const actionId = decodeAction(values, createAction()).id;
    const id = truth.frames.length + 1;
    const times: FrameTimes = timesOf(0, workerNow() + shiftMs);
    const frame: TrueFrame = { ...missingFrame, stepBegunMs: trueMs };
    truth.frames.push(frame);
    const note = (trueField: keyof TrueFrame, field: keyof FrameTimes | null): void => {
      frame[trueField] = trueMs;
      if (field) times[field] = workerNow() + shiftMs;
    };
    at(trueMs + between(0, 3), () => {
      note('inferenceBegunMs', 'inferenceBegunMs');
      at(trueMs + schedule.stepMs * between(0.5, 1.5), () => {
        note('inferenceEndedMs', 'inferenceEndedMs');
        at(trueMs + between(0, 4), () => {
          if (random() < readBackShare) note('readBackMs', 'readBackMs');
          at(trueMs + between(0, 12), () => {
            note('meshedMs', 'meshedMs');
            send(id, actionId, times, frame);
            at(trueMs + between(0, 2), step);
          });
        });
      });
    });
  };
  const send = (id: number, actionId: number, times: FrameTimes, frame: TrueFrame): void => {
    if (random() * 100 < schedule.dropPct) return;
    times.sentMs = workerNow() + shiftMs;
    const sentMs = trueMs;
    const holdMs = schedule.holdMs > 0 ? schedule.holdMs * between(0, 2) : 0;
    // A port keeps the order in which messages were posted.
    portFreeMs = Math.max(portFreeMs, trueMs + between(0.02, 6));
    onPage(portFreeMs, () => {
      const reachedMs = trueMs;
      const arrived = (): void => void Object.assign(frame, { sentMs: sentMs + (trueMs - reachedMs), receivedMs: trueMs });
      heldBack.add({ id, actionId, times, arrived }, holdMs);
    });
  };

  // Page: what `WorldClient` and `Visit` do with a frame.
  type Arriving = { id: number; actionId: number; times: FrameTimes; arrived: () => void };
  let newest = 0;
  let waiting: Arriving | null = null;
  const heldBack = new HeldBack<Arriving>(
    (frame, heldMs) => {
      frame.arrived();
      frame.times.sentMs += heldMs;
      if (frame.id < newest) return;
      newest = frame.id;
      recorder.tracker.received(frame.id, windowNow());
      waiting = frame;
    },
    {
      now: windowNow,
      set: (run, ms) => {
        const timer = { isOff: false };
        onPage(trueMs + ms + between(0, 3), () => (timer.isOff ? undefined : run()));
        return timer;
      },
      clear: (timer) => void ((timer as { isOff: boolean }).isOff = true),
    },
  );

  const worldFromHead = createPose();
  let lastEventMs = 0;
  const beginDisplay = (): void => {
    isBusy = true;
    const nowMs = windowNow();
    const display: TrueDisplay = { atMs: trueMs, uploadedMs: Number.NaN, drawnMs: Number.NaN, seenMs: Number.NaN, isLate: false };
    truth.displays.push(display);
    const ahead = between(0.3, 2.5) * periodMs;
    const isTold = random() < 0.5;
    const wrong = [undefined, 0, Number.NaN, nowMs, nowMs - 5, nowMs + 9000, 1.7e12];
    const predicted = isTold ? nowMs + ahead : wrong[Math.floor(random() * wrong.length)];
    const expectedMs = trueMs + (isTold ? ahead : periodMs);
    recorder.begin(nowMs, predicted, periodMs);
    recorder.head(worldFromHead, true);
    const done: TrueAction = { sampledMs: trueMs, predictedMs: Number.NaN, postedMs: Number.NaN };
    truth.actions.push(done);
    let predictedNow = Number.NaN;
    const predict = (): void => {
      done.predictedMs = trueMs;
      predictedNow = windowNow();
      at(trueMs + between(0, 0.3), post);
    };
    const post = (): void => {
      action.id++;
      done.postedMs = trueMs;
      if (shared) shared.writer.post(encodeAction(action, values));
      else messages.accept(encodeAction(action, values).slice());
      recorder.tracker.actions.add(action.id, lastEventMs, nowMs, predictedNow, windowNow());
      const begunMs = windowNow();
      at(trueMs + (waiting ? between(0, 5) : 0), () => upload(begunMs));
    };
    const upload = (begunMs: number): void => {
      const frame = waiting && { ...waiting, worldFromCamera: worldFromHead };
      waiting = null;
      if (frame) {
        display.uploadedMs = trueMs;
        recorder.uploaded(frame, windowNow(), windowNow() - begunMs);
      }
      recorder.shows(frame, frame !== null, worldFromHead, true, true);
      let drawnMs = trueMs + between(0, 1.6) * periodMs;
      // On the very edge of a period, rounded clocks may say either side of it, and both would be right.
      const late = (drawnMs - expectedMs) / periodMs;
      if (Math.abs(late - Math.round(late)) * periodMs < 0.5) drawnMs += 1;
      at(drawnMs, draw);
    };
    const draw = (): void => {
      display.drawnMs = trueMs;
      display.seenMs = expectedMs + Math.max(0, Math.ceil((trueMs - expectedMs) / periodMs)) * periodMs;
      display.isLate = trueMs > expectedMs;
      recorder.end(windowNow());
      pageIsFree();
    };
    at(trueMs + between(0, 0.8), predict);
  };

  at(trueMs, step);
  let vsyncMs = trueMs + 5;
  for (let k = 0; k < schedule.displayFrames; k++) {
    if (random() * 100 < schedule.eventPct) {
      // An event is stamped when it happens, also when the main thread is busy.
      const pressMs = vsyncMs - between(0.1, 0.9) * periodMs;
      const stampMs = coarse(pressMs - windowOriginMs);
      truth.events.push(pressMs);
      onPage(pressMs, () => (lastEventMs = Math.max(lastEventMs, stampMs)), waitingInput);
    }
    onPage(vsyncMs, beginDisplay);
    vsyncMs += periodMs * (random() < 0.1 ? 1 + Math.ceil(random() * 4) : 1);
  }

  while (queue.length > 0) {
    let next = 0;
    for (let k = 1; k < queue.length; k++) if (queue[k]!.atMs < queue[next]!.atMs) next = k;
    const [due] = queue.splice(next, 1);
    trueMs = due!.atMs;
    if (trueMs > vsyncMs + 200) break;
    due!.run();
  }
  return { log, truth };
}

const missingFrame: TrueFrame = {
  stepBegunMs: Number.NaN,
  inferenceBegunMs: Number.NaN,
  inferenceEndedMs: Number.NaN,
  readBackMs: Number.NaN,
  meshedMs: Number.NaN,
  sentMs: Number.NaN,
  receivedMs: Number.NaN,
};
