import type { FrameTimes } from '../../src/world/contracts';

/** The times of a step that begins, window's clock; the others come as it goes on. */
export function timesOf(actionAtMs: number, stepBegunMs: number): FrameTimes {
  return {
    actionAtMs,
    stepBegunMs,
    inferenceBegunMs: 0,
    inferenceEndedMs: 0,
    readBackMs: Number.NaN,
    meshedMs: 0,
    sentMs: 0,
  };
}
