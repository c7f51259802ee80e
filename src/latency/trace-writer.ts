import type { EventArgs } from './span-log';

/** Where an event stands: a process and a thread of the trace, which need not be real ones. */
export type TraceTrack = { readonly pid: number; readonly tid: number };

type Common = { name: string; cat: string; ts: number; pid: number; tid: number };
type Args = Record<string, number | string>;

/** The phases of the Trace Event Format that are used here; `ts` and `dur` are microseconds. */
export type TraceEvent =
  | (Common & { ph: 'X'; dur: number; args: Args })
  | (Common & { ph: 's'; id: number })
  | (Common & { ph: 't'; id: number })
  | (Common & { ph: 'f'; id: number; bp: 'e' })
  | (Common & { ph: 'i'; s: 'g' | 'p' | 't'; args: Args })
  | (Common & { ph: 'C'; args: Record<string, number> })
  | (Common & { ph: 'M'; args: Args });

export type TraceEventFile = {
  traceEvents: TraceEvent[];
  displayTimeUnit: 'ms';
  otherData: { producer: string; clock: string };
};

/** Collects events; times go in as ms and come out as whole microseconds, so that what touches still touches. */
export class TraceWriter {
  private readonly metadata: TraceEvent[] = [];
  private readonly events: TraceEvent[] = [];
  private readonly named = new Set<number>();
  private readonly counted = new Map<string, number>();

  name(track: TraceTrack, process: string, thread: string): void {
    const { pid } = track;
    const add = (name: string, args: Args): void => {
      this.metadata.push({ name, cat: '__metadata', ph: 'M', ts: 0, ...track, args });
    };
    if (!this.named.has(pid)) {
      this.named.add(pid);
      add('process_name', { name: process });
      add('process_sort_index', { sort_index: pid });
    }
    add('thread_name', { name: thread });
    add('thread_sort_index', { sort_index: track.tid });
  }

  /** A slice; nothing when one of its ends is missing, or when it ends before it begins. */
  complete(track: TraceTrack, name: string, cat: string, fromMs: number, toMs: number, args: EventArgs = {}): void {
    if (!(toMs >= fromMs)) return;
    const ts = microseconds(fromMs);
    this.events.push({ name, cat, ph: 'X', ts, dur: microseconds(toMs) - ts, ...track, args: told(args) });
  }

  instant(track: TraceTrack, name: string, atMs: number, args: EventArgs): void {
    if (!Number.isFinite(atMs)) return;
    this.events.push({ name, cat: 'event', ph: 'i', ts: microseconds(atMs), ...track, s: 'p', args: told(args) });
  }

  /** A step of an arrow: it binds to the slice of its track that is open at this time. */
  flow(ph: 's' | 't' | 'f', id: number, track: TraceTrack, atMs: number): void {
    const common = { name: 'action to photon', cat: 'flow', ts: microseconds(atMs), ...track, id };
    this.events.push(ph === 'f' ? { ...common, ph, bp: 'e' } : { ...common, ph });
  }

  /** Written only when it changes. */
  counter(track: TraceTrack, name: string, atMs: number, value: number): void {
    if (!Number.isFinite(value) || this.counted.get(name) === value) return;
    this.counted.set(name, value);
    this.events.push({ name, cat: 'counter', ph: 'C', ts: microseconds(atMs), ...track, args: { value } });
  }

  /** All of it, in the order of time. Slices that begin together stay as they were written: write the outer one first. */
  file(): TraceEventFile {
    const events = this.events.toSorted((a, b) => a.ts - b.ts);
    return {
      traceEvents: [...this.metadata, ...events],
      displayTimeUnit: 'ms',
      otherData: { producer: 'Reverie', clock: 'performance.now() of the window; all times are estimated by the browser' },
    };
  }
}

/** Threads for slices that overlap: each gets the first one that is free. */
export class Lanes {
  /** How many have been given a name; kept by whoever names them. */
  named = 0;
  private readonly freeMs: number[] = [];

  /** Ask in the order of `fromMs`. @returns 1, 2, … */
  take(fromMs: number, toMs: number): number {
    // Compared as they are written: a microsecond decides.
    const free = this.freeMs.findIndex((freeMs) => microseconds(freeMs) <= microseconds(fromMs));
    const lane = free >= 0 ? free : this.freeMs.length;
    this.freeMs[lane] = toMs;
    return lane + 1;
  }
}

function microseconds(ms: number): number {
  return Math.round(ms * 1000);
}

/** Numbers that are missing are left out: JSON has no NaN. */
function told(args: EventArgs): Args {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => typeof value === 'string' || Number.isFinite(value)));
}
