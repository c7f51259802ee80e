import type { Pose } from '../math/types';

/** What one display frame knows; filled by the stage, reused. */
export type DisplayFrame = {
  /** When the page began to work on this display frame, ms on the window's clock. */
  atMs: number;
  /** The refresh of the display that this frame was begun for, ms: where the browser tells, steadier than `atMs`. */
  refreshMs: number;
  dtS: number;
  /** Head in the tracked room; null on the page. */
  roomFromHead: Pose | null;
  predictedDisplayMs: number | undefined;
  /** Refresh rate that the headset reports. */
  nominalHz: number | null;
};
