import type { Action } from '../action/action';
import { actionLength, createAction, encodeAction } from '../action/action-codec';
import { fillAction, type ActionSample, type Wishes } from '../action/controls-to-action';
import type { ActionWriter } from '../action/mailbox';
import { clearPoses, createPoseHistory, predictPose, pushPose } from '../action/predict';
import type { ActionRing } from '../latency/action-ring';
import { createPose } from '../math/pose';
import type { Pose } from '../math/types';
import type { DisplayFrame } from './display-frame';
import type { Options } from './options';

/** Turns every display frame into one action for the worker. Allocates nothing per frame. */
export class VisitActions {
  /** The newest one, filled anew each display frame. */
  readonly action: Action = createAction();
  /** Where they go; null without a worker. */
  writer: ActionWriter | null = null;
  private readonly history = createPoseHistory();
  private readonly values = new Float64Array(actionLength);
  private readonly predicted = createPose();
  private readonly sample: ActionSample;

  /** @param worldFromPainter where the model paints from; it and the others are read each frame, never written */
  constructor(
    wishes: Wishes,
    worldFromRoom: Pose,
    private readonly worldFromPainter: Pose,
    private readonly log: ActionRing,
  ) {
    this.sample = { wishes, worldFromRoom, worldFromHead: worldFromPainter, nowMs: 0, dtS: 0, walkSpeedMps: 0, turn: 'snap' };
  }

  /** The person was put somewhere else: what they did before says nothing about what comes. */
  forgetMotion(): void {
    clearPoses(this.history);
  }

  /** @param leadMs from now to when a step that begins now will be seen */
  act(frame: DisplayFrame, options: Options, leadMs: number): void {
    const { sample, action } = this;
    sample.nowMs = frame.atMs;
    sample.dtS = frame.dtS;
    sample.walkSpeedMps = options.walkSpeed;
    sample.turn = options.turn;
    fillAction(action, sample);
    pushPose(this.history, frame.atMs, this.worldFromPainter);
    if (options.prediction) {
      // The samples are here, at display rate, so the prediction is too.
      predictPose(this.history, frame.atMs + leadMs, this.predicted);
      action.worldFromPredictedHead.set(this.predicted);
    }
    const predictedMs = performance.now();
    this.writer?.post(encodeAction(action, this.values));
    this.log.add(action.id, sample.wishes.lastEventMs, frame.atMs, predictedMs, performance.now());
  }
}
