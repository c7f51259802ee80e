import { createStore } from 'zustand/vanilla';
import type { VisitEntry } from '../session/visits/visit-entry';

export type VisitsState = {
  /** Null until they have been read. */
  entries: readonly VisitEntry[] | null;
  /** Why they cannot be read, a sentence. */
  problem: string | null;
  /** What is under way, for the person: 'Saving…'; null: nothing. */
  busy: string | null;
};

/** What the list of visits shows; refreshed when it opens and after every change. */
export const visitsStore = createStore<VisitsState>(() => ({ entries: null, problem: null, busy: null }));
