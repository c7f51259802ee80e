import type { Body } from './body';
import { gravityMps2 } from './physics-settings';

/** Rounding of the engine's single precision, J/kg. */
const roundingJkg = 1e-3;
/** Bodies nearer than this to each other may have pushed one another, metres. */
const touchM = 0.02;
/** Half the diagonal of a cube against half its side. */
const cubeReach = Math.sqrt(3);

const zero = { x: 0, y: 0, z: 0 };

/**
 * Nothing that stands still gives energy away. Surfaces of painted depth waver and are replaced under a body, and an engine
 * that finds it a little inside of one throws it out faster than it came; then its motion is cut down to what it had.
 */
export class EnergyRule {
  /** How often it was needed. */
  cut = 0;
  private readonly spin = { ...zero };
  private readonly speed = { ...zero };

  /** @param gravityKickMps how much more upward the engine's velocities are than the motion that they make */
  constructor(private readonly gravityKickMps: number) {}

  /** @param body as after the step @param bodies all there are: what others give it, it keeps @returns whether it was slowed */
  keep(body: Body, bodies: readonly Body[]): boolean {
    const { rigid, now, velocity, radiusM, shape, energyJkg } = body;
    const { spin } = this;
    rigid.angvel(spin);
    const [vx, vy, vz] = [velocity[0]!, velocity[1]! - this.gravityKickMps, velocity[2]!];
    const inertia = (shape === 'ball' ? 2 / 5 : 2 / 3) * radiusM * radiusM;
    const motion = (vx * vx + vy * vy + vz * vz + inertia * (spin.x * spin.x + spin.y * spin.y + spin.z * spin.z)) / 2;
    const height = gravityMps2 * now[1]!;
    body.energyJkg = motion + height;
    // NaN, right after a hand let it go, is never less.
    if (!(motion + height > energyJkg + roundingJkg) || hasNeighbour(body, bodies)) return false;
    const left = Math.max(0, energyJkg - height);
    const share = motion > 0 ? Math.sqrt(left / motion) : 0;
    this.speed.x = vx * share;
    this.speed.y = vy * share + this.gravityKickMps;
    this.speed.z = vz * share;
    rigid.setLinvel(this.speed, false);
    spin.x *= share;
    spin.y *= share;
    spin.z *= share;
    rigid.setAngvel(spin, false);
    body.energyJkg = Math.min(motion, left) + height;
    this.cut++;
    return true;
  }
}

function hasNeighbour(body: Body, bodies: readonly Body[]): boolean {
  const { now } = body;
  const reach = reachM(body);
  for (let i = 0; i < bodies.length; i++) {
    const other = bodies[i]!;
    if (other === body) continue;
    const within = reach + reachM(other) + touchM;
    const [dx, dy, dz] = [other.now[0]! - now[0]!, other.now[1]! - now[1]!, other.now[2]! - now[2]!];
    if (dx * dx + dy * dy + dz * dz < within * within) return true;
  }
  return false;
}

function reachM({ shape, radiusM }: Body): number {
  return shape === 'ball' ? radiusM : radiusM * cubeReach;
}
