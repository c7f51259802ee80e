import { createPose, invertRigid, multiplyPose, scaleOf } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { HandState } from '../../xr/hand-state';
import type { PhysicsWorld } from '../../physics/physics-world';
import { poseOfBody, type ShownBodies } from './body-pose';
import { handThingRadiusM, type ThingShape } from './thing-size';
import { worldSpin, worldVelocity } from './throwing';

/** The part of the physics that hands need. */
export type GraspedWorld = ShownBodies & Pick<PhysicsWorld, 'add' | 'hold' | 'release' | 'nearest' | 'rayNearest'>;

/** What a hand did; for sounds. */
export type GraspEvent = 'grab' | 'throw' | 'drop';
export type OnGrasp = (what: GraspEvent, id: number, worldFromBody: Pose, speedMps: number) => void;

/** Within this of the hand a thing is grabbed, and along the ray up to that far it comes to the hand, metres of the room. */
const reachM = 0.15;
const farReachM = 3;
/** A thing that comes from afar is in the hand after about three times this, seconds. */
const comeS = 0.08;
/** Where a thing lies before a controller's grip and a bare hand's, and before a gaze ray's origin, metres along the aim. */
const aheadM = { controller: 0.07, hand: 0.04, pinch: 0.4 } as const;
/** Slower hands let fall, metres a second of the room. */
const throwFromMps = 0.35;
/** A pinch of which only the ray is known: from this on it was a flick, and throws so fast (of the room). */
const flickFromMps = 0.5;
const flickFromRadPerS = 1.2;
const flickMps = 5;

let grasps = 0;
const still = new Float32Array(3);
const velocity = new Float32Array(3);
const spin = new Float32Array(3);
const roomVelocity = new Float32Array(3);
const origin = new Float32Array(3);
const direction = new Float32Array(3);
const pose = createPose();
const handFromWorld = createPose();

/** What one hand holds. Allocates nothing per frame. */
export class HandGrasp {
  heldId: number | null = null;
  /** Of all grasps of both hands, which one this was. */
  graspedAt = 0;
  /** What ends it. */
  private by: 'press' | 'grip' = 'press';
  private readonly handFromBody = createPose();

  constructor(private readonly onGrasp: OnGrasp) {}

  /** Before anyone else may have the press: a press at a thing grabs it; a hand that holds something presses nothing else. */
  claim(hand: HandState, world: GraspedWorld, worldFromRoom: Pose): void {
    if (!hand.kind || !hand.pressBegan || hand.claim !== null) return;
    if (this.heldId === null) {
      const id = this.near(hand, world, scaleOf(worldFromRoom));
      if (id === null) return;
      this.grab(id, 'press', hand, world);
    }
    hand.claim = 'objects';
  }

  /** After menu and teleport. @param makes what an unclaimed press makes; null: nothing @returns the new body, if any */
  update(hand: HandState, world: GraspedWorld, worldFromRoom: Pose, makes: ThingShape | null, dtS: number): number | null {
    const scale = scaleOf(worldFromRoom);
    let made: number | null = null;
    if (hand.kind && this.heldId === null) {
      if (hand.gripBegan) {
        const id = this.near(hand, world, scale) ?? this.pointedAt(hand, world, scale);
        if (id !== null) this.grab(id, 'grip', hand, world);
      }
      if (makes && this.heldId === null && hand.pressBegan && hand.claim === null) {
        hand.claim = 'objects';
        made = this.make(makes, hand, world, scale);
      }
    }
    if (this.heldId === null) return made;
    if (!hand.kind || this.isLetGo(hand)) this.letGo(hand, world, worldFromRoom);
    else this.carry(hand, world, scale, dtS);
    return made;
  }

  /** The things are gone, or the hand is. */
  forget(): void {
    this.heldId = null;
  }

  private isLetGo(hand: HandState): boolean {
    return this.by === 'grip' ? !hand.isGripping : !hand.isPressed;
  }

  private near(hand: HandState, world: GraspedWorld, scale: number): number | null {
    if (hand.kind === 'pinch') return this.pointedAt(hand, world, scale);
    const at = holder(hand);
    return world.nearest(at[12]!, at[13]!, at[14]!, reachM * scale);
  }

  private pointedAt(hand: HandState, world: GraspedWorld, scale: number): number | null {
    const aim = hand.worldFromAim;
    for (let k = 0; k < 3; k++) {
      origin[k] = aim[12 + k]!;
      direction[k] = -aim[8 + k]!;
    }
    return world.rayNearest(origin, direction, farReachM * scale)?.id ?? null;
  }

  private grab(id: number, by: 'press' | 'grip', hand: HandState, world: GraspedWorld): void {
    if (!poseOfBody(world, id, pose)) return;
    this.heldId = id;
    this.graspedAt = ++grasps;
    this.by = by;
    multiplyPose(this.handFromBody, invertRigid(handFromWorld, holder(hand)), pose);
    this.onGrasp('grab', id, pose, 0);
  }

  private make(shape: ThingShape, hand: HandState, world: GraspedWorld, scale: number): number {
    const radiusM = handThingRadiusM(shape, scale);
    this.by = 'press';
    this.handFromBody.set(identity);
    this.rest(hand, scale, 1);
    multiplyPose(pose, holder(hand), this.handFromBody);
    const id = world.add({ shape, radiusM, worldFromBody: pose, velocityMps: still, angularRadPerS: still });
    this.heldId = id;
    this.graspedAt = ++grasps;
    world.hold(id, pose);
    return id;
  }

  private carry(hand: HandState, world: GraspedWorld, scale: number, dtS: number): void {
    const id = this.heldId!;
    this.rest(hand, scale, 1 - Math.exp(-dtS / comeS));
    multiplyPose(pose, holder(hand), this.handFromBody);
    world.hold(id, pose);
  }

  /** Moves the thing a share of the way to where it lies in the hand. */
  private rest({ kind }: HandState, scale: number, share: number): void {
    const m = this.handFromBody;
    m[12]! -= m[12]! * share;
    m[13]! -= m[13]! * share;
    m[14]! += (-aheadM[kind ?? 'hand'] * scale - m[14]!) * share;
  }

  private letGo(hand: HandState, world: GraspedWorld, worldFromRoom: Pose): void {
    const id = this.heldId!;
    this.heldId = null;
    if (!hand.kind || hand.wasLost) {
      // Nobody let go: it falls where it was.
      world.release(id, still, still);
      return;
    }
    const isThrow = hand.kind === 'pinch' ? this.flick(hand) : this.swing(hand);
    if (isThrow) {
      worldVelocity(worldFromRoom, roomVelocity, velocity);
      worldSpin(worldFromRoom, hand.angularRadPerS, spin);
    } else {
      velocity.fill(0);
      spin.fill(0);
    }
    world.release(id, velocity, spin);
    const speedMps = Math.hypot(velocity[0]!, velocity[1]!, velocity[2]!);
    if (poseOfBody(world, id, pose)) this.onGrasp(isThrow ? 'throw' : 'drop', id, pose, speedMps);
  }

  /** The hand's own velocity. */
  private swing({ velocityMps }: HandState): boolean {
    roomVelocity.set(velocityMps);
    return Math.hypot(velocityMps[0]!, velocityMps[1]!, velocityMps[2]!) > throwFromMps;
  }

  /** Of the hand only the ray is known: a flick sends the thing along it. */
  private flick({ roomFromAim, velocityMps, angularRadPerS }: HandState): boolean {
    for (let k = 0; k < 3; k++) roomVelocity[k] = -roomFromAim[8 + k]! * flickMps;
    return (
      Math.hypot(velocityMps[0]!, velocityMps[1]!, velocityMps[2]!) > flickFromMps ||
      Math.hypot(angularRadPerS[0]!, angularRadPerS[1]!, angularRadPerS[2]!) > flickFromRadPerS
    );
  }
}

const identity = createPose();
const held = createPose();

/** Where a hand holds things, and how its aim turns them: -Z runs along the ray, rigid. */
function holder({ kind, worldFromGrip, worldFromAim }: HandState): Pose {
  held.set(worldFromAim);
  if (kind === 'pinch') return held;
  held[12] = worldFromGrip[12]!;
  held[13] = worldFromGrip[13]!;
  held[14] = worldFromGrip[14]!;
  return held;
}
