import { surfaceClasses } from './classes';
import { distanceToPrimitive, distanceToShapes } from './distance';
import { cellSize } from './grid';
import { addPlainShapes } from './plain-shapes';
import { atBox, atClass, kindBox, primitiveStride } from './primitives';
import { SceneWindow } from './scene-window';
import type { SemanticMap } from './things';

/** Higher than this above the feet is a wall, lower is a step. */
const stepUpM = 0.4;
/** Things above the head do not stop anyone. */
const bodyHeightM = 1.75;
/** Heights at which the body is tested against shapes, metres above the feet. */
const probesM = [0.45, 1.0, 1.6] as const;
/** Nobody walks on a plinth that starts in the air or is taller than a platform. */
const tallestFloorM = 1.2;
/** A body this much too close to a wall still counts as free, metres. */
const toleranceM = 1e-4;
/** Two walls that meet push from two sides, bit by bit; most corners settle in two rounds. */
const pushRounds = 6;
/** What asks about a body and one step looks no further than the next cell. */
const radiusCells = 4;

const stairClass = surfaceClasses.indexOf('stair');
const plinthClass = surfaceClasses.indexOf('plinth');
const waterClass = surfaceClasses.indexOf('water');

/** Where a visitor of a map can walk: slides along walls, climbs steps. Pure; works the same on both threads. */
export class MapCollider {
  private readonly scene: SceneWindow;

  constructor(map: SemanticMap) {
    this.scene = new SceneWindow(map, addPlainShapes, radiusCells);
  }

  /** Height of the floor under (x, z), metres: the ground, or the highest step or low platform there. */
  groundHeight(x: number, z: number): number {
    this.scene.centreOn(x, z);
    const { primitives, start, count, width, originI, originJ } = this.scene;
    const slot = (Math.floor(z / cellSize) - originJ) * width + Math.floor(x / cellSize) - originI;
    let height = 0;
    let at = start[slot]! * primitiveStride;
    for (let k = count[slot]!; k > 0; k--, at += primitiveStride) {
      const surface = primitives[at + atClass];
      if (primitives[at] !== kindBox || (surface !== stairClass && surface !== plinthClass)) continue;
      const b = at + atBox;
      const inside =
        x >= primitives[b]! && x <= primitives[b + 3]! && z >= primitives[b + 2]! && z <= primitives[b + 5]!;
      const top = primitives[b + 4]!;
      if (inside && primitives[b + 1]! <= height + 0.01 && top <= tallestFloorM && top > height) height = top;
    }
    return height;
  }

  /**
   * Moves a body of `radiusM` from one place towards another and stops it at walls, letting it slide along them.
   * The step must be shorter than the radius (the caller splits long ones). Where it rests is never closer to a wall
   * than the radius, or than it was before: who stepped off a ledge walks on from it and is not thrown aside.
   * @param out world metres, the place reached
   */
  slide(fromX: number, fromZ: number, toX: number, toZ: number, radiusM: number, out: { x: number; z: number }): void {
    const feet = this.groundHeight(fromX, fromZ);
    const before = this.clearance(fromX, fromZ, feet, radiusM);
    const room = Math.min(radiusM, Math.max(0, before + toleranceM));
    let x = toX;
    let z = toZ;
    for (let round = 0; round < pushRounds; round++) {
      const gap = this.clearance(x, z, feet, radiusM) - room;
      if (gap >= -toleranceM) {
        out.x = x;
        out.z = z;
        return;
      }
      const h = 1e-3;
      const gx = this.clearance(x + h, z, feet, radiusM) - this.clearance(x - h, z, feet, radiusM);
      const gz = this.clearance(x, z + h, feet, radiusM) - this.clearance(x, z - h, feet, radiusM);
      const length = Math.hypot(gx, gz);
      if (length < 1e-9) break;
      x -= (gap * gx) / length;
      z -= (gap * gz) / length;
    }
    // Wedged: stay where it was free.
    out.x = fromX;
    out.z = fromZ;
  }

  /** Distance from a point in the air to the nearest thing other than the ground, at most `withinM`; negative inside. */
  distance(x: number, y: number, z: number, withinM: number): number {
    this.scene.centreOn(x, z);
    return distanceToShapes(this.scene, x, y, z, withinM);
  }

  /** Distance from the body's axis to the nearest thing that stops it, metres, at most a little more than `radiusM`. */
  clearance(x: number, z: number, feetY: number, radiusM: number): number {
    this.scene.centreOn(x, z);
    const { primitives, start, count, width, originI, originJ } = this.scene;
    const reach = radiusM + 0.05;
    const i0 = Math.floor((x - reach) / cellSize) - originI;
    const i1 = Math.floor((x + reach) / cellSize) - originI;
    const j0 = Math.floor((z - reach) / cellSize) - originJ;
    const j1 = Math.floor((z + reach) / cellSize) - originJ;
    let least = reach;
    for (let j = j0; j <= j1; j++) {
      for (let i = i0; i <= i1; i++) {
        const slot = j * width + i;
        let at = start[slot]! * primitiveStride;
        for (let k = count[slot]!; k > 0; k--, at += primitiveStride) {
          const b = at + atBox;
          if (primitives[at + atClass] === waterClass) {
            // Water is lower than a step and still nobody walks on it: it stops a body at any height.
            least = Math.min(least, distanceInPlan(primitives, b, x, z));
            continue;
          }
          if (primitives[b + 4]! <= feetY + stepUpM || primitives[b + 1]! >= feetY + bodyHeightM) continue;
          for (const probe of probesM) {
            const d = distanceToPrimitive(primitives, at, x, feetY + probe, z, least);
            if (d < least) least = d;
          }
        }
      }
    }
    return least;
  }
}

/** Distance from (x, z) to a box seen from above, metres; negative inside. */
function distanceInPlan(p: Float32Array, b: number, x: number, z: number): number {
  const qx = Math.max(p[b]! - x, x - p[b + 3]!);
  const qz = Math.max(p[b + 2]! - z, z - p[b + 5]!);
  return Math.hypot(Math.max(0, qx), Math.max(0, qz)) + Math.min(0, Math.max(qx, qz));
}
