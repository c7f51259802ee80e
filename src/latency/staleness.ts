/** Without a new frame for this long the picture is old, ms. */
const oldAfterMs = 500;
/** A model that is slower than that by itself is late only after this many of its usual intervals. */
const lateAfterIntervals = 2.5;
/** From the limit on, this long until the picture is as stale as it gets, ms. */
const fadeMs = 1000;

/**
 * Time between two frames that nobody wonders at, ms: what the model takes, and at least what it was told to.
 * @param measuredMs between two frames of this model, usually; NaN while unknown. Lags behind a new limit
 * @param limitHz upper limit of model steps a second that the person chose
 */
export function usualIntervalMs(measuredMs: number, limitHz: number): number {
  return Math.max(measuredMs || 0, 1000 / limitHz);
}

/** How long the picture may stand without being called old, ms. @param typicalIntervalMs NaN or 0 while unknown */
export function staleAfterMs(typicalIntervalMs: number): number {
  return typicalIntervalMs > 0 ? Math.max(oldAfterMs, lateAfterIntervals * typicalIntervalMs) : oldAfterMs;
}

/**
 * How stale the picture is: 0 up to the limit, then rising to 1 within a second. What is shown by taking the colour
 * away, so that nobody takes a standing picture for the world.
 * @param sinceFrameMs since a new frame was put on the screen; NaN before the first
 * @param typicalIntervalMs between two frames of this model, usually; NaN or 0 while unknown
 */
export function stalenessOf(sinceFrameMs: number, typicalIntervalMs: number): number {
  const overdueMs = sinceFrameMs - staleAfterMs(typicalIntervalMs);
  return overdueMs > 0 ? Math.min(1, overdueMs / fadeMs) : 0;
}
