import { createStore } from 'zustand/vanilla';
import { firstAb, type AbChoice } from './ab';
import type { SuiteResult } from './suite-result';

/** A head movement that can be played: made by a formula, recorded here, or read from a file. */
export type TraceChoice = { id: string; name: string; seconds: number };

/** What the lab's panels show and share; numbers that change with every frame stay in the visit's rings. */
export type LabState = {
  ab: AbChoice;
  /** Shown inside the headset. */
  inHeadset: boolean;
  traces: readonly TraceChoice[];
  traceId: string;
  head: 'free' | 'playing' | 'recording';
  /** Progress of the suite that runs; null: none does. `share`: 0 … 1, `leftS`: seconds until its end. */
  suite: { cell: string; index: number; count: number; share: number; leftS: number } | null;
  /** Of the last suite, whole or cancelled. */
  result: SuiteResult | null;
  /** A sentence: what went wrong last in the lab. */
  problem: string | null;
};

export const labStore = createStore<LabState>(() => ({
  ab: firstAb,
  inHeadset: false,
  traces: [],
  traceId: '',
  head: 'free',
  suite: null,
  result: null,
  problem: null,
}));
