import { createStore } from 'zustand/vanilla';

/** What only the page's own panels care about; everything that other parts read is in `src/app/store.ts`. */
export type PageState = {
  /** The landing panel, or only the small bar in the corner. */
  landing: 'open' | 'folded';
  settingsOpen: boolean;
  visitsOpen: boolean;
  labOpen: boolean;
};

export const pageStore = createStore<PageState>(() => ({
  landing: 'open',
  settingsOpen: false,
  visitsOpen: false,
  labOpen: false,
}));

/** Gets the landing panel out of the way; call it whenever the visitor moves, by whatever device. */
export function foldLanding(): void {
  if (pageStore.getState().landing === 'open') pageStore.setState({ landing: 'folded' });
}

export function closeLab(): void {
  pageStore.setState({ labOpen: false });
}

export function openLanding(): void {
  pageStore.setState({ landing: 'open' });
}
