import { wishedTurnRadPerS, wishedVelocity } from '../action/controls-to-action';
import type { Pose } from '../math/types';
import type { Controls } from './controls';
import { createRig, headHeadingRad, headX, headZ, pitchPage, turnAboutHead, type Rig } from './rig';

/** Where a person may walk. All in world metres. */
export interface Collider {
  /** Walks a circle of `radiusM` from one floor point towards another; writes where it comes to rest into `out`. */
  slide(fromX: number, fromZ: number, toX: number, toZ: number, radiusM: number, out: { x: number; z: number }): void;
  /** Height of the ground, y. Not finite: unknown. */
  groundHeight(x: number, z: number): number;
  /**
   * Distance from the axis of a body that stands here to the nearest thing that stops it, at most a little more than
   * `radiusM`; negative: the axis is inside of it.
   */
  clearance(x: number, z: number, feetY: number, radiusM: number): number;
  /** Distance from a point in the air to the nearest thing other than the ground, at most `withinM`; negative inside. */
  distance(x: number, y: number, z: number, withinM: number): number;
}

export type LocomotionSettings = {
  walkSpeedMps: number;
  /** What the headset's turning stick does. */
  turn: 'snap' | 'smooth';
  /** Walls stop the visitor; without, only the ground carries them. */
  collides: boolean;
};

export const snapTurnRad = Math.PI / 6;
/** The body of a visitor as a circle on the floor. */
export const bodyRadiusM = 0.25;
/** 93 % of the wanted speed after 80 ms: crisp, but not a jerk. */
const accelerationTimeS = 0.03;
/** A step up or down takes about a quarter of a second. */
const stepTimeS = 0.09;
/** No longer leap over a wall in one piece, even after a frame that came late. */
const longestSlideM = 0.2;
/** A page that slept does not walk on for all that time when it wakes. */
const longestFrameS = 0.25;

/** Moves the rig at once, at display rate, whatever the model does. Allocates nothing after its creation. */
export interface Locomotion {
  readonly rig: Rig;
  /** Speed over the floor in the last frame, m/s; for the vignette. */
  readonly speedMps: number;
  /** Smooth turn of the last frame, rad/s; snap turns are not in it. */
  readonly turnRadPerS: number;
  /**
   * One display frame.
   * @param rigFromHead the head's pose of this frame, on the rig's floor.
   * @param collider null where the world cannot say where one may walk: then one flies through everything.
   */
  update(
    controls: Controls,
    rigFromHead: Pose,
    dtS: number,
    settings: LocomotionSettings,
    collider: Collider | null,
  ): void;
  /** Stands still, e.g. after the rig was placed elsewhere. */
  stop(): void;
}

export function createLocomotion(rig: Rig = createRig()): Locomotion {
  const wish: [number, number, number] = [0, 0, 0];
  const rest = { x: 0, z: 0 };
  /** Velocity in the world, m/s. */
  let vx = 0;
  let vy = 0;
  let vz = 0;
  let speedMps = 0;
  let turnRadPerS = 0;

  function turn(controls: Controls, rigFromHead: Pose, dtS: number, mode: 'snap' | 'smooth'): void {
    turnRadPerS = wishedTurnRadPerS(controls, mode);
    const snap = mode === 'snap' ? controls.snapTurn * snapTurnRad : 0;
    const angleRad = turnRadPerS * dtS + controls.lookYawRad + snap;
    if (angleRad !== 0) turnAboutHead(rig, rigFromHead, angleRad);
    pitchPage(rig, controls.lookPitchRad);
  }

  function walk(
    controls: Controls,
    rigFromHead: Pose,
    dtS: number,
    settings: LocomotionSettings,
    collider: Collider | null,
  ): void {
    wishedVelocity(controls, settings.walkSpeedMps, wish);
    const headingRad = headHeadingRad(rig, rigFromHead);
    const sine = Math.sin(headingRad);
    const cosine = Math.cos(headingRad);
    const wantedX = cosine * wish[0] + sine * wish[2];
    const wantedZ = -sine * wish[0] + cosine * wish[2];
    // Where nobody knows the floor, rising and sinking is the only way to find one's height.
    const wantedY = collider ? 0 : wish[1];
    // Exact for a wish that holds through the frame, so that the way does not depend on the frame rate.
    const keep = Math.exp(-dtS / accelerationTimeS);
    const lagS = accelerationTimeS * (1 - keep);
    const stepX = wantedX * dtS + (vx - wantedX) * lagS;
    const stepY = wantedY * dtS + (vy - wantedY) * lagS;
    const stepZ = wantedZ * dtS + (vz - wantedZ) * lagS;
    vx = wantedX + (vx - wantedX) * keep;
    vy = wantedY + (vy - wantedY) * keep;
    vz = wantedZ + (vz - wantedZ) * keep;
    rig.y += stepY;
    moveOverFloor(rigFromHead, stepX, stepZ, dtS, settings.collides ? collider : null);
  }

  function moveOverFloor(
    rigFromHead: Pose,
    stepX: number,
    stepZ: number,
    dtS: number,
    collider: Collider | null,
  ): void {
    const lengthM = Math.hypot(stepX, stepZ);
    speedMps = lengthM / dtS;
    if (lengthM < 1e-6) return;
    if (!collider) {
      rig.x += stepX;
      rig.z += stepZ;
      return;
    }
    const startX = headX(rig, rigFromHead);
    const startZ = headZ(rig, rigFromHead);
    if (collider.clearance(startX, startZ, rig.y, bodyRadiusM) < 0) {
      // Inside of a wall, because one walked into it in the real room, or because walls count again: walls that hold one
      // there would never let go.
      rig.x += stepX;
      rig.z += stepZ;
      return;
    }
    rest.x = startX;
    rest.z = startZ;
    const pieces = Math.ceil(lengthM / longestSlideM);
    for (let i = 0; i < pieces; i++) {
      const fromX = rest.x;
      const fromZ = rest.z;
      collider.slide(fromX, fromZ, fromX + stepX / pieces, fromZ + stepZ / pieces, bodyRadiusM, rest);
    }
    const movedX = rest.x - startX;
    const movedZ = rest.z - startZ;
    rig.x += movedX;
    rig.z += movedZ;
    speedMps = Math.hypot(movedX, movedZ) / dtS;
    if (Math.hypot(movedX - stepX, movedZ - stepZ) < 1e-4) return;
    // A wall took the rest: do not store speed against it.
    vx = movedX / dtS;
    vz = movedZ / dtS;
  }

  function standOnGround(rigFromHead: Pose, dtS: number, collider: Collider): void {
    const ground = collider.groundHeight(headX(rig, rigFromHead), headZ(rig, rigFromHead));
    if (!Number.isFinite(ground)) return;
    rig.y = ground + (rig.y - ground) * Math.exp(-dtS / stepTimeS);
  }

  return {
    rig,
    get speedMps() {
      return speedMps;
    },
    get turnRadPerS() {
      return turnRadPerS;
    },
    update(controls, rigFromHead, dtS, settings, collider) {
      const frameS = Math.min(dtS, longestFrameS);
      turn(controls, rigFromHead, Math.max(frameS, 0), settings.turn);
      if (!(frameS > 0)) return;
      walk(controls, rigFromHead, frameS, settings, collider);
      if (collider) standOnGround(rigFromHead, frameS, collider);
    },
    stop() {
      vx = 0;
      vy = 0;
      vz = 0;
      speedMps = 0;
      turnRadPerS = 0;
    },
  };
}
