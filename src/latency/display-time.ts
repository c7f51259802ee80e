/**
 * When the pixels of this display frame are expected to be seen, ms on the window's clock. Headsets predict it; some
 * browsers leave the prediction out, or give 0, NaN or a time that has passed (research §2.5), so it is checked.
 */
export function expectedDisplayMs(predicted: number | undefined, frameMs: number, periodMs: number): number {
  const later = frameMs + periodMs;
  if (predicted === undefined || !Number.isFinite(predicted) || predicted <= frameMs) return later;
  // No display is a quarter of a second behind: such a prediction is of another clock.
  return predicted - frameMs > 250 ? later : predicted;
}
