import type { Body } from './body';
import { gravityMps2, impactStride, stepS } from './physics-settings';

/** A change of velocity below this is rolling and lying, not an impact, m/s. */
const leastChangeMps = 0.3;
/** Kept until somebody takes them; older ones go first. */
const mostKept = 64;

/**
 * Notices impacts by the change of a body's velocity over one step, which needs no events of the engine and counts
 * surfaces, ground and other bodies alike.
 */
export class ImpactLog {
  private readonly log = new Float32Array(mostKept * impactStride);
  private kept = 0;

  /** @param vx, vy, vz its velocity before the step, m/s */
  look({ id, now, velocity, radiusM }: Body, vx: number, vy: number, vz: number): void {
    const dx = velocity[0]! - vx;
    const dy = velocity[1]! - vy + gravityMps2 * stepS;
    const dz = velocity[2]! - vz;
    const change = Math.hypot(dx, dy, dz);
    if (change < leastChangeMps) return;
    const [nx, ny, nz] = [dx / change, dy / change, dz / change];
    const speed = -(vx * nx + vy * ny + vz * nz);
    if (speed < leastChangeMps / 2) return;
    if (this.kept === mostKept) {
      this.log.copyWithin(0, impactStride);
      this.kept--;
    }
    const at = this.kept++ * impactStride;
    this.log[at] = now[0]! - nx * radiusM;
    this.log[at + 1] = now[1]! - ny * radiusM;
    this.log[at + 2] = now[2]! - nz * radiusM;
    this.log[at + 3] = nx;
    this.log[at + 4] = ny;
    this.log[at + 5] = nz;
    this.log[at + 6] = speed;
    this.log[at + 7] = id;
  }

  /** @returns how many were written, the newest of them; all are forgotten */
  take(into: Float32Array): number {
    const count = Math.min(this.kept, Math.floor(into.length / impactStride));
    into.set(this.log.subarray((this.kept - count) * impactStride, this.kept * impactStride));
    this.kept = 0;
    return count;
  }
}
