/** Longest time a new frame takes to come in, ms. */
const longestFadeMs = 50;
/** Share of the time between two model frames. */
const shareOfInterval = 0.3;
/** Older frames fill holes: they come and go in this time, ms. */
export const layerFadeMs = 100;

/**
 * How long a new frame takes to come in, in the world, over the one before: short against the time to the next frame,
 * and 0 (at once) where that leaves no display frame between.
 * @param modelIntervalMs time since the frame before. @param displayIntervalMs time between display frames
 */
export function fadeMs(modelIntervalMs: number, displayIntervalMs: number): number {
  const wanted = Math.min(longestFadeMs, shareOfInterval * modelIntervalMs);
  return wanted < 1.5 * displayIntervalMs ? 0 : wanted;
}

/** Opacity to move in one display frame; 1 when the fade is at once. */
export function fadeStep(displayIntervalMs: number, fadeOverMs: number): number {
  return fadeOverMs <= 0 ? 1 : Math.min(1, displayIntervalMs / fadeOverMs);
}
