import { thumbnailOf } from '../session/visits/thumbnail';
import { entryOf, type KeptEntry } from '../session/visits/visit-entry';
import { assembleVisit, encodeParts } from '../session/visits/visit-file';
import type { VisitStore } from '../session/visits/visit-store';
import { dismiss, notify } from './store';
import { newId, type VisitHost } from './visits';
import { aboutPlace, isElsewhere, isWorthKeeping, type Place } from './visits-place';

/** How often it is looked whether there is anything new to keep. */
const lookEveryMs = 2000;
/** How old what is kept may be, besides where the visitor stands: a walk of so long has no pictures yet. */
const keepEveryMs = 8000;

/**
 * Keeps the place by itself, for when the page is left. A page that is being closed can ask its worker for nothing and
 * write nothing large, so that the pictures are kept every few seconds while somebody walks; only where the visitor
 * stands is said at that moment. Each page has one such visit, so that a page which is only opened pushes nothing out.
 */
export class Autosave {
  private readonly id = newId();
  private kept: { place: Place; entry: KeptEntry } | null = null;
  private begun: Place | null = null;
  private keptMs = -Infinity;
  private keeping = false;

  constructor(
    private readonly host: VisitHost,
    private readonly store: VisitStore,
  ) {}

  /** @returns stop */
  start(): () => void {
    // Opened now, so that what is said on leaving can begin at once. Whoever opens the list hears why it cannot be.
    this.store.open().catch(() => {});
    const timer = setInterval(() => {
      if (performance.now() - this.keptMs >= keepEveryMs) void this.keep();
    }, lookEveryMs);
    const hidden = (): void => {
      if (document.visibilityState !== 'hidden') return;
      this.leave();
      // A page that only went into the background has the time for more.
      void this.keep();
    };
    const gone = (): void => this.leave();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', gone);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', gone);
    };
  }

  /** Keeps all of it, if there is anything new worth it. Never rejects. */
  private async keep(): Promise<void> {
    const place = this.host.place();
    if (this.keeping || !place || !this.isWorth(place)) return;
    this.keeping = true;
    try {
      const memory = await this.host.snapshot().catch(() => null);
      const now = this.host.place();
      // The worker is gone, which the page says elsewhere; or these are pictures of the world before.
      if (!memory?.newest || !now || !isSameWorld(now, place)) return;
      const thumbnail = thumbnailOf(memory.newest);
      const about = aboutPlace(now, '', Date.now());
      const file = assembleVisit(about, await encodeParts(memory, thumbnail));
      const entry = entryOf(this.id, 'left', about, file.length, thumbnail);
      await this.store.put(entry, file);
      this.kept = { place: now, entry };
      dismiss('visits-left');
    } catch (error) {
      notify({ id: 'visits-left', level: 'warning', text: error instanceof Error ? error.message : String(error) });
    } finally {
      this.keptMs = performance.now();
      this.keeping = false;
    }
  }

  /** Says where the visitor stands now, if what is kept is of this world. The browser has it when this returns. */
  private leave(): void {
    const now = this.host.place();
    if (!this.kept || !now || !isSameWorld(now, this.kept.place)) return;
    // Nobody is there any more to be told that it failed, and what was kept before is.
    this.store.move(this.kept.entry, Array.from(now.worldFromHead), Date.now()).catch(() => {});
  }

  /** Whether the visitor has gone somewhere: who only opens a page keeps nothing, and who stands still nothing new. */
  private isWorth(place: Place): boolean {
    const last = this.kept?.place;
    if (last && isSameWorld(last, place)) {
      return last.options !== place.options || isElsewhere(last.worldFromHead, place.worldFromHead);
    }
    if (!this.begun || !isSameWorld(this.begun, place)) this.begun = place;
    return isWorthKeeping(this.begun.worldFromHead, place.worldFromHead);
  }
}

function isSameWorld(a: Place, b: Place): boolean {
  return a.worldId === b.worldId && a.options.seed === b.options.seed;
}
