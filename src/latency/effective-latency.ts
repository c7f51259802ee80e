import type { Pose } from '../math/types';
import type { DisplayLog } from './display-log';
import type { PoseLog } from './pose-log';
import { overshootRad } from './prediction-error';
import { angleOf, distanceOf, sampleLength, writeSample } from './rotation';

/** Slower heads give a quotient of two small numbers (research, chapter 3). */
const leastDegPerS = 20;
const leastMps = 0.1;
/** The head's speed is the mean over this much either way: single samples tremble. */
const speedWindowMs = 20;
/** Display frames that wait for the head poses of their display time: at most 250 ms, and whole missed periods. */
const waitingRows = 128;

const deg = 180 / Math.PI;

/**
 * Motion-to-photon as the eye would have it, found afterwards: the pose from which a display frame was drawn is held
 * against where the head was, by poses reported later, when that frame was expected to be seen. The angle between the two
 * over the head's speed is the effective latency (e / omega, research chapter 3), and the same with metres for
 * translation. Beside it, the same for the pose that the model painted for: the prediction's own error. The results go
 * into the rows of the display log. It is a quotient of local quantities: where the error is a large part of the whole
 * motion (a picture that is a second old), degrees tell more than milliseconds.
 *
 * A headset reports poses that are predicted already, so that there only what the page adds can be seen: late display
 * frames, and modes that do not follow the head. Pure; allocates nothing. Times are ms on the window's clock.
 */
export class EffectiveLatency {
  private readonly rows = new Float64Array(waitingRows);
  private readonly shown = new Float64Array(waitingRows * sampleLength);
  /** The model's pose of frames that are shown for the first time; `sampled` is NaN for all other rows. */
  private readonly painted = new Float64Array(waitingRows * sampleLength);
  private readonly sampledMs = new Float64Array(waitingRows);
  private begun = 0;
  private settled = 0;

  constructor(
    private readonly display: DisplayLog,
    private readonly poses: PoseLog,
  ) {}

  /**
   * @param row of the display log
   * @param turnedBy pose whose rotation the picture is drawn from: the head's, or the model frame's in mode `off`
   * @param movedBy pose whose position it is drawn from: the model frame's in modes without depth
   */
  shows(row: number, turnedBy: Pose, movedBy: Pose): void {
    const slot = this.begun++ % waitingRows;
    if (this.begun - this.settled > waitingRows) this.settled = this.begun - waitingRows;
    this.rows[slot] = row;
    this.sampledMs[slot] = Number.NaN;
    writeSample(this.shown, slot * sampleLength, turnedBy);
    for (let i = 0; i < 3; i++) this.shown[slot * sampleLength + i] = movedBy[12 + i]!;
  }

  /** In the display frame of the last `shows`, a model frame is on the screen for the first time. */
  showsFirst(worldFromCamera: Pose, sampledMs: number): void {
    const slot = (this.begun - 1) % waitingRows;
    this.sampledMs[slot] = sampledMs;
    writeSample(this.painted, slot * sampleLength, worldFromCamera);
  }

  /**
   * Works out every row whose display time lies far enough in the past. Call it when a display frame begins, after its head
   * pose was pushed.
   */
  settle(): void {
    for (; this.settled < this.begun; this.settled++) {
      const slot = this.settled % waitingRows;
      const row = this.rows[slot]!;
      const seenMs = this.display.get(row, 'expectedDisplayMs');
      if (seenMs + speedWindowMs > this.poses.newestMs) return;
      if (this.poses.at(seenMs, truth)) this.work(slot, row, seenMs);
    }
  }

  private work(slot: number, row: number, seenMs: number): void {
    const at = slot * sampleLength;
    const { display, poses } = this;
    const sampledMs = this.sampledMs[slot]!;
    if (poses.isSmooth(sampledMs, seenMs) && poses.at(sampledMs, now)) {
      for (let i = 0; i < sampleLength; i++) guess[i] = this.painted[at + i]!;
      display.set(row, 'predictionErrorDeg', angleOf(guess, 0, truth, 0) * deg);
      display.set(row, 'predictionErrorM', distanceOf(guess, 0, truth, 0));
      const beforeMs = sampledMs - speedWindowMs;
      const isKnown = poses.isSmooth(beforeMs, sampledMs) && poses.at(beforeMs, earlier);
      if (isKnown) display.set(row, 'overPredictionDeg', overshootRad(earlier, now, guess, truth) * deg);
    }
    if (!poses.isSmooth(seenMs - speedWindowMs, seenMs + speedWindowMs)) return;
    if (!poses.at(seenMs - speedWindowMs, earlier) || !poses.at(seenMs + speedWindowMs, later)) return;
    const degPerS = (angleOf(earlier, 0, later, 0) * deg * 1000) / (2 * speedWindowMs);
    if (degPerS > leastDegPerS) {
      const errorDeg = angleOf(this.shown, at, truth, 0) * deg;
      display.set(row, 'rotationErrorDeg', errorDeg);
      display.set(row, 'rotationEffectiveMs', (errorDeg / degPerS) * 1000);
    }
    const mps = (distanceOf(earlier, 0, later, 0) * 1000) / (2 * speedWindowMs);
    if (mps > leastMps) {
      const errorM = distanceOf(this.shown, at, truth, 0);
      display.set(row, 'positionErrorM', errorM);
      display.set(row, 'translationEffectiveMs', (errorM / mps) * 1000);
    }
  }
}

const truth = new Float64Array(sampleLength);
const earlier = new Float64Array(sampleLength);
const later = new Float64Array(sampleLength);
const now = new Float64Array(sampleLength);
const guess = new Float64Array(sampleLength);
