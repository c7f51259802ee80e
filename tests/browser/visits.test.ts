import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Visits, type VisitHost } from '../../src/app/visits';
import { aboutPlace, type Place } from '../../src/app/visits-place';
import { defaultOptions } from '../../src/app/options';
import { appStore } from '../../src/app/store';
import { intrinsicsFromFov } from '../../src/math/camera';
import { poseFromYawPitch } from '../../src/math/pose';
import { entryOf, type VisitEntry } from '../../src/session/visits/visit-entry';
import { assembleVisit, encodeParts } from '../../src/session/visits/visit-file';
import { readContainer } from '../../src/session/visits/visit-container';
import { VisitStore } from '../../src/session/visits/visit-store';
import type { RememberedPlace, SavedFrame, VisitMemory } from '../../src/world/visit-memory';
import type { Options } from '../../src/app/options';
import { encodeBlock } from '../../workers/imagine/tokens';

const databaseName = 'reverie-visits-test';
const camera = intrinsicsFromFov(32, 32, 1.7);

let store: VisitStore;
let stand: Place;
let opened: { options: Partial<Options>; place: RememberedPlace; memory: VisitMemory }[];
let visits: Visits;

function painted(mark: number): SavedFrame {
  return {
    worldFromCamera: poseFromYawPitch([mark, 1.6, 0], 0.1 * mark, 0),
    camera,
    color: Uint8Array.from({ length: 4 * 32 * 32 }, (_, i) => (i % 4 === 3 ? 255 : (mark * 40 + i) % 256)),
    inverseDepth: Float32Array.from({ length: 32 * 32 }, (_, t) => (t + mark) / 4096),
  };
}

const memory: VisitMemory = {
  newest: painted(1),
  older: [painted(2), painted(3)],
  blocks: [{ i: 4, j: -5, tokens: encodeBlock(Array.from({ length: 9 }, () => [])) }],
};

const host: VisitHost = {
  place: () => stand,
  snapshot: async () => memory,
  openSaved: async (options, place, saved) => {
    opened.push({ options, place, memory: saved });
    return true;
  },
};

beforeEach(() => {
  appStore.setState(appStore.getInitialState(), true);
  store = new VisitStore(indexedDB, databaseName);
  visits = new Visits(host, store);
  opened = [];
  stand = {
    worldId: 'courtyards',
    world: {
      id: 'courtyards',
      name: 'Courtyards, dreamed',
      description: '',
      camera,
      hasDepth: true,
      rateHz: 30,
      provider: 'wasm',
      layout: { kind: 'courtyards', seed: 12 },
    },
    options: { ...defaultOptions, seed: 12, walkSpeed: 3 },
    worldFromHead: poseFromYawPitch([3.5, 1.6, -8.25], 1.2, -0.2),
  };
});

afterEach(async () => {
  vi.restoreAllMocks();
  store.close();
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName);
    request.onsuccess = resolve;
    request.onerror = reject;
  });
});

/** Writes into the database behind the store's back, as a crash or another program would. */
async function tamper(storeName: 'list' | 'files', id: string, value: unknown): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(databaseName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  await new Promise((resolve, reject) => {
    const transaction = db.transaction(storeName, 'readwrite');
    if (value === undefined) transaction.objectStore(storeName).delete(id);
    else transaction.objectStore(storeName).put(value, id);
    transaction.oncomplete = resolve;
    transaction.onabort = reject;
  });
  db.close();
}

/** A page that starts with what the one before has left. */
function reload(): void {
  store.close();
  store = new VisitStore(indexedDB, databaseName);
  visits = new Visits(host, store);
}

async function bytesOf(file: Blob): Promise<number[]> {
  return [...new Uint8Array(await file.arrayBuffer())];
}

function idsOf(entries: readonly VisitEntry[]): string[] {
  return entries.map(({ id }) => id);
}

describe('visits in the browser', () => {
  test('are saved, listed by the next page and opened with everything that was saved', async () => {
    expect(await visits.visits()).toEqual([]);
    const id = await visits.saveVisit('  By the pool ');
    reload();
    const [entry, ...others] = await visits.visits();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ id, kind: 'saved', name: 'By the pool', worldName: 'Courtyards, dreamed', damage: null });
    expect(Math.abs(entry!.savedAtMs - Date.now())).toBeLessThan(60_000);
    expect(entry!.thumbnail!.rgb.length).toBe(3 * entry!.thumbnail!.width * entry!.thumbnail!.height);

    await visits.openVisit(id);
    const [{ options, place, memory: got }] = opened as [(typeof opened)[0]];
    // The world's options and no others: the walking speed is the person's own.
    expect(options).toMatchObject({ world: 'courtyards', seed: 12 });
    expect(options.walkSpeed).toBeUndefined();
    expect(place.layout).toEqual({ kind: 'courtyards', seed: 12 });
    expect([...place.worldFromHead]).toEqual([...stand.worldFromHead]);
    expect(got.blocks).toEqual(memory.blocks);
    expect(got.newest!.color).toEqual(memory.newest!.color);
    expect(got.older.map(({ worldFromCamera }) => worldFromCamera)).toEqual(memory.older.map((f) => f.worldFromCamera));
  });

  test('are exported, deleted, undone and imported without a byte changed; the same file comes in once', async () => {
    const id = await visits.saveVisit('One');
    const other = await visits.saveVisit('Two');
    const file = await visits.exportVisit(id);
    const bytes = await bytesOf(file);
    await visits.deleteVisit(id);
    expect(idsOf(await visits.visits())).toEqual([other]);
    expect(await visits.undoDelete()).toBe(id);
    expect(await visits.undoDelete()).toBeNull();
    expect(await bytesOf(await visits.exportVisit(id))).toEqual(bytes);
    expect(await visits.importVisit(file)).toBe(id);

    await visits.deleteVisit(id);
    const again = await visits.importVisit(file);
    expect(await bytesOf(await visits.exportVisit(again))).toEqual(bytes);
    expect((await visits.visits()).map(({ name }) => name).sort()).toEqual(['One', 'Two']);
    await expect(visits.openVisit(id)).rejects.toThrow(/no file of this visit/);
  });

  test('that cannot be imported say why and change nothing', async () => {
    const id = await visits.saveVisit('Kept');
    const file = new Uint8Array(await (await visits.exportVisit(id)).arrayBuffer());
    for (const [bad, why] of [
      [new Blob(['hello']), /not a visit/],
      [new Blob([]), /not a visit/],
      [new Blob([file.subarray(0, file.length - 20)]), /torn/],
    ] as const) {
      await expect(visits.importVisit(bad)).rejects.toThrow(why);
    }
    expect(idsOf(await visits.visits())).toEqual([id]);
  });

  test('kept on leaving push out older ones of their kind, and no others', async () => {
    const saved = await visits.saveVisit('Saved');
    const parts = await encodeParts(memory, null);
    for (let k = 0; k < 5; k++) {
      const about = aboutPlace(stand, '', 1000 * k);
      const file = assembleVisit(about, parts);
      await store.put(entryOf(`left-${k}`, 'left', about, file.length, null), file);
    }
    reload();
    expect(idsOf(await visits.visits())).toEqual([saved, 'left-4', 'left-3', 'left-2']);
    await expect(store.read('left-1')).rejects.toThrow(/no file/);
  });

  test('that are told where one went on are opened and exported there, also when nobody waited for it', async () => {
    const about = aboutPlace(stand, '', 5);
    const file = assembleVisit(about, await encodeParts(memory, null));
    const entry = entryOf('left', 'left', about, file.length, null);
    await store.put(entry, file);
    const there = poseFromYawPitch([-2, 1.6, 40], -2, 0.1);
    void store.move(entry, Array.from(there), 77);
    // Nothing more is asked of this page's store; the next page sees it.
    const next = new VisitStore(indexedDB, databaseName);
    expect(await next.list()).toMatchObject([{ id: 'left', savedAtMs: 77, damage: null }]);
    await new Visits(host, next).openVisit('left');
    // A file knows no negative zero.
    const said = Array.from(there, (n) => n + 0);
    expect([...opened[0]!.place.worldFromHead]).toEqual(said);
    expect(opened[0]!.memory.older.length).toBe(memory.older.length);
    const { about: exported } = readContainer(await next.read('left'));
    expect(exported).toEqual({ ...about, worldFromHead: said, savedAtMs: 77 });
    next.close();
  });
});

describe('when something goes wrong', () => {
  test('a full disk is told in a sentence, nothing is half saved and all before is there', async () => {
    const id = await visits.saveVisit('Before');
    const put = IDBObjectStore.prototype.put;
    // The browser refuses the large half: the request fails as it does on a full disk, after the list has its line.
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      if (this.name === 'files') throw new DOMException('The disk is full.', 'QuotaExceededError');
      return put.apply(this, given);
    });
    await expect(visits.saveVisit('Too much')).rejects.toThrow(/Too much could not be saved: the browser's storage is full.*still there/);
    expect(full).toHaveBeenCalledTimes(2);
    full.mockRestore();
    reload();
    expect(idsOf(await visits.visits())).toEqual([id]);
    await visits.openVisit(id);
    const next = await visits.saveVisit('After');
    expect(idsOf(await visits.visits()).sort()).toEqual([id, next].sort());
  });

  test('a transaction that the browser gives up leaves what was there', async () => {
    const id = await visits.saveVisit('Before');
    const before = await bytesOf(await visits.exportVisit(id));
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
      const request = put.apply(this, given);
      if (this.name === 'files') this.transaction.abort();
      return request;
    });
    const about = aboutPlace(stand, 'Overwritten', 1);
    const file = assembleVisit(about, []);
    await expect(store.put(entryOf(id, 'saved', about, file.length, null), file)).rejects.toThrow(/could not be saved/);
    vi.restoreAllMocks();
    reload();
    expect((await visits.visits())[0]).toMatchObject({ id, name: 'Before' });
    expect(await bytesOf(await visits.exportVisit(id))).toEqual(before);
  });

  test('a torn file is listed as damaged, can be exported and deleted, and harms no other', async () => {
    const torn = await visits.saveVisit('Torn');
    const well = await visits.saveVisit('Well');
    const file = new Uint8Array(await (await visits.exportVisit(torn)).arrayBuffer());
    await tamper('files', torn, file.slice(0, file.length - 100));
    reload();
    const entries = await visits.visits();
    expect(entries.find(({ id }) => id === torn)!.damage).toMatch(/torn.*older picture/);
    expect(entries.find(({ id }) => id === well)!.damage).toBeNull();
    await expect(visits.openVisit(torn)).rejects.toThrow(/torn/);
    expect((await visits.exportVisit(torn)).size).toBe(file.length - 100);
    await visits.openVisit(well);
    await visits.deleteVisit(torn);
    expect(idsOf(await visits.visits())).toEqual([well]);
  });

  test('lines and files that have lost each other are listed, and what can be is mended', async () => {
    const lineless = await visits.saveVisit('Without a line');
    const fileless = await visits.saveVisit('Without a file');
    const strange = await visits.saveVisit('Strange');
    await tamper('list', lineless, undefined);
    await tamper('files', fileless, undefined);
    await tamper('list', strange, { id: 5, thumbnail: 'none' });
    await tamper('files', strange, 'not bytes');
    reload();
    const by = new Map((await visits.visits()).map((entry) => [entry.id, entry]));
    expect(by.get(lineless)).toMatchObject({ name: 'Without a line', damage: null });
    await visits.openVisit(lineless);
    expect(by.get(fileless)!.damage).toMatch(/missing/);
    expect(by.get(strange)!.damage).toMatch(/missing/);
    await visits.deleteVisit(fileless);
    await visits.deleteVisit(strange);
    expect(idsOf(await visits.visits())).toEqual([lineless]);
  });

  test('a browser without storage says so in one sentence', async () => {
    const without = new Visits(host, new VisitStore(null));
    await expect(without.visits()).rejects.toThrow(/cannot be read: this browser has no storage/);
    await expect(without.saveVisit()).rejects.toThrow(/could not be saved/);
  });

  test('before the first picture there is nothing to save', async () => {
    const early = new Visits({ ...host, snapshot: async () => ({ newest: null, older: [], blocks: [] }) }, store);
    await expect(early.saveVisit()).rejects.toThrow(/no picture to save yet/);
    const nowhere = new Visits({ ...host, place: () => null }, store);
    await expect(nowhere.saveVisit()).rejects.toThrow(/no picture to save yet/);
    expect(await visits.visits()).toEqual([]);
  });

  test('a package that has changed since is told, and the visit opens all the same', async () => {
    stand = { ...stand, world: { ...stand.world, package: { version: '0.1.0', sha256: 'a' } } };
    const id = await visits.saveVisit();
    appStore.setState({ world: { ...stand.world, package: { version: '0.2.0', sha256: 'b' } } });
    await visits.openVisit(id);
    const told = (): string[] => appStore.getState().notices.map(({ text }) => text);
    expect(told().join(' ')).toMatch(/has changed since this visit was saved \(version 0.1.0 then, 0.2.0 now\)/);
    appStore.setState({ world: stand.world });
    await visits.openVisit(id);
    expect(told()).toEqual([]);
    expect(opened.length).toBe(2);
  });

  test('blocks of a map that cannot be read here are left out with a sentence', async () => {
    const broken = { ...memory, blocks: [...memory.blocks, { i: 1, j: 1, tokens: Uint8Array.of(255, 255) }] };
    const file = assembleVisit(aboutPlace(stand, '', 1), await encodeParts(broken, null));
    await visits.openVisit(await visits.importVisit(new Blob([file])));
    expect(opened[0]!.memory.blocks).toEqual(memory.blocks);
    expect(appStore.getState().notices[0]!.text).toMatch(/1 piece of its map cannot be read/);
  });

  test('options that mean nothing here are left out with a sentence', async () => {
    const about = { ...aboutPlace(stand, 'Future', 1), options: { seed: 12, weather: 'rain', walkSpeed: 6, hour: 1e9 } };
    const file = assembleVisit(about, await encodeParts(memory, null));
    await visits.openVisit(await visits.importVisit(new Blob([file])));
    expect(opened[0]!.options).toEqual({ world: 'courtyards', seed: 12 });
    expect(appStore.getState().notices[0]!.text).toMatch(/weather, walkSpeed, hour/);
  });
});
