import type { OcclusionResult } from './occlusion';
import type { Aim } from './throw-plan';

/**
 * 'page': what the page does. 'unknown-ground': without the known ground of shipped worlds. Baselines: 'flat' has nothing
 * but that ground, 'newest' remembers nothing, 'uncut' takes the newest frame as one sheet of rubber.
 */
export const variants = ['page', 'unknown-ground', 'flat', 'newest', 'uncut'] as const;
export type Variant = (typeof variants)[number];

export const causes = [
  'same floor',
  'same wall, other bounce',
  'true surface unseen',
  'false surface before it',
  'seen surface missing or off',
  'lost',
] as const;
export type Cause = (typeof causes)[number];

/** One throw in one variant, against the same throw in the true geometry. Not a number where one of the two never landed. */
export type ThrowRow = {
  kind: 'throw';
  variant: Variant;
  world: number;
  throw: number;
  shape: string;
  aim: Aim;
  speedMps: number;
  /** Until the true landing, seconds. */
  flightS: number;
  landingErrCm: number;
  firstErrCm: number;
  /** Landed at another height than the truth. */
  otherSurface: boolean;
  cause: Cause;
};

export type FallRow = { kind: 'fall'; displayHz: number; errPct: number };
/** A barrage at 20 m/s in one world while its surfaces come and go; `caught`: put back by the page's own last guard. */
export type BarrageRow = { kind: 'barrage'; world: number; balls: number; throughFloor: number; throughSurface: number; caught: number; replaced: number };
/** Bounces in one world while surfaces come and go; `gainPct`: the largest gain of mechanical energy over one. */
export type EnergyRow = { kind: 'energy'; isRestless: boolean; world: number; bounces: number; gainPct: number; replaced: number };
/** Cost of one physics step of 1/120 s with 100 bodies, and of the surfaces that one frame brings. */
export type StepRow = {
  kind: 'step';
  world: number;
  flyingMs: number;
  restingMs: number;
  p95Ms: number;
  /** A step that builds colliders against one that does not. */
  buildRatio: number;
  trianglesPerFrame: number;
  partsKept: number;
  meshMs: number;
};
export type PhysicsRow = ThrowRow | FallRow | BarrageRow | EnergyRow | StepRow;

export type PhysicsSummary = {
  landingErrCmP50: number;
  landingErrCmP95: number;
  gravityErrPct: number;
  /** Balls that passed a floor or another painted surface. */
  tunnelled: number;
  /** Largest gain of mechanical energy over one bounce, as a share; 0: it never grows. */
  energyGain: number;
  /** The same where every mesh disagrees with the one before: a floor that comes up lifts what lies on it. */
  energyGainRestless: number;
  occlusionIou: number | null;
  stepMsPer100Bodies: number;
  firstImpactErrCmP50: number;
  /** By what was thrown at. */
  aims: Record<Aim, { landingErrCmP50: number; landingErrCmP95: number }>;
  otherSurfacePct: number;
  lost: number;
  baselines: Record<Exclude<Variant, 'page'>, { landingErrCmP50: number; landingErrCmP95: number }>;
  causes: Record<Cause, { share: number; landingErrCmP50: number }>;
};

export type PhysicsResult = {
  counts: { quick: boolean; seed: number; worlds: number; throws: number; balls: number; bounces: number; seconds: number };
  rows: PhysicsRow[];
  occlusion: OcclusionResult;
  summary: PhysicsSummary;
  notes: string[];
};
