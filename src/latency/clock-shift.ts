/**
 * What a worker adds to its own `performance.now()` to get the window's, ms. Both clocks run alike and count from their own
 * `performance.timeOrigin`, which is on one clock for all of them (High Resolution Time, W3C).
 */
export function clockShiftMs(ownTimeOriginMs: number, windowTimeOriginMs: number): number {
  return ownTimeOriginMs - windowTimeOriginMs;
}
