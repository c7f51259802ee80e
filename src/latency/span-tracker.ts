import type { FrameTimes } from '../world/contracts';
import { ActionRing, actionCapacity } from './action-ring';
import type { SpanLog } from './span-log';
import { moment, momentCount } from './stages';

/** Frames that came and were not shown yet; only the newest few can still be. */
const waitingFrames = 64;

/** What the tracker must know of a frame. */
export type TrackedFrame = { readonly id: number; readonly actionId: number; readonly times: FrameTimes };

/**
 * Joins frames with the actions they know of, and follows them to the screen: `actions.add` for each action, `received`
 * for each frame, `uploaded` and `displayed` for those that are shown. Frames that others overtake leave nothing behind.
 * Pure, and allocates nothing. Times are ms on the window's clock.
 */
export class SpanTracker {
  readonly actions = new ActionRing();
  /** When the head pose of the frame on the screen was sampled; NaN before the first, or when it is too long ago. */
  sampledMs = Number.NaN;
  private readonly receivedIds = new Float64Array(waitingFrames);
  private readonly receivedMs = new Float64Array(waitingFrames);
  private readonly moments = new Float64Array(momentCount);
  /** The newest action that any shown frame knew of. */
  private shownAction = 0;
  private frameId = Number.NaN;
  private actionId = 0;
  private uploadMs = Number.NaN;

  constructor(private readonly log: SpanLog) {}

  /** The page took the frame out of the port. */
  received(frameId: number, atMs: number): void {
    this.receivedIds[frameId % waitingFrames] = frameId;
    this.receivedMs[frameId % waitingFrames] = atMs;
  }

  /** Inputs before this action have no effect that could be seen: the person was put somewhere else. */
  forgetInputsBefore(actionId: number): void {
    this.shownAction = Math.max(this.shownAction, actionId - 1);
  }

  /** The frame is uploaded, in the display frame that shows it first. @param uploadMs how long that took */
  uploaded(frame: TrackedFrame, atMs: number, uploadMs: number): void {
    const { moments } = this;
    const { times } = frame;
    const slot = frame.id % waitingFrames;
    this.actions.read(frame.actionId, moments);
    moments[moment.stepBegun] = told(times.stepBegunMs);
    moments[moment.inferenceBegun] = told(times.inferenceBegunMs);
    moments[moment.inferenceEnded] = told(times.inferenceEndedMs);
    moments[moment.readBack] = told(times.readBackMs);
    moments[moment.meshed] = told(times.meshedMs);
    moments[moment.sent] = told(times.sentMs);
    moments[moment.received] = this.receivedIds[slot] === frame.id ? this.receivedMs[slot]! : Number.NaN;
    moments[moment.uploaded] = atMs;
    this.frameId = frame.id;
    this.actionId = frame.actionId;
    this.uploadMs = uploadMs;
    this.sampledMs = moments[moment.sampled]!;
  }

  /** A display frame is drawn: what was uploaded in it has reached its end. @param expectedDisplayMs when it is seen */
  displayed(drawnMs: number, expectedDisplayMs: number): void {
    if (Number.isNaN(this.frameId)) return;
    const { moments, actions, frameId, actionId, uploadMs } = this;
    moments[moment.drawn] = drawnMs;
    moments[moment.expectedDisplay] = expectedDisplayMs;
    this.log.frames.add(frameId, actionId, moments, uploadMs);
    const oldest = Math.max(this.shownAction + 1, actionId - actionCapacity + 1);
    for (let id = oldest; id <= actionId; id++) {
      if (!actions.hasEvent(id)) continue;
      actions.read(id, moments);
      this.log.inputs.add(frameId, id, moments, uploadMs);
    }
    this.shownAction = Math.max(this.shownAction, actionId);
    this.frameId = Number.NaN;
  }
}

/** Times that a worker has not filled in are 0 or missing: never a moment. */
function told(ms: number | undefined): number {
  return ms !== undefined && Number.isFinite(ms) && ms !== 0 ? ms : Number.NaN;
}
