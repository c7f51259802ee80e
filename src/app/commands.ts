import type { VisitEntry } from '../session/visits/visit-entry';
import type { XrMode } from '../xr/xr-mode';
import type { Options } from './options';

/** What the page (buttons, keys) and `window.reverie` can ask for. One implementation, in `src/app/director.ts`. */
export type Commands = {
  /** Opens a world by catalogue id or manifest URL; the running world stays on screen until it is ready. */
  open(idOrUrl: string): Promise<void>;
  enter(mode: XrMode): Promise<void>;
  exit(): Promise<void>;
  /** Checks and applies options; throws a RangeError that names the bad field. */
  set(options: Partial<Options>): void;
  /** Starts the same world with another random seed. */
  newSeed(): void;
  /** Back to where the visit began. */
  recentre(): void;
  /** Saves what is seen as a PNG file; a notice says what became of it. */
  takePicture(): Promise<void>;
  /** Starts the worker again after it died. */
  restart(): void;
};

/** What the page and `window.reverie` can ask for about saved visits. One implementation, in `src/app/visits.ts`. */
export type VisitCommands = {
  /** All that are kept in this browser, the newest first; damaged ones say so in `damage`. */
  visits(): Promise<VisitEntry[]>;
  /** Keeps this place. @returns its id. */
  saveVisit(name?: string): Promise<string>;
  /** Goes back to a saved place: shows it at once as it was, and resolves when its world runs there. */
  openVisit(id: string): Promise<void>;
  deleteVisit(id: string): Promise<void>;
  /** Puts the visit back that was deleted last. @returns its id, null: there is none to put back. */
  undoDelete(): Promise<string | null>;
  /** The visit as one file, damaged or not. */
  exportVisit(id: string): Promise<Blob>;
  /** Adds a file that was exported; one that is here already is not added again. @returns its id. */
  importVisit(file: Blob): Promise<string>;
};
