import { angleBetween, distanceBetween } from '../math/pose';
import type { Pose } from '../math/types';
import { expectedDisplayMs, isBelievable, seenMs } from './display-time';
import { EffectiveLatency } from './effective-latency';
import { MissedFrames } from './missed-frames';
import { PoseLog } from './pose-log';
import { SpanLog } from './span-log';
import { SpanTracker, type TrackedFrame } from './span-tracker';

const deg = 180 / Math.PI;
/** Until the display's period is known. */
const usualPeriodMs = 16;

/** The model frame on the screen, as far as latency is concerned. */
export type ShownFrame = TrackedFrame & { readonly worldFromCamera: Pose };

/**
 * Writes down every display frame of a visit: `begin`, `head`, then `tracker.actions.add` and `uploaded` as they happen,
 * `shows`, and `end` after the draw calls. Always on: it allocates nothing but one event for each gap of missed frames.
 * Times are ms on the window's clock.
 */
export class LatencyRecorder {
  readonly tracker: SpanTracker;
  /** Row of the display log that is being written. */
  row = -1;
  private readonly poses = new PoseLog();
  private readonly effective: EffectiveLatency;
  private readonly missed = new MissedFrames();
  private isOpen = false;
  private isPredicted = false;
  private atMs = Number.NaN;
  private displayMs = Number.NaN;
  private periodMs = usualPeriodMs;
  private followsTurn = true;
  private followsMove = true;

  constructor(readonly log = new SpanLog()) {
    this.tracker = new SpanTracker(log);
    this.effective = new EffectiveLatency(log.display, this.poses);
  }

  /**
   * A display frame begins.
   * @param predictedMs `XRFrame.predictedDisplayTime`, whatever it says
   * @param periodMs of the display, NaN while unknown
   * @param refreshMs the refresh that the frame was begun for, where the browser tells
   */
  begin(atMs: number, predictedMs: number | undefined, periodMs: number, refreshMs = atMs): void {
    // The frame before was never drawn: a page that is hidden, a context that was lost.
    if (this.isOpen) this.end(Number.NaN);
    this.isOpen = true;
    this.atMs = atMs;
    this.periodMs = periodMs > 0 ? periodMs : usualPeriodMs;
    this.isPredicted = isBelievable(predictedMs, atMs);
    this.displayMs = expectedDisplayMs(predictedMs, atMs, this.periodMs);
    const { display } = this.log;
    this.row = display.begin();
    display.set(this.row, 'atMs', atMs);
    display.set(this.row, 'expectedDisplayMs', this.displayMs);
    const missed = this.missed.frame(this.isPredicted ? this.displayMs : refreshMs, this.isPredicted, this.periodMs);
    display.set(this.row, 'missed', missed);
    if (missed > 0) this.log.event('missed', atMs, { frames: missed });
  }

  /**
   * Where the head is in this display frame.
   * @param isOfHeadset the runtime reports poses for the time that it predicts; those of a page are of now
   */
  head(worldFromHead: Pose, isOfHeadset: boolean): void {
    this.poses.push(isOfHeadset && this.isPredicted ? this.displayMs : this.atMs, worldFromHead);
    this.effective.settle();
  }

  /** A model frame was uploaded and is shown from this display frame on. @param uploadMs how long that took */
  uploaded(frame: ShownFrame, atMs: number, uploadMs: number): void {
    this.tracker.uploaded(frame, atMs, uploadMs);
  }

  /** Uploads of this display frame, of new and of older frames. */
  uploadedBytes(bytes: number, ms: number): void {
    this.log.display.set(this.row, 'uploadMs', ms);
    this.log.display.set(this.row, 'uploadBytes', bytes);
  }

  /**
   * What is drawn in this display frame, and how.
   * @param frame on the screen, null before the first
   * @param isFirst it was not there in the display frame before
   * @param followsTurn the picture is turned by the head of this display frame, else by the model frame's
   * @param followsMove the same for its position
   */
  shows(frame: ShownFrame | null, isFirst: boolean, worldFromHead: Pose, followsTurn: boolean, followsMove: boolean): void {
    if (!frame) return;
    this.followsTurn = followsTurn;
    this.followsMove = followsMove;
    const { display } = this.log;
    const { worldFromCamera } = frame;
    display.set(this.row, 'frameId', frame.id);
    display.set(this.row, 'poseGapDeg', angleBetween(worldFromCamera, worldFromHead) * deg);
    display.set(this.row, 'poseGapM', distanceBetween(worldFromCamera, worldFromHead));
    const turnedBy = followsTurn ? worldFromHead : worldFromCamera;
    this.effective.shows(this.row, turnedBy, followsMove ? worldFromHead : worldFromCamera);
    if (isFirst) this.effective.showsFirst(worldFromCamera, this.tracker.sampledMs);
  }

  /** The display frame's draw calls are done. @param atMs NaN when it was not drawn */
  end(atMs: number): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const { log, row, tracker } = this;
    const { display } = log;
    const lightMs = seenMs(this.displayMs, atMs, this.periodMs);
    display.set(row, 'expectedDisplayMs', lightMs);
    display.set(row, 'workMs', atMs - this.atMs);
    tracker.displayed(atMs, lightMs);
    if (Number.isNaN(display.get(row, 'frameId'))) return;
    const { sampledMs } = tracker;
    display.set(row, 'frameAgeMs', lightMs - sampledMs);
    display.set(row, 'mtpRotationMs', lightMs - (this.followsTurn ? this.atMs : sampledMs));
    display.set(row, 'mtpTranslationMs', lightMs - (this.followsMove ? this.atMs : sampledMs));
  }

  /** The head was put somewhere else, or another head took over. */
  jumped(): void {
    this.poses.clear();
  }

  /** Another display, or the same after a pause: the time since the last frame was no gap. */
  resetDisplay(): void {
    this.missed.reset();
    this.poses.clear();
  }
}
