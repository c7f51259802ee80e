import type { Pose } from '../math/types';

/** What only the stage can do: it owns the canvas and the XR session. */
export type StageHooks = {
  enterVr(): Promise<void>;
  exitVr(): Promise<void>;
  /** Head in the tracked room while a session runs, else null. */
  rigFromHead(): Pose | null;
};

/** Until the stage is there. */
export const noStage: StageHooks = {
  enterVr: () => Promise.reject(new Error('The picture is not ready yet. Try again in a moment.')),
  exitVr: () => Promise.resolve(),
  rigFromHead: () => null,
};
