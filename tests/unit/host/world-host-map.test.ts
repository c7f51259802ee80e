import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actionLength, createAction, encodeAction } from '../../../src/action/action-codec';
import type { MapNews, OpenHooks } from '../../../src/world/contracts';
import { noDelay } from '../../../src/world/control';
import { defaultLayerBudget } from '../../../src/world/layer-budget';
import { poseFromYawPitch } from '../../../src/math/pose';
import { WorldHost } from '../../../workers/host/world-host';
import { autoLight, type LightChoice } from '../../../workers/layout/palettes';
import { act, FakePort, FakeWorld, gate, pause, until } from './fake-world';

/** A world that imagines and can be lit; it notes what it is told. */
class ImaginingWorld extends FakeWorld {
  readonly lights: string[] = [];
  readonly prepared: number[] = [];
  news: MapNews | null = null;
  preparing: (hooks: OpenHooks) => Promise<void> = async () => {};

  constructor(mark: number, kind: 'imagined' | 'courtyards' = 'imagined', size = 4) {
    super(mark, size);
    this.info.layout = { kind, seed: 0 };
  }

  async prepare(seed: number, _: unknown, hooks: OpenHooks): Promise<void> {
    this.prepared.push(seed);
    await this.preparing(hooks);
  }

  setLight({ palette, hour }: LightChoice): void {
    this.lights.push(`${palette} ${hour}`);
  }

  takeMap(): MapNews | null {
    const { news } = this;
    this.news = null;
    return news;
  }
}

const settings = { modelHz: 200, resolutionScale: 1, delay: noDelay, layers: defaultLayerBudget, light: autoLight, surfacesHz: 0 };
const blocks = (...indices: number[]) => indices.map((i) => ({ i, j: 0, tokens: new Uint8Array(9) }));
let port: FakePort;
let host: WorldHost;
let streaming: ReturnType<typeof setInterval> | undefined;
let newest = 0;

beforeEach(() => {
  port = new FakePort();
  host = new WorldHost(port, null, 0);
  host.configure(settings);
  newest = 0;
});

afterEach(() => {
  clearInterval(streaming);
  host.dispose();
});

const stream = (): void => {
  streaming = setInterval(() => act(host, ++newest), 3);
};
const open = (world: FakeWorld, seed = 1) => host.open(world.info.id, async () => world, seed, null);

describe('a world that imagines', () => {
  test('tells all of its map right after it has opened, and then what is new', async () => {
    const world = new ImaginingWorld(1);
    world.opening = () => void (world.news = { seed: 5, blocks: blocks(1, 2), failure: null });
    await open(world, 5);
    const kinds = port.messages.map(({ type }) => type).filter((type) => type !== 'alive');
    expect(kinds).toEqual(['opened', 'map']);
    world.news = { seed: 5, blocks: blocks(3), failure: null };
    await until(() => port.all('map').length === 2, 'the news have come');
    expect(port.all('map').map((message) => [message.seed, message.blocks.map(({ i }) => i)])).toEqual([
      [5, [1, 2]],
      [5, [3]],
    ]);
  });

  test('says in one sentence that its map grows no further, and paints on', async () => {
    const world = new ImaginingWorld(1);
    await open(world);
    stream();
    world.news = { seed: 1, blocks: blocks(4), failure: 'The map grows no further: no memory.' };
    await until(() => port.all('map-failed').length > 0, 'the failure is told');
    const framesThen = port.frames.length;
    await until(() => port.frames.length > framesThen + 3, 'it paints on');
    expect(port.all('map-failed')).toEqual([
      { type: 'map-failed', worldId: 'world-1', message: 'World 1: The map grows no further: no memory. What is known of it stays.' },
    ]);
    expect(port.all('map')).toHaveLength(1);
    expect(port.all('failed')).toEqual([]);
  });

  test('prepares beside the world that runs, with progress, and opens once it is ready', async () => {
    const before = new FakeWorld(1);
    await open(before);
    stream();
    const ready = gate();
    const world = new ImaginingWorld(2);
    world.preparing = async ({ onProgress }) => {
      onProgress?.({ step: 'imagine', done: 1, total: 9 });
      await ready.opened;
    };
    const opening = open(world, 7);
    await until(() => port.all('progress').length > 0, 'its progress is told');
    const framesThen = port.frames.length;
    await until(() => port.frames.length > framesThen + 3, 'the world before goes on');
    expect(port.all('progress')[0]).toEqual({ type: 'progress', worldId: 'world-2', progress: { step: 'imagine', done: 1, total: 9 } });
    expect(world.openings).toEqual([]);
    ready.open();
    await opening;
    expect(world.openings.map(({ seed }) => seed)).toEqual([7]);
  });

  test('that cannot prepare is put away with its sentence, and the world before goes on', async () => {
    const before = new FakeWorld(1);
    await open(before);
    const world = new ImaginingWorld(2);
    world.preparing = () => Promise.reject(new Error('The map cannot be imagined here: no memory.'));
    await expect(open(world)).rejects.toThrow('The map cannot be imagined here: no memory.');
    expect([world.disposals, before.disposals, port.all('opened').length]).toEqual([1, 0, 1]);
  });

  test('goes on in the old map while another seed is prepared; a newer wish calls that one off', async () => {
    const world = new ImaginingWorld(1);
    await open(world, 1);
    stream();
    const waiting: OpenHooks[] = [];
    world.preparing = (hooks) =>
      new Promise((_, reject) => {
        waiting.push(hooks);
        hooks.signal?.addEventListener('abort', () => reject(hooks.signal!.reason as Error));
      });
    const first = host.reopen(2, null);
    await until(() => waiting.length === 1, 'it prepares');
    const framesThen = port.frames.length;
    await until(() => port.frames.length > framesThen + 3, 'it paints on');
    world.preparing = async () => {};
    await host.reopen(3, null);
    await first;
    expect(world.prepared).toEqual([1, 2, 3]);
    expect(world.openings.map(({ seed }) => seed)).toEqual([1, 3]);
    expect(port.all('opened').map(({ seed }) => seed)).toEqual([1, 3]);
  });

  test('takes a place from a map of its own kind only', async () => {
    const here = poseFromYawPitch([3, 1.6, 4], 0.5, 0);
    const imagined = new ImaginingWorld(1);
    await host.open('world-1', async () => imagined, 5, here, 'courtyards');
    const again = new ImaginingWorld(2);
    await host.open('world-2', async () => again, 5, here, 'imagined');
    expect(imagined.openings[0]!.worldFromHead).toBeNull();
    expect(again.openings[0]!.worldFromHead).toEqual(here);
    expect(port.all('opened').map(({ keptPose }) => keptPose)).toEqual([false, true]);
  });
});

describe('light', () => {
  test('is told to a world before it opens', async () => {
    host.configure({ ...settings, light: { palette: 'rose', hour: 'dusk' } });
    const world = new ImaginingWorld(1);
    world.opening = () => void world.lights.push('opens');
    await open(world);
    expect(world.lights.slice(0, world.lights.indexOf('opens')).every((light) => light === 'rose dusk')).toBe(true);
    expect(world.lights.indexOf('opens')).toBeGreaterThan(0);
  });

  test('changes between two steps, and no frame of the old light is sent with those of the new', async () => {
    const world = new ImaginingWorld(1, 'imagined', 32);
    await open(world);
    // Swaying before a wall four metres away: older frames show what lies beyond the border of the newest.
    streaming = setInterval(() => {
      const action = createAction();
      action.id = ++newest;
      action.worldFromPredictedHead.set(poseFromYawPitch([2 * Math.sin(newest * 0.02), 1.6, 0], 0, 0));
      host.receive({ type: 'action', values: encodeAction(action, new Float64Array(actionLength)) });
    }, 3);
    await until(() => port.frames.some(({ layers }) => layers.length > 0), 'older frames are kept');
    const lightsThen = world.lights.length;
    const step = gate();
    let stepping = 0;
    world.during = () => {
      stepping++;
      return step.opened;
    };
    await until(() => stepping === 1, 'a step is in flight');
    const idThen = Math.max(...port.frames.map(({ id }) => id));
    host.configure({ ...settings, light: { palette: 'teal', hour: 'auto' } });
    host.configure({ ...settings, light: { palette: 'teal', hour: 'dusk' } });
    await pause(10);
    expect(world.lights).toHaveLength(lightsThen);
    world.during = () => {};
    step.open();
    await until(() => port.frames.some(({ id }) => id > idThen + 8), 'it paints on');
    expect(world.lights.slice(lightsThen)).toEqual(['teal dusk']);
    // One frame was in flight; the first of the new light stands alone, later ones know only each other.
    const inNewLight = port.frames.filter(({ id }) => id > idThen + 1);
    for (const { layers } of inNewLight) expect(Math.min(Infinity, ...layers)).toBeGreaterThan(idThen + 1);
  });

  test('leaves worlds with one look alone', async () => {
    const world = new FakeWorld(1);
    await open(world);
    stream();
    host.configure({ ...settings, light: { palette: 'teal', hour: 'dusk' } });
    await until(() => port.frames.length > 3, 'it paints on');
    expect(port.all('failed')).toEqual([]);
  });
});
