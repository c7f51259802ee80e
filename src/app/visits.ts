import { entryOf, titleOf, type VisitEntry } from '../session/visits/visit-entry';
import { assembleVisit, decodeVisit, encodeParts } from '../session/visits/visit-file';
import { mostFileBytes } from '../session/visits/visit-container';
import type { VisitAbout } from '../session/visits/visit-header';
import type { RemovedVisit, VisitStore } from '../session/visits/visit-store';
import { thumbnailOf } from '../session/visits/thumbnail';
import type { RememberedPlace, VisitMemory } from '../world/visit-memory';
import type { VisitCommands } from './commands';
import type { Options } from './options';
import { appStore, dismiss, notify } from './store';
import { aboutPlace, changeSince, layoutOf, optionsOf, readableMemory, type Place } from './visits-place';
import { visitsStore } from './visits-store';

/** What the visits need of whoever runs the worlds. */
export type VisitHost = {
  /** Null while no world runs. */
  place(): Place | null;
  /** A copy of all that the worker knows of this visit. */
  snapshot(): Promise<VisitMemory>;
  /** Shows a saved place at once and opens its world there. @returns whether that world runs now */
  openSaved(options: Partial<Options>, place: RememberedPlace, memory: VisitMemory): Promise<boolean>;
};

export const visitFileType = 'application/x-reverie-visit';

/** Saved visits, as the page and `window.reverie` use them. Every refusal is an Error with a sentence. */
export class Visits implements VisitCommands {
  private deleted: RemovedVisit | null = null;

  constructor(
    private readonly host: VisitHost,
    private readonly store: VisitStore,
  ) {}

  async visits(): Promise<VisitEntry[]> {
    return await this.store.list();
  }

  async saveVisit(name = ''): Promise<string> {
    if (typeof name !== 'string') throw new RangeError(`The name of a visit must be a text, not ${typeof name}.`);
    return await this.busy('Saving…', async () => {
      const place = this.host.place();
      const memory = place && (await this.host.snapshot());
      if (!memory?.newest) throw new Error('There is no picture to save yet. Try again in a moment.');
      const thumbnail = thumbnailOf(memory.newest);
      // The place once more: the person may have walked on while the worker finished its step.
      const about = aboutPlace(this.host.place() ?? place!, name, Date.now());
      const file = assembleVisit(about, await encodeParts(memory, thumbnail));
      const id = newId();
      await this.store.put(entryOf(id, 'saved', about, file.length, thumbnail), file);
      askToPersist();
      return id;
    });
  }

  async openVisit(id: string): Promise<void> {
    await this.busy('Opening…', async () => {
      const { about, memory: saved } = await decodeVisit(await this.store.read(id));
      const { memory, unreadable } = readableMemory(saved);
      if (!memory.newest) throw new Error('This visit holds no picture, so there is nothing to go back to. Delete it.');
      const { options, problem: strange } = optionsOf(about);
      const broken = unreadable > 0 ? `${unreadable} ${unreadable === 1 ? 'piece' : 'pieces'} of its map cannot be read here, and will be imagined anew.` : null;
      const problem = [strange, broken].filter(Boolean).join(' ');
      if (problem) notify({ id: 'visit-options', level: 'warning', text: problem });
      else dismiss('visit-options');
      dismiss('visit-change');
      const isRunning = await this.host.openSaved(options, rememberedPlace(about), memory);
      const { world } = appStore.getState();
      const change = isRunning && world ? changeSince(about.world, world) : null;
      if (change) notify({ id: 'visit-change', level: 'info', text: change });
    });
  }

  async deleteVisit(id: string): Promise<void> {
    await this.busy('Deleting…', async () => {
      this.deleted = await this.store.remove(id);
    });
  }

  async undoDelete(): Promise<string | null> {
    const { deleted } = this;
    if (!deleted) return null;
    return await this.busy('Bringing it back…', async () => {
      await this.store.put(deleted.entry, deleted.file);
      this.deleted = null;
      return deleted.entry.id;
    });
  }

  async exportVisit(id: string): Promise<Blob> {
    return new Blob([await this.store.read(id)], { type: visitFileType });
  }

  async importVisit(file: Blob): Promise<string> {
    return await this.busy('Importing…', async () => {
      // Before it is read into memory.
      if (file.size > mostFileBytes) {
        throw new Error('This file is larger than any visit. Choose a .reverie file that was exported here.');
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { about, thumbnail } = await decodeVisit(bytes);
      const here = await this.find(bytes);
      if (here !== null) return here;
      const id = newId();
      await this.store.put(entryOf(id, 'saved', about, bytes.length, thumbnail), bytes);
      return id;
    });
  }

  /** Reads the list again for the panel. Never rejects: what went wrong stands where the list would. */
  async refresh(): Promise<void> {
    try {
      visitsStore.setState({ entries: await this.store.list(), problem: null });
    } catch (error) {
      visitsStore.setState({ entries: null, problem: error instanceof Error ? error.message : String(error) });
    }
  }

  /** The id under which a file with the very same bytes is kept, or null. */
  private async find(bytes: Uint8Array): Promise<string | null> {
    for (const entry of await this.store.list()) {
      if (entry.bytes !== bytes.length || entry.damage !== null) continue;
      const other = await this.store.read(entry.id);
      if (other.every((byte, i) => byte === bytes[i])) return entry.id;
    }
    return null;
  }

  private async busy<T>(what: string, work: () => Promise<T>): Promise<T> {
    visitsStore.setState({ busy: what });
    try {
      return await work();
    } finally {
      visitsStore.setState({ busy: null });
      await this.refresh();
    }
  }
}

function rememberedPlace(about: VisitAbout): RememberedPlace {
  const name = `${titleOf({ name: '', worldName: about.world.name, worldId: about.world.id })}, as you left it`;
  return { name, layout: layoutOf(about), worldFromHead: Float32Array.from(about.worldFromHead) };
}

/** Ids of visits; `crypto.randomUUID` wants a secure origin, which a page on the network at home has not. */
export function newId(): string {
  const random = crypto.getRandomValues(new Uint32Array(3));
  return `visit-${Array.from(random, (n) => n.toString(36).padStart(7, '0')).join('')}`;
}

/** Asks the browser not to clear the visits away when the disk gets full; it may refuse, and they are kept all the same. */
function askToPersist(): void {
  void navigator.storage?.persist?.().catch(() => {});
}
