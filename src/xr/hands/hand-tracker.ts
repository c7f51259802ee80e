import { isBelievable } from '../../latency/display-time';
import { multiplyPose, withoutScale } from '../../math/pose';
import type { Pose } from '../../math/types';
import { createHands, type Hands, type HandState } from '../hand-state';
import { GripVelocity } from './grip-velocity';
import { JointReader } from './hand-joints';
import { readHandPoses } from './hand-poses';
import { chooseInputs, createInputs, isTransient, type SideInputs } from './input-choice';
import { PalmGesture, palmFacesHead } from './palm-gesture';
import { isPressedNow, pinchOf } from './press';
import { SelectEvents } from './select-events';

/** Tracking that is lost for a moment loses nothing that is held, seconds. */
const graceS = 0.15;
/** With the palm turned this much to the face a pinch is the headset's own gesture (its menu), and none of ours. */
const ownGestureCos = 0.6;

/** Times of a display frame. */
export type FrameTimes = { atMs: number; dtS: number; predictedDisplayMs: number | undefined };

/** What one display frame of a session knows. */
type HandSample = {
  frame: XRFrame;
  roomSpace: XRReferenceSpace;
  roomFromHead: Pose;
  /** For when the poses are. */
  poseMs: number;
  dtS: number;
};

/** What is remembered of one hand. */
type Memory = {
  source: XRInputSource | null;
  missingS: number;
  readonly joints: JointReader;
  readonly velocity: GripVelocity;
  readonly palm: PalmGesture;
};

/**
 * Fills the visitor's two hands from whatever the session has: controllers, bare hands, gaze-and-pinch. Inputs come and
 * go at any time. Allocates nothing per frame.
 */
export class HandTracker {
  /** The inputs that speak for the hands in this frame. */
  readonly inputs = createInputs();
  /** Null without a session. */
  session: XRSession | null = null;
  private now: HandSample | null = null;
  private readonly events = new SelectEvents();
  private readonly memories: readonly [Memory, Memory];
  /** The system sees pinches itself, and says so by inputs that come and go (Vision Pro). */
  private systemPinches = false;

  constructor(readonly hands: Hands = createHands()) {
    const memory = ({ velocityMps, angularRadPerS }: HandState): Memory => ({
      source: null,
      missingS: 0,
      joints: new JointReader(),
      velocity: new GripVelocity(velocityMps, angularRadPerS),
      palm: new PalmGesture(),
    });
    this.memories = [memory(hands.left), memory(hands.right)];
  }

  /**
   * At the begin of a display frame of a session.
   * @param roomSpace the tracked room (local-floor)
   * @param dominant the hand that an input counts as that does not say whose it is
   */
  sample(
    session: XRSession,
    frame: XRFrame,
    roomSpace: XRReferenceSpace,
    times: FrameTimes,
    roomFromHead: Pose,
    dominant: 'left' | 'right',
  ): void {
    if (session !== this.session) this.systemPinches = false;
    this.session = session;
    this.events.listen(session);
    chooseInputs(session.inputSources, dominant, this.inputs);
    const now = this.now ?? (this.now = { frame, roomSpace, roomFromHead, poseMs: 0, dtS: 0 });
    now.frame = frame;
    now.roomSpace = roomSpace;
    now.roomFromHead = roomFromHead;
    now.poseMs = isBelievable(times.predictedDisplayMs, times.atMs) ? times.predictedDisplayMs : times.atMs;
    now.dtS = times.dtS;
    for (let i = 0; i < 2; i++) {
      const hand = this.hands.all[i]!;
      this.update(hand, this.memories[i]!, this.inputs[hand.side], now);
    }
    this.events.settle();
  }

  /** In the frames without a session: there are no hands, and what they held is let go of. */
  clear(): void {
    if (!this.session && !this.hands.left.kind && !this.hands.right.kind) return;
    this.session = null;
    this.events.listen(null);
    for (let i = 0; i < 2; i++) {
      const hand = this.hands.all[i]!;
      this.inputs[hand.side].source = this.inputs[hand.side].withJoints = null;
      beginFrame(hand);
      this.lose(hand, this.memories[i]!, true);
      hand.joints.isTracked = hand.palmOpen = false;
    }
  }

  /** Once it is known how the room stands in the world in this frame. */
  place(worldFromRoom: Pose): void {
    for (let i = 0; i < 2; i++) {
      const hand = this.hands.all[i]!;
      if (!hand.kind) continue;
      withoutScale(multiplyPose(hand.worldFromGrip, worldFromRoom, hand.roomFromGrip));
      withoutScale(multiplyPose(hand.worldFromAim, worldFromRoom, hand.roomFromAim));
    }
  }

  private update(hand: HandState, memory: Memory, { source, withJoints }: SideInputs, sample: HandSample): void {
    beginFrame(hand);
    memory.joints.read(sample.frame, withJoints?.hand ?? null, sample.roomSpace, hand.joints);
    if (source && isTransient(source)) this.systemPinches = true;
    this.noticePalm(hand, memory, sample);
    if (source !== memory.source) {
      // Another input takes over only once the one that pressed has let go.
      if (hand.isPressed || hand.isGripping) return this.lose(hand, memory, !isTransient(memory.source!));
      memory.velocity.clear();
      memory.missingS = 0;
      hand.kind = null;
      memory.source = source;
    }
    if (!source) return this.lose(hand, memory, true);
    const isSeen = readHandPoses(hand, source, sample.frame, sample.roomSpace, sample.roomFromHead);
    memory.missingS = isSeen ? 0 : memory.missingS + sample.dtS;
    if (!isSeen && (!hand.kind || memory.missingS > graceS)) return this.lose(hand, memory, true);
    hand.kind = kindOf(source);
    if (isSeen) memory.velocity.push(sample.poseMs, hand.roomFromGrip);
    // Buttons are known without tracking; fingers that nobody sees hold what they held.
    if (isSeen || hand.kind !== 'hand') this.press(hand, source, sample.roomFromHead);
  }

  private press(hand: HandState, source: XRInputSource, roomFromHead: Pose): void {
    const { gamepad } = source;
    const kind = hand.kind === 'controller' ? 'trigger' : 'pinch';
    // Events say only that something is pressed; where there is a gamepad, it says how far.
    const fromRuntime = gamepad?.buttons[0]?.value ?? (isTransient(source) || this.events.isSelecting(source) ? 1 : 0);
    hand.press = hand.kind === 'hand' ? Math.max(fromRuntime, this.seenPinch(hand, roomFromHead)) : fromRuntime;
    const isPressed = isPressedNow(kind, hand.isPressed, hand.press);
    hand.pressBegan = isPressed && !hand.isPressed;
    hand.pressEnded = !isPressed && hand.isPressed;
    hand.isPressed = isPressed;
    const grip = gamepad ? (gamepad.buttons[1]?.value ?? 0) : this.events.isSqueezing(source) ? 1 : 0;
    const isGripping = hand.kind === 'controller' && isPressedNow('trigger', hand.isGripping, grip);
    hand.gripBegan = isGripping && !hand.isGripping;
    hand.gripEnded = !isGripping && hand.isGripping;
    hand.isGripping = isGripping;
  }

  /** How far the fingers are pinched, where it is on us to see it. */
  private seenPinch(hand: HandState, roomFromHead: Pose): number {
    if (!hand.joints.isTracked || this.systemPinches) return 0;
    if (!hand.isPressed && palmFacesHead(hand.joints, roomFromHead) > ownGestureCos) return 0;
    return pinchOf(hand.joints);
  }

  private noticePalm(hand: HandState, memory: Memory, { roomFromHead, dtS }: HandSample): void {
    const wasOpen = hand.palmOpen;
    const pinch = hand.joints.isTracked ? pinchOf(hand.joints) : 0;
    hand.palmOpen = memory.palm.update(hand.joints, roomFromHead, pinch, dtS);
    hand.palmOpened = hand.palmOpen && !wasOpen;
  }

  /** The input is gone: what was pressed ends in this frame, and the hand itself in the next. */
  private lose(hand: HandState, memory: Memory, wasLost: boolean): void {
    const wasBusy = hand.isPressed || hand.isGripping;
    hand.pressEnded = hand.isPressed;
    hand.gripEnded = hand.isGripping;
    hand.wasLost = wasBusy && wasLost;
    hand.isPressed = hand.isGripping = false;
    hand.press = 0;
    memory.source = null;
    if (wasBusy) return;
    hand.kind = null;
    memory.missingS = 0;
    memory.velocity.clear();
  }
}

function beginFrame(hand: HandState): void {
  if (!hand.isPressed) hand.claim = null;
  hand.pressBegan = hand.pressEnded = hand.gripBegan = hand.gripEnded = hand.wasLost = hand.palmOpened = false;
}

function kindOf(source: XRInputSource): HandState['kind'] {
  if (isTransient(source) || source.targetRayMode === 'gaze') return 'pinch';
  return source.hand ? 'hand' : 'controller';
}
