import type { Pose } from '../../math/types';
import { bodyRadiusM, type Collider } from '../locomotion';
import type { HandKind } from '../hand-state';

/** The arc leaves the hand this fast, m/s: from the hip it reaches some seven metres. */
const launchMps = 7.5;
const gravityMps2 = 9.81;
/** No farther from the hand than this, over the floor, metres. Farther targets tremble with the hand. */
export const reachM = 7.8;
/** Length of the pieces of the arc, metres; twice {@link thinM} at most, so that nothing slips through between two. */
const pieceM = 0.12;
const thinM = 0.06;
/** Where the arc comes this close to a floor it lands on it, rather than to bump into the edge of the step. */
const landingM = 0.15;
const maxPoints = 128;
/** A target too close to a wall moves away from it, so far at most, metres. */
const nudgeM = 0.35;
const nudgeRounds = 4;

/** Where one may land. All in world metres. */
export type Landing = {
  /** Null: nobody knows the ground, and the floor is a plane. */
  collider: Collider | null;
  /** Walls are in the way, of the arc and of the body that lands. */
  hasWalls: boolean;
  /** Height of the floor where no collider knows it. */
  floorY: number;
};

/**
 * Where a teleport leads. A hand throws a ballistic arc, whose far end is easier to place than that of a straight ray; the
 * ray of a gaze-and-pinch is straight, since it begins at the eyes and ends where they look. Allocates nothing after its
 * creation.
 */
export class TeleportArc {
  /** Points of the curve, x y z each, world metres. */
  readonly points = new Float32Array(maxPoints * 3);
  pointCount = 0;
  /** Where the feet would stand; where the curve ends when {@link isValid} is false. */
  readonly target = { x: 0, y: 0, z: 0 };
  isValid = false;
  /** The curve ends on something; false: it leads into the distance. */
  isEnded = false;

  /** Throws the curve anew. @param worldFromAim its ray starts at the origin and runs along -Z */
  aim(worldFromAim: Pose, kind: HandKind, landing: Landing): void {
    const m = worldFromAim;
    const isStraight = kind === 'pinch';
    this.pointCount = 0;
    this.isValid = this.isEnded = false;
    let x = m[12]!;
    let y = m[13]!;
    let z = m[14]!;
    const vx = -m[8]! * launchMps;
    let vy = -m[9]! * launchMps;
    const vz = -m[10]! * launchMps;
    this.add(x, y, z);
    while (this.pointCount < maxPoints) {
      const s = pieceM / Math.hypot(vx, vy, vz);
      const fall = isStraight ? 0 : gravityMps2 * s;
      const nextX = x + vx * s;
      const nextY = y + (vy - fall / 2) * s;
      const nextZ = z + vz * s;
      vy -= fall;
      if (Math.hypot(nextX - m[12]!, nextZ - m[14]!) > reachM) return this.stop(x, y, z, false);
      if (this.meets(x, y, z, nextX, nextY, nextZ, landing)) return;
      x = nextX;
      y = nextY;
      z = nextZ;
      this.add(x, y, z);
    }
    this.stop(x, y, z, false);
  }

  /** Whether the piece from one point to the next ends the curve: on the floor, or at a wall. */
  private meets(x0: number, y0: number, z0: number, x: number, y: number, z: number, landing: Landing): boolean {
    const { collider, hasWalls } = landing;
    const floorY = floorAt(landing, x, z);
    if (y <= floorY) {
      if (floorY - y0 > landingM) {
        // The side of a platform, met from below its edge.
        this.stop(x0, y0, z0, true);
        return true;
      }
      const t = Math.min(Math.max((y0 - floorY) / Math.max(y0 - y, 1e-6), 0), 1);
      this.land(x0 + (x - x0) * t, z0 + (z - z0) * t, landing);
      return true;
    }
    if (!collider || !hasWalls || collider.distance(x, y, z, thinM * 2) > thinM) return false;
    if (y - floorY < landingM) this.land(x, z, landing);
    else this.stop(x, y, z, true);
    return true;
  }

  private land(x: number, z: number, landing: Landing): void {
    const { target } = this;
    target.x = x;
    target.z = z;
    target.y = floorAt(landing, x, z);
    this.add(x, target.y, z);
    this.isEnded = true;
    this.isValid = !landing.collider || !landing.hasWalls || this.makeRoom(landing.collider);
  }

  /** Moves the target away from walls until a body fits. @returns whether it does */
  private makeRoom(collider: Collider): boolean {
    const { target } = this;
    const { x, y, z } = target;
    for (let round = 0; round <= nudgeRounds; round++) {
      const room = collider.clearance(target.x, target.z, target.y, bodyRadiusM);
      const stays = Math.abs(floorOr(collider, target.x, target.z, y) - y) < 0.05;
      if (room >= bodyRadiusM - 1e-3 && stays) return true;
      if (round === nudgeRounds || !stays) break;
      const h = 1e-2;
      const gx = collider.clearance(target.x + h, target.z, y, bodyRadiusM) - collider.clearance(target.x - h, target.z, y, bodyRadiusM);
      const gz = collider.clearance(target.x, target.z + h, y, bodyRadiusM) - collider.clearance(target.x, target.z - h, y, bodyRadiusM);
      const length = Math.hypot(gx, gz);
      if (length < 1e-9) break;
      target.x += ((bodyRadiusM - room) * gx) / length;
      target.z += ((bodyRadiusM - room) * gz) / length;
      if (Math.hypot(target.x - x, target.z - z) > nudgeM) break;
    }
    target.x = x;
    target.z = z;
    return false;
  }

  private stop(x: number, y: number, z: number, isEnded: boolean): void {
    this.target.x = x;
    this.target.y = y;
    this.target.z = z;
    this.isEnded = isEnded;
  }

  private add(x: number, y: number, z: number): void {
    if (this.pointCount === maxPoints) this.pointCount--;
    const at = 3 * this.pointCount++;
    this.points[at] = x;
    this.points[at + 1] = y;
    this.points[at + 2] = z;
  }
}

function floorAt({ collider, floorY }: Landing, x: number, z: number): number {
  return collider ? floorOr(collider, x, z, floorY) : floorY;
}

function floorOr(collider: Collider, x: number, z: number, otherwiseY: number): number {
  const y = collider.groundHeight(x, z);
  return Number.isFinite(y) ? y : otherwiseY;
}
