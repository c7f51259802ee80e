/** No display is a quarter of a second behind: a prediction further ahead is of another clock. */
const longestAheadMs = 250;

/**
 * When the pixels of this display frame are expected to be seen, ms on the window's clock. Headsets predict it; some
 * browsers leave the prediction out, or give 0, NaN or a time that has passed (research §2.5), so it is checked.
 */
export function expectedDisplayMs(predicted: number | undefined, frameMs: number, periodMs: number): number {
  return isBelievable(predicted, frameMs) ? predicted : frameMs + periodMs;
}

/** Whether a browser's prediction can be one: later than the frame, and not by far. */
export function isBelievable(predicted: number | undefined, frameMs: number): predicted is number {
  return predicted !== undefined && predicted > frameMs && predicted - frameMs <= longestAheadMs;
}

/**
 * When a display frame is seen whose draw calls ended at `drawnMs`: at the expected time, or, when the page was too late
 * for that, a whole number of periods after it. Rather a late frame than one that is seen before it was drawn.
 */
export function seenMs(expectedMs: number, drawnMs: number, periodMs: number): number {
  if (!(drawnMs > expectedMs)) return expectedMs;
  if (!(periodMs > 0)) return drawnMs;
  return expectedMs + Math.ceil((drawnMs - expectedMs) / periodMs) * periodMs;
}
