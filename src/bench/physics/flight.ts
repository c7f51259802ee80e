import { impactStride } from '../../physics/physics-settings';
import type { PhysicsWorld } from '../../physics/physics-world';
import type { Throw } from './throw-plan';

/** Steeper surfaces are walls, and the throw goes on after them. */
const floorNormalY = 0.7;
const displayS = 1 / 90;
const longestS = 6;

/** A touch: where, how the surface lies, when. */
export type Touch = { x: number; y: number; z: number; normalY: number; atS: number };
/** `first`: whatever was hit first; `landing`: the first surface that one could stand on. */
export type Flight = { first: Touch | null; landing: Touch | null };

const impacts = new Float32Array(64 * impactStride);

/** Throws one body as the page does, display frame by display frame, until it lands; nothing of it stays. */
export function fly(physics: PhysicsWorld, { spec }: Throw): Flight {
  physics.takeImpacts(impacts);
  const id = physics.add(spec);
  const flight: Flight = { first: null, landing: null };
  for (let atS = 0; atS < longestS && !flight.landing; atS += displayS) {
    physics.step(displayS);
    const count = physics.takeImpacts(impacts);
    for (let k = 0, at = 0; k < count; k++, at += impactStride) {
      if (impacts[at + 7] !== id || flight.landing) continue;
      const touch = { x: impacts[at]!, y: impacts[at + 1]!, z: impacts[at + 2]!, normalY: impacts[at + 4]!, atS };
      flight.first ??= touch;
      if (touch.normalY > floorNormalY) flight.landing = touch;
    }
  }
  physics.remove(id);
  return flight;
}

export function distanceM(a: Touch | null, b: Touch | null): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z) : Number.NaN;
}

/** Gives the page's physics a mesh, and time to take it in. */
export function settleSurfaces(physics: PhysicsWorld): void {
  for (let k = 0; k < 400 && physics.surfaces.busy; k++) physics.step(displayS);
}
