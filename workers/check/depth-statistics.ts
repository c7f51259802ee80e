import { angleBetween, distanceBetween } from '../../src/math/pose';
import type { Pose } from '../../src/math/types';
import { maxInverseDepth } from '../mesh/sanitise';
import { LevelCount, mostLevels } from './level-count';

/** Frames in a row that must show the same fault, each from another view than the one before. */
const leastFrames = 6;
const leastTurnRad = 0.02;
const leastStepM = 0.05;
/** All constant frames together: a wall that fills the view has one depth only until one turns. */
const leastSpanRad = 0.12;
/** Depths that differ by less than this ratio all over the picture are "the same everywhere". */
const constantRatio = 1.02;
/** More holes than this share is more than stray numbers. */
const mostInvalid = 0.2;
/** A row with fewer levels than this may be that of a floor, which is level by itself. */
const leastRowLevels = 3;
const leastRichRows = 0.25;
/**
 * Slope of the view (sine) from which walls have another depth in every texel. To a level camera a wall has one depth a
 * column and a floor one a row, which are few values with nothing wrong about them.
 */
const leastSlope = 0.03;
/** Slope above which the camera may be seeing nothing but sky. */
const lookingUp = 0.3;

export type DepthFault = 'depth-constant' | 'depth-8-bit' | 'depth-invalid';

/** Faults that the depth numbers show by themselves: the same everywhere, few levels, too many that are no depth. */
export class DepthStatistics {
  /** Of the last frame looked at: share of holes. */
  invalidShare = 0;
  /** The one value of constant depth, 1/m. */
  constantValue = 0;
  private readonly levels = new LevelCount();
  private readonly first = new Float32Array(16) as Pose;
  private readonly last = new Float32Array(16) as Pose;
  private hasLast = false;
  private spanRad = 0;
  private invalidFrames = 0;
  private constantFrames = 0;
  private fewLevelFrames = 0;

  reset(): void {
    this.hasLast = false;
    this.spanRad = 0;
    this.invalidFrames = 0;
    this.constantFrames = 0;
    this.fewLevelFrames = 0;
  }

  /** @param inverseDepth 1/m, sanitised: 0 sky, NaN hole */
  look(inverseDepth: Float32Array, width: number, worldFromCamera: Pose): void {
    if (this.hasLast && !this.isNewView(worldFromCamera)) return;
    this.last.set(worldFromCamera);
    this.hasLast = true;
    this.invalidFrames = this.hasManyHoles(inverseDepth) ? this.invalidFrames + 1 : 0;
    const slope = -worldFromCamera[9];
    if (this.isConstant(inverseDepth, slope > lookingUp)) {
      if (this.constantFrames++ === 0) this.first.set(worldFromCamera);
      this.spanRad = Math.max(this.spanRad, angleBetween(this.first, worldFromCamera));
    } else {
      this.constantFrames = 0;
      this.spanRad = 0;
    }
    if (Math.abs(slope) >= leastSlope) {
      this.fewLevelFrames = this.hasFewLevels(inverseDepth, width) ? this.fewLevelFrames + 1 : 0;
    }
  }

  get finding(): DepthFault | null {
    if (this.constantFrames >= leastFrames && this.spanRad >= leastSpanRad) return 'depth-constant';
    if (this.invalidFrames >= leastFrames) return 'depth-invalid';
    if (this.fewLevelFrames >= leastFrames) return 'depth-8-bit';
    return null;
  }

  /** The same view again says nothing new. */
  private isNewView(pose: Pose): boolean {
    return angleBetween(this.last, pose) >= leastTurnRad || distanceBetween(this.last, pose) >= leastStepM;
  }

  private hasManyHoles(inverseDepth: Float32Array): boolean {
    let holes = 0;
    for (let i = 0; i < inverseDepth.length; i++) if (!(inverseDepth[i] >= 0)) holes++;
    this.invalidShare = holes / inverseDepth.length;
    return this.invalidShare > mostInvalid;
  }

  private isConstant(inverseDepth: Float32Array, mayBeSky: boolean): boolean {
    let least = Infinity;
    let most = 0;
    for (let i = 0; i < inverseDepth.length; i++) {
      const d = inverseDepth[i];
      if (d < least) least = d;
      if (d > most) most = d;
      if (most > least * constantRatio) return false;
    }
    this.constantValue = most;
    return this.invalidShare < 0.5 && !(most === 0 && mayBeSky);
  }

  /** Whether the picture has only the levels that eight bits can hold, although it is no mere floor. */
  private hasFewLevels(inverseDepth: Float32Array, width: number): boolean {
    const { levels } = this;
    levels.reset();
    const height = inverseDepth.length / width;
    const step = Math.max(1, Math.floor(width / 64));
    let rows = 0;
    let richRows = 0;
    for (let y = 0; y < height; y += step) {
      let runs = 0;
      let before = NaN;
      for (let i = y * width; i < (y + 1) * width; i += step) {
        const d = inverseDepth[i];
        if (!(d > 0 && d < maxInverseDepth)) continue;
        if (d !== before) runs++;
        before = d;
        if (levels.add(d) > mostLevels) return false;
      }
      rows++;
      if (runs >= leastRowLevels) richRows++;
    }
    return richRows >= leastRichRows * rows && levels.areSteps();
  }
}
