import type { Pose } from '../math/types';
import type { XrMode } from '../xr/xr-mode';

/** What only the stage can do: it owns the canvas and the XR session. */
export type StageHooks = {
  enter(mode: XrMode): Promise<void>;
  exit(): Promise<void>;
  /** Head in the tracked room while a session runs, else null. */
  roomFromHead(): Pose | null;
  /** Saves what is seen as a picture, without menus and signs. Never rejects: it says in a notice what became of it. */
  takePicture(): Promise<void>;
};

/** Until the stage is there. */
export const noStage: StageHooks = {
  enter: () => Promise.reject(new Error('The picture is not ready yet. Try again in a moment.')),
  exit: () => Promise.resolve(),
  roomFromHead: () => null,
  takePicture: () => Promise.resolve(),
};
