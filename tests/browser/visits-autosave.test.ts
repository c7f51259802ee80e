import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultOptions } from '../../src/app/options';
import { appStore } from '../../src/app/store';
import { Autosave } from '../../src/app/visits-autosave';
import type { VisitHost } from '../../src/app/visits';
import type { Place } from '../../src/app/visits-place';
import { intrinsicsFromFov } from '../../src/math/camera';
import { poseFromYawPitch } from '../../src/math/pose';
import type { VisitEntry } from '../../src/session/visits/visit-entry';
import { decodeVisit } from '../../src/session/visits/visit-file';
import { VisitStore } from '../../src/session/visits/visit-store';

const databaseName = 'reverie-autosave-test';
const camera = intrinsicsFromFov(8, 8, 1.7);

let store: VisitStore;
let stand: Place | null;
let snapshots: number;
let stop: () => void;

const host: VisitHost = {
  place: () => stand,
  snapshot: async () => {
    snapshots++;
    const color = new Uint8Array(256).fill(99);
    const newest = { worldFromCamera: poseFromYawPitch([0, 0, 0], 0, 0), camera, color, inverseDepth: new Float32Array(64) };
    return { newest, older: [], blocks: [] };
  },
  openSaved: async () => true,
};

function standAt(x: number, yawRad = 0, seed = 6): void {
  stand = {
    worldId: 'courtyards',
    world: { id: 'courtyards', name: 'Courtyards', description: '', camera, hasDepth: true, rateHz: 30, provider: '', layout: null },
    options: { ...defaultOptions, seed },
    worldFromHead: poseFromYawPitch([x, 1.6, 0], yawRad, 0),
  };
}

/** Lets that much time pass, and then everything that was begun in it end. */
async function pass(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await new Promise((resolve) => setTimeout(resolve, 150));
}

function leave(): void {
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
}

async function kept(): Promise<VisitEntry[]> {
  return await store.list();
}

beforeEach(() => {
  appStore.setState(appStore.getInitialState(), true);
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  store = new VisitStore(indexedDB, databaseName);
  snapshots = 0;
  standAt(0);
  stop = new Autosave(host, store).start();
});

afterEach(async () => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  store.close();
  await new Promise((resolve) => (indexedDB.deleteDatabase(databaseName).onsuccess = resolve));
});

test('a page that is only opened keeps nothing, so that it pushes nothing out', async () => {
  await pass(10_000);
  await pass(10_000);
  leave();
  expect([snapshots, (await kept()).length]).toEqual([0, 0]);
});

test('who walks or turns is kept, once, and anew only when there is something new', async () => {
  await pass(10_000);
  standAt(0, 0.5);
  await pass(10_000);
  expect(await kept()).toMatchObject([{ kind: 'left', worldName: 'Courtyards', damage: null }]);
  await pass(10_000);
  await pass(10_000);
  expect(snapshots).toBe(1);
  standAt(3);
  await pass(10_000);
  expect(snapshots).toBe(2);
  expect((await kept()).length).toBe(1);
});

test('on leaving, the place is the one where the visitor stands then', async () => {
  await pass(10_000);
  standAt(2);
  await pass(10_000);
  standAt(5.25);
  leave();
  const [entry] = await kept();
  const { about, memory } = await decodeVisit(await store.read(entry!.id));
  expect(about.worldFromHead[12]).toBe(5.25);
  expect(memory.newest!.color[0]).toBe(99);
});

test('a place in another world is never mixed with pictures of this one', async () => {
  await pass(10_000);
  standAt(2);
  await pass(10_000);
  standAt(50, 0, 7);
  leave();
  const [entry] = await kept();
  const { about } = await decodeVisit(await store.read(entry!.id));
  expect([about.worldFromHead[12], about.options['seed']]).toEqual([2, 6]);
  stand = null;
  leave();
  expect((await kept()).length).toBe(1);
});

test('a disk that is full is told once, and goes away when there is room again', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('The disk is full.', 'QuotaExceededError');
  });
  await pass(10_000);
  standAt(2);
  await pass(10_000);
  await pass(10_000);
  const told = (): string[] => appStore.getState().notices.map(({ text }) => text);
  expect(told()).toEqual([expect.stringMatching(/storage is full/)]);
  put.mockRestore();
  await pass(10_000);
  expect(told()).toEqual([]);
  expect((await kept()).length).toBe(1);
});
