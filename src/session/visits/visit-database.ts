/** Lines of the list, small, by id. */
export const listStore = 'list';
/** Whole visit files, by the same ids. */
export const fileStore = 'files';

const version = 1;

/** Makes requests in both stores, and returns how to read the result. */
type Ask<T> = (list: IDBObjectStore, files: IDBObjectStore) => () => T;

/**
 * The visits' database: opened when it is first needed, and again after the browser closed it. Every change is one
 * transaction, so that a crash in the middle leaves what was there before.
 */
export class VisitDatabase {
  private db: IDBDatabase | null = null;

  /** @param factory null where the browser has no IndexedDB */
  constructor(
    private readonly factory: IDBFactory | null,
    private readonly name: string,
  ) {}

  /** Opens it ahead of time, so that the next change begins at once. */
  async open(): Promise<void> {
    this.db ??= await this.openOnce();
  }

  /**
   * Runs requests in one transaction. When the database is open, they are made before this returns: a page that is
   * being left can rely on it.
   * @param ask makes all requests, and returns how to read the result when all is done
   * @param durability `strict`: done means that it is on the disk, not only on its way there
   * @throws the error of the transaction; then nothing has changed
   */
  async run<T>(mode: IDBTransactionMode, ask: Ask<T>, durability: IDBTransactionDurability = 'strict'): Promise<T> {
    if (!this.db) await this.open();
    return await transact(this.db!, mode, ask, durability);
  }

  /** Lets go of it, so that another page (or a test) may delete it. */
  close(): void {
    this.db?.close();
    this.db = null;
  }

  private openOnce(): Promise<IDBDatabase> {
    const { factory } = this;
    if (!factory) return Promise.reject(new Error('this browser has no storage for it (IndexedDB)'));
    return new Promise((resolve, reject) => {
      const request = factory.open(this.name, version);
      request.onupgradeneeded = () => {
        for (const store of [listStore, fileStore]) {
          if (!request.result.objectStoreNames.contains(store)) request.result.createObjectStore(store);
        }
      };
      request.onerror = () => reject(request.error ?? new Error('the browser could not open it'));
      request.onblocked = () => reject(new Error('another tab holds an older version open; close that tab'));
      request.onsuccess = () => {
        const db = request.result;
        // A newer page wants to change it: let it, and open again when needed.
        db.onversionchange = () => this.close();
        db.onclose = () => (this.db = null);
        resolve(db);
      };
    });
  }
}

function transact<T>(db: IDBDatabase, mode: IDBTransactionMode, ask: Ask<T>, durability: IDBTransactionDurability): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const transaction = db.transaction([listStore, fileStore], mode, { durability });
    let read: (() => T) | null = null;
    transaction.oncomplete = () => resolve(read!());
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser gave it up'));
    try {
      read = ask(transaction.objectStore(listStore), transaction.objectStore(fileStore));
      // Said at once, the browser finishes it by itself; else it waits for a page that may be gone, and gives it up.
      transaction.commit?.();
    } catch (error) {
      // Half of it shall not be kept; nothing is left to give up where the browser already has.
      transaction.onabort = null;
      try {
        transaction.abort();
      } catch {
        // It has.
      }
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
