import type { LatencyReport } from '../latency/lab-report';
import type { TraceEntry } from '../latency/trace';
import type { VisitEntry } from '../session/visits/visit-entry';
import type { XrMode } from '../xr/xr-mode';
import type { VisitCommands } from './commands';
import type { Director } from './director';
import { exportTrace, readLatency, type TraceFormat } from './latency-readout';
import { things, type Thing } from './objects/things';
import { readMenuItems, type MenuItem } from './menu/menu-items';
import type { Options } from './options';
import { readStats } from './stats';
import { appStore, type CatalogueEntry, type Stats } from './store';
import type { Visit } from './visit';

/**
 * `window.reverie`: what tests, benchmarks and users' scripts may use. Read-mostly; it can do nothing that the page
 * cannot. Documented in docs/automation.md.
 */
export type ReverieApi = {
  /** Resolves when the first wanted world runs, or has said why it does not. */
  readonly ready: Promise<void>;
  worlds(): CatalogueEntry[];
  /** Opens a world by catalogue id or manifest URL. */
  open(idOrUrl: string): Promise<void>;
  /** Needs a user's click, as the button does. */
  enter(mode: XrMode): Promise<void>;
  exit(): Promise<void>;
  /** @throws RangeError that names the bad field */
  set(options: Partial<Options>): void;
  stats(): Stats;
  /** Saved visits: see {@link VisitCommands}. */
  visits(): Promise<VisitEntry[]>;
  saveVisit(name?: string): Promise<string>;
  openVisit(id: string): Promise<void>;
  deleteVisit(id: string): Promise<void>;
  exportVisit(id: string): Promise<Blob>;
  importVisit(file: Blob): Promise<string>;
  /** The things that were thrown into the world, oldest first: what they are, where they are (world, metres), how they move. */
  things(): Thing[];
  /** What can be chosen inside the headset now, and where it is; empty while no menu is shown. */
  menu(): MenuItem[];
  /** Times of the frames drawn since `set({ trace: true })`, oldest first. */
  trace(): TraceEntry[];
  /** Estimated latency of what is kept, some two minutes. NaN: not available. */
  latency(): LatencyReport;
  /** What is kept as text; `chrome` opens in Perfetto. @throws RangeError for another format */
  exportTrace(format: TraceFormat): string;
};

declare global {
  interface Window {
    reverie: ReverieApi;
  }
}

/** Puts the automation surface on the window; always present. */
export function installAutomation(director: Director, visit: Visit, visits: VisitCommands): void {
  window.reverie = Object.freeze<ReverieApi>({
    ready: director.whenReady(),
    worlds: () => appStore.getState().worlds.map((world) => ({ ...world })),
    open: (idOrUrl) => director.open(idOrUrl),
    enter: (mode) => director.enter(mode),
    exit: () => director.exit(),
    set: (options) => director.set(options),
    stats: () => readStats(visit),
    visits: () => visits.visits(),
    saveVisit: (name) => visits.saveVisit(name),
    openVisit: (id) => visits.openVisit(id),
    deleteVisit: (id) => visits.deleteVisit(id),
    exportVisit: (id) => visits.exportVisit(id),
    importVisit: (file) => visits.importVisit(file),
    things: () => things.list(),
    menu: () => readMenuItems(),
    trace: () => visit.trace.read(),
    latency: () => readLatency(visit),
    exportTrace: (format) => exportTrace(visit, format),
  });
}
