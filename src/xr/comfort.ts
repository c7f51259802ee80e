import { smoothstep } from '../math/scalars';
/** Tunnel vision while the rig moves; sitting still in a moving picture is what makes people sick. */
export const vignetteDefaults = Object.freeze({
  /** The vignette begins to close at the first figure and is as narrow as chosen at the second. */
  speedMps: [0.15, 1.2] as const,
  turnRadPerS: [0.15, 1.0] as const,
  /** Time constants, seconds: it closes fast, before the stomach notices, and opens slowly, without a blink. */
  attackS: 0.08,
  releaseS: 0.35,
});

/**
 * The vignette's next strength: 0 open … 1 narrowest.
 * @param strength what the last call returned; 0 at first.
 * @param speedMps, turnRadPerS how fast locomotion (not the head) moves and turns.
 * @param amount the person's choice, 0 … 1: the strength at full speed.
 */
export function nextVignette(
  strength: number,
  speedMps: number,
  turnRadPerS: number,
  amount: number,
  dtS: number,
): number {
  const { speedMps: speeds, turnRadPerS: turns, attackS, releaseS } = vignetteDefaults;
  const turning = smoothstep(turns[0], turns[1], Math.abs(turnRadPerS));
  const motion = Math.max(smoothstep(speeds[0], speeds[1], speedMps), turning);
  const wanted = motion * Math.min(Math.max(amount, 0), 1);
  const timeS = wanted > strength ? attackS : releaseS;
  const next = wanted + (strength - wanted) * Math.exp(-Math.max(dtS, 0) / timeS);
  // Nothing to see below this; a true zero lets the page leave the drawing out.
  return wanted === 0 && next < 1e-3 ? 0 : next;
}
