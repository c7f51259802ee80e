import { createStore } from 'zustand/vanilla';
import type { OpenProgress, WorldInfo } from '../world/contracts';
import type { XrMode } from '../xr/xr-mode';
import { defaultOptions, type ArForm, type Options } from './options';

/** One line for the person; every failure is a sentence that says what to do. */
export type Notice = {
  /** The same id replaces the older notice. */
  id: string;
  level: 'info' | 'warning' | 'error';
  text: string;
  /** A button beside the text. */
  action?: { label: string; run: () => void };
};

/** A world the person can pick. */
export type CatalogueEntry = { id: string; name: string; description: string; kind: 'neural' | 'simulator' };

export type XrState =
  | { status: 'checking' }
  | { status: 'unavailable'; reason: string }
  | { status: 'available' }
  | { status: 'presenting'; mode: XrMode };

/** The world in the visitor's room: what the running AR session has, and what the visitor is doing with it. */
export type ArState = {
  form: ArForm;
  /** How the headset measures real depth; 'none': nothing real hides the world. */
  depth: 'none' | 'cpu' | 'gpu';
  /** The headset keeps the place by an anchor. */
  anchored: boolean;
  /** The headset has told of real walls, tables or floors. */
  planes: boolean;
  /** The form follows the aiming ray until the next press. */
  placing: boolean;
};

/** Numbers of the stats panel; refreshed four times a second, never per frame. */
export type Stats = {
  display: { hz: number; missedPct: number; frameMsP50: number; frameMsP99: number };
  model: { id: string; provider: string; hz: number; stepMsP50: number; stepMsP95: number; frames: number };
  frame: {
    ageMs: number;
    id: number;
    actionId: number;
    staleness: number;
    /** What the model's inverse depth was multiplied by, and what was added (1/m); 1 and 0 where nothing was done. */
    depthCorrection: { scale: number; offset: number };
  };
  /** Of the last display frame, both eyes together; `uploadBytes`: of the last one that took a frame in. */
  draw: { triangles: number; draws: number; uploadBytes: number };
  pose: { worldFromHead: number[] };
  /** What the governor allows; null while it asks for nothing less, or is off. */
  governor: GovernorState | null;
  errors: string[];
};

/** What the governor allows now; `reason`: a short phrase about its last decision. */
export type GovernorState = { modelHzCap: number; resolutionScale: number; layerScale: number; reason: string };

export type AppState = {
  options: Options;
  /** Null while the governor asks for nothing less, or is off. */
  governor: GovernorState | null;
  worlds: CatalogueEntry[];
  /** The world that is drawn now, null before the first. */
  world: WorldInfo | null;
  /** The world that is loading, with its progress; null when nothing loads. */
  opening: { worldId: string; progress: OpenProgress | null } | null;
  notices: Notice[];
  xr: XrState;
  /** Whether this device can show AR, whatever it can do about VR. */
  arHere: boolean;
  /** Null without an AR session. */
  ar: ArState | null;
  /** There are real things in the dream: the worker tells what they can bounce off. */
  bodies: boolean;
  stats: Stats | null;
  statsOpen: boolean;
  helpOpen: boolean;
  /** The picture has stood for longer than it should; refreshed a few times a second, null while frames come. */
  stale: { ageMs: number } | null;
  /** True once the first frame of any world is on the screen. */
  alive: boolean;
};

/** The one mutable centre of the page; React only subscribes. Nothing in it changes per display frame. */
export const appStore = createStore<AppState>(() => ({
  options: { ...defaultOptions },
  governor: null,
  worlds: [],
  world: null,
  opening: null,
  notices: [],
  xr: { status: 'checking' },
  arHere: false,
  ar: null,
  bodies: false,
  stats: null,
  statsOpen: false,
  helpOpen: false,
  stale: null,
  alive: false,
}));

/** Shows a notice, or replaces the one with the same id. */
export function notify(notice: Notice): void {
  appStore.setState((state) => ({ notices: [...state.notices.filter((n) => n.id !== notice.id), notice] }));
}

export function dismiss(id: string): void {
  appStore.setState((state) => ({ notices: state.notices.filter((n) => n.id !== id) }));
}
