import { readContainer, writeContainer } from './visit-container';
import { VisitDatabase } from './visit-database';
import { entryOf, isEntry, titleOf, type KeptEntry, type VisitEntry } from './visit-entry';
import { decodeVisit } from './visit-file';

/** A visit that was taken out of the store, whole, so that it can be put back. */
export type RemovedVisit = { entry: KeptEntry; file: Uint8Array };

/** So many visits that were kept by themselves stay; each page has one. */
const mostLeft = 3;

/** Saved visits, in the browser's own storage: each a file as it would be exported, and a line for the list. */
export class VisitStore {
  private readonly database: VisitDatabase;
  /** Damage by id, null: looked at and well. Files never change under an id but by {@link put}. */
  private readonly looked = new Map<string, string | null>();

  constructor(factory: IDBFactory | null = globalThis.indexedDB ?? null, name = 'reverie-visits') {
    this.database = new VisitDatabase(factory, name);
  }

  /** Opens the storage ahead of time. @throws Error with a sentence */
  async open(): Promise<void> {
    await told('The saved visits cannot be read', this.database.open());
  }

  close(): void {
    this.database.close();
  }

  /**
   * All visits, the newest first. Every file is looked at once: one that is damaged says so, and the others are as usable
   * as before.
   * @throws Error with a sentence when the storage itself cannot be read
   */
  async list(): Promise<VisitEntry[]> {
    const { entries, ids } = await told(
      'The saved visits cannot be read',
      this.database.run('readonly', (list, files) => {
        const lines = list.getAll();
        const lineIds = list.getAllKeys();
        const fileIds = files.getAllKeys();
        return () => ({ entries: lines.result as unknown[], ids: new Set([...lineIds.result, ...fileIds.result]) });
      }),
    );
    const known = new Map(entries.filter(isEntry).map((entry) => [entry.id, entry]));
    const out: VisitEntry[] = [];
    for (const id of ids) out.push(await this.look(String(id), known.get(String(id)) ?? null));
    return out.sort((a, b) => b.savedAtMs - a.savedAtMs);
  }

  /**
   * Keeps a visit: the file and its line, or neither. One that was kept by itself then pushes out older ones of its kind.
   * @throws Error with a sentence; nothing has changed then
   */
  async put(entry: KeptEntry, file: Uint8Array): Promise<void> {
    const what = `${titleOf(entry)} could not be saved`;
    await told(
      what,
      this.database.run(
        'readwrite',
        (list, files) => {
          list.put(entry, entry.id);
          files.put(file, entry.id);
          return () => {};
        },
        // Kept again and again while one walks: no disk has to hurry for it.
        entry.kind === 'left' ? 'relaxed' : 'strict',
      ),
    );
    // Whole when it came; a later tear is found by the next page that looks.
    this.looked.set(entry.id, null);
    if (entry.kind === 'left') await this.prune();
  }

  /**
   * Says where the visitor went after a file was put. So small that the browser has all of it when this returns its
   * promise: a large file would be fetched from the page later, which a page that is being closed does not live to see.
   */
  async move(entry: KeptEntry, worldFromHead: number[], savedAtMs: number): Promise<void> {
    await told(
      `${titleOf(entry)} could not be saved`,
      this.database.run('readwrite', (list) => {
        list.put({ ...entry, worldFromHead, savedAtMs }, entry.id);
        return () => {};
      }),
    );
  }

  /** Takes out what was kept by itself and is too old. A page that is being closed leaves it to the next. */
  private async prune(): Promise<void> {
    try {
      const old = await this.database.run('readonly', (list) => {
        const lines = list.getAll();
        return () => tooMany(lines.result as unknown[]);
      });
      if (old.length === 0) return;
      await this.database.run('readwrite', (list, files) => {
        for (const { id } of old) {
          list.delete(id);
          files.delete(id);
        }
        return () => {};
      });
    } catch {
      // Then there is one more in the list.
    }
  }

  /** The file of a visit as it was saved, damaged or not. @throws Error with a sentence */
  async read(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const { file, entry } = await told(
      'The visit could not be read',
      this.database.run('readonly', (list, files) => {
        const [line, stored] = [list.get(id), files.get(id)];
        return () => ({ entry: line.result as unknown, file: bytesOrNull(stored.result) });
      }),
    );
    if (!file) throw new Error('There is no file of this visit any more. Delete it from the list.');
    return isEntry(entry) && entry.worldFromHead ? moved(file, entry.worldFromHead, entry.savedAtMs) : file;
  }

  /** Takes a visit out. @returns what {@link put} puts back; null when it was not whole. @throws Error with a sentence */
  async remove(id: string): Promise<RemovedVisit | null> {
    const removed = await told(
      'The visit could not be deleted',
      this.database.run('readwrite', (list, files) => {
        const line = list.get(id);
        const file = files.get(id);
        list.delete(id);
        files.delete(id);
        return () => ({ entry: line.result as unknown, file: file.result as unknown });
      }),
    );
    this.looked.delete(id);
    const { entry, file } = removed;
    return isEntry(entry) && file instanceof Uint8Array ? { entry, file } : null;
  }

  private async fileOf(id: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return await this.database.run('readonly', (_, files) => {
      const request = files.get(id);
      return () => bytesOrNull(request.result);
    });
  }

  private async look(id: string, entry: KeptEntry | null): Promise<VisitEntry> {
    const seen = this.looked.get(id);
    if (entry && seen !== undefined) return { ...entry, damage: seen };
    let file: Uint8Array | null = null;
    let damage: string | null = null;
    try {
      file = await this.fileOf(id);
      if (!file) throw new Error('Its file is missing. Delete it from the list.');
      readContainer(file);
    } catch (error) {
      damage = error instanceof Error ? error.message : String(error);
    }
    const line = entry ?? (await lineOf(id, damage === null ? file : null, file?.length ?? 0));
    this.looked.set(id, damage);
    return { ...line, damage };
  }
}

/** The file of somebody who has walked on since it was written; one that is damaged stays as it is. */
function moved(file: Uint8Array<ArrayBuffer>, worldFromHead: number[], savedAtMs: number): Uint8Array<ArrayBuffer> {
  try {
    const { about, parts } = readContainer(file);
    return writeContainer({ ...about, worldFromHead, savedAtMs }, parts);
  } catch {
    return file;
  }
}

function bytesOrNull(value: unknown): Uint8Array<ArrayBuffer> | null {
  return value instanceof Uint8Array ? (value as Uint8Array<ArrayBuffer>) : null;
}

/** The line of a file that has lost its own. */
async function lineOf(id: string, file: Uint8Array | null, bytes: number): Promise<KeptEntry> {
  if (file) {
    try {
      const { about, thumbnail } = await decodeVisit(file);
      return entryOf(id, 'saved', about, bytes, thumbnail);
    } catch {
      // Then it is listed without.
    }
  }
  return { id, kind: 'saved', name: '', worldId: '', worldName: '', savedAtMs: 0, bytes, thumbnail: null };
}

function tooMany(lines: readonly unknown[]): KeptEntry[] {
  const left = lines.filter(isEntry).filter(({ kind }) => kind === 'left');
  return left.sort((a, b) => b.savedAtMs - a.savedAtMs).slice(mostLeft);
}

/** What the browser says, as a sentence for a person. */
async function told<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const name = error instanceof Error || error instanceof DOMException ? error.name : '';
    if (name === 'QuotaExceededError') {
      const way = 'Export visits that you want to keep and delete some, then save again.';
      throw new Error(`${what}: the browser's storage is full. All visits saved before are still there. ${way}`);
    }
    const reason = (error instanceof Error ? error.message : String(error)).replace(/[.\s]+$/, '');
    throw new Error(`${what}: ${reason}. Nothing that was saved before has changed; try again.`);
  }
}
