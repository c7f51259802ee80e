import type { Contention } from '../../latency/contention';
import type { LatencyReport } from '../../latency/lab-report';
import type { SpanLog } from '../../latency/span-log';
import type { TraceFormat } from '../latency-readout';
import type { TraceChoice } from './lab-store';

/** Moves the head by a trace instead of by the person, and keeps what the person does as a trace. */
export type HeadMotion = {
  /** Made by formulas, recorded since the page was opened, and read from files. */
  traces(): TraceChoice[];
  /** The head follows the trace from where the person stands, again and again. @throws Error with a sentence */
  play(traceId: string): void;
  stop(): void;
  record(): void;
  /** Ends the recording. @returns its id; null when nothing came in */
  keep(): string | null;
  /** @returns the bytes of a trace's file */
  file(traceId: string): Uint8Array<ArrayBuffer>;
  /** Reads a trace's file. @returns its id. @throws Error with a sentence */
  load(bytes: Uint8Array<ArrayBuffer>, fileName: string): string;
};

/** What the lab needs of the product; one implementation, in `visit-lab.ts`. */
export type LabHost = {
  /** Spans, display frames and events of this visit, in rings that go on filling. */
  readonly spans: SpanLog;
  /** Sorts thousands of numbers: a few times a minute, never a frame. @param sinceMs what counts; left out: all */
  report(sinceMs?: number): LatencyReport;
  /** All spans, display frames and events as text; `chrome` is what Perfetto opens. */
  file(format: TraceFormat): string;
  /** What the model costs the display, for reports; the suite fills it. */
  readonly contention: Contention;
  readonly head: HeadMotion;
};
