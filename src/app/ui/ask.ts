import type { XrMode } from '../../xr/xr-mode';
import type { Commands } from '../commands';
import { appStore, notify } from '../store';
import { closeLab, foldLanding, openLanding, pageStore } from './page-state';

/** A refusal becomes a sentence on the page, once, even when whoever refused has already shown it. */
export function showRefusal(id: string, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  if (appStore.getState().notices.some((notice) => notice.text.includes(text))) return;
  notify({ id, level: 'error', text });
}

export function askToOpen(commands: Commands, idOrUrl: string): void {
  commands.open(idOrUrl).catch((error: unknown) => showRefusal('open', error));
}

export function askToEnter(commands: Commands, mode: XrMode): void {
  commands.enter(mode).catch((error: unknown) => showRefusal('xr', error));
}

export function askToLeave(commands: Commands): void {
  commands.exit().catch((error: unknown) => showRefusal('xr', error));
}

export function toggleStats(): void {
  appStore.setState((state) => ({ statsOpen: !state.statsOpen }));
  // A narrow window has no room for both; the same width as in landing.css and stats.css.
  if (appStore.getState().statsOpen && window.matchMedia('(max-width: 44rem)').matches) foldLanding();
}

export function toggleHelp(): void {
  appStore.setState((state) => ({ helpOpen: !state.helpOpen }));
}

/** Settings, visits and the lab stand in the same place: one closes the others. */
export function toggleSettings(): void {
  pageStore.setState((state) => ({ settingsOpen: !state.settingsOpen, visitsOpen: false, labOpen: false }));
}

export function toggleVisits(): void {
  pageStore.setState((state) => ({ visitsOpen: !state.visitsOpen, settingsOpen: false, labOpen: false }));
}

/** The lab is about the picture, so what covers it goes away. */
export function toggleLab(): void {
  pageStore.setState((state) => ({ labOpen: !state.labOpen, settingsOpen: false, visitsOpen: false }));
  if (pageStore.getState().labOpen) foldLanding();
}

/** Closes the topmost panel; with none open, folds or unfolds the landing panel. The help dialog closes by itself. */
export function closeTopmost(): void {
  if (appStore.getState().helpOpen) return;
  const { landing, settingsOpen, visitsOpen, labOpen } = pageStore.getState();
  if (labOpen) closeLab();
  else if (visitsOpen) pageStore.setState({ visitsOpen: false });
  else if (settingsOpen) pageStore.setState({ settingsOpen: false });
  else if (appStore.getState().statsOpen) appStore.setState({ statsOpen: false });
  else if (landing === 'folded') openLanding();
  else pageStore.setState({ landing: 'folded' });
}
