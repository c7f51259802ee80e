import type { Options } from './options';

/** What the page (buttons, keys) and `window.reverie` can ask for. One implementation, in `src/app/director.ts`. */
export type Commands = {
  /** Opens a world by catalogue id or manifest URL; the running world stays on screen until it is ready. */
  open(idOrUrl: string): Promise<void>;
  enter(mode: 'immersive-vr'): Promise<void>;
  exit(): Promise<void>;
  /** Checks and applies options; throws a RangeError that names the bad field. */
  set(options: Partial<Options>): void;
  /** Starts the same world with another random seed. */
  newSeed(): void;
  /** Back to where the visit began. */
  recentre(): void;
  /** Starts the worker again after it died. */
  restart(): void;
};
