import { createRayPointer, type Pointer } from '@pmndrs/pointer-events';
import { Object3D, type PerspectiveCamera, type Vector3 } from 'three';
import { createPose } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { HandState } from '../../xr/hand-state';

/** While a press lasts, the ray stays on what it has hit until the hand has turned or moved it by this much. */
const steadyRad = 0.05;
const steadyM = 0.03;

/** What {@link MenuPointer} tells the library of its events. */
type NativeEvent = { timeStamp: number; button: number };

/**
 * One hand's ray over the menu: a controller's, a bare hand's or a pinch's, all by the same path. It claims the presses
 * that begin over the menu; where they end on the same item, that is a click.
 */
export class MenuPointer {
  /** Where the ray hits, in the world; null: it hits nothing here. */
  hit: Vector3 | null = null;
  isDown = false;
  /** Stands where the hand aims, in the tracked room. */
  readonly space = new Object3D();
  private readonly pointer: Pointer;
  private readonly event: NativeEvent = { timeStamp: 0, button: 0 };
  private readonly pressedFrom = createPose();
  private isSteady = false;
  private isOver = false;

  constructor(getCamera: () => PerspectiveCamera) {
    this.space.matrixAutoUpdate = false;
    // A press may last as long as it wants: a pinch by somebody who is careful takes seconds.
    this.pointer = createRayPointer(getCamera, { current: this.space }, {}, { clickThresholdMs: Number.POSITIVE_INFINITY });
  }

  /** Once a display frame. @param target holds everything that can be hit, and {@link space} */
  update(hand: HandState, target: Object3D, nowMs: number): void {
    this.event.timeStamp = nowMs;
    if (hand.pressEnded) this.release(hand);
    const isElsewhere = hand.claim !== null && hand.claim !== 'menu';
    if (hand.kind === null || isElsewhere) {
      this.leave();
      return;
    }
    if (this.isDown) this.unsteady(hand.roomFromAim);
    if (!this.isSteady) this.move(hand, target);
    if (hand.pressBegan && hand.claim === null && this.hit) this.press(hand);
  }

  /** Whether what is hit belongs to this. */
  isWithin(group: Object3D): boolean {
    let at: Object3D | null = this.hit ? (this.pointer.getIntersection()?.object ?? null) : null;
    while (at && at !== group) at = at.parent;
    return at !== null;
  }

  /** Nothing is hit any more: the menu has closed, or the hand is somewhere else. */
  leave(): void {
    if (this.isOver) this.pointer.exit(this.event);
    this.isOver = false;
    this.isDown = false;
    this.isSteady = false;
    this.hit = null;
  }

  private move(hand: HandState, target: Object3D): void {
    this.space.matrix.fromArray(hand.roomFromAim);
    this.pointer.move(target, this.event);
    this.isOver = true;
    const at = this.pointer.getIntersection();
    this.hit = at && !at.object.isVoidObject ? at.point : null;
  }

  private press(hand: HandState): void {
    hand.claim = 'menu';
    this.isDown = true;
    this.isSteady = true;
    this.pressedFrom.set(hand.roomFromAim);
    this.pointer.down(this.event);
  }

  private release({ wasLost, kind }: HandState): void {
    if (!this.isDown) return;
    this.isDown = false;
    this.isSteady = false;
    if (wasLost) this.pointer.cancel(this.event);
    else this.pointer.up(this.event);
    // Of a pinch only the press is known: there is no ray any more that could hover.
    if (kind === 'pinch') this.leave();
  }

  /** Fingers that close or open move the ray by themselves: only a hand that means it moves it on. */
  private unsteady(roomFromAim: Pose): void {
    const from = this.pressedFrom;
    const movedM = Math.hypot(roomFromAim[12]! - from[12]!, roomFromAim[13]! - from[13]!, roomFromAim[14]! - from[14]!);
    const cos = roomFromAim[8]! * from[8]! + roomFromAim[9]! * from[9]! + roomFromAim[10]! * from[10]!;
    if (movedM > steadyM || cos < Math.cos(steadyRad)) this.isSteady = false;
  }
}
