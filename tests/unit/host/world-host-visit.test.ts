import { afterEach, beforeEach, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { MapNews } from '../../../src/world/contracts';
import { noDelay } from '../../../src/world/control';
import { defaultLayerBudget } from '../../../src/world/layer-budget';
import type { MapBlock, VisitMemory } from '../../../src/world/visit-memory';
import { autoLight } from '../../../workers/layout/palettes';
import { WorldHost } from '../../../workers/host/world-host';
import { savedFrame } from '../session/visits/saved-visits';
import { act, FakePort, FakeWorld, gate, pause, until } from './fake-world';

let port: FakePort;
let host: WorldHost;
let streaming: ReturnType<typeof setInterval> | undefined;
let newestAction = 0;

beforeEach(() => {
  port = new FakePort();
  host = new WorldHost(port, null, 5000);
  host.configure({ modelHz: 200, resolutionScale: 1, delay: noDelay, layers: defaultLayerBudget, light: autoLight, surfacesHz: 0 });
  newestAction = 0;
  streaming = setInterval(() => act(host, ++newestAction), 3);
});

afterEach(() => {
  clearInterval(streaming);
  host.dispose();
});

/** A world that imagines: it notes what it is reminded of, and decides a block when it is told to. */
class ImaginingWorld extends FakeWorld {
  readonly heard: string[] = [];
  news: MapNews | null = null;

  recall(seed: number, blocks: readonly MapBlock[]): void {
    this.heard.push(`recall ${seed}: ${blocks.map(({ i, j }) => `${i},${j}`).join(' ')}`);
  }

  async prepare(seed: number): Promise<void> {
    this.heard.push(`prepare ${seed}`);
  }

  takeMap(): MapNews | null {
    const { news } = this;
    this.news = null;
    return news;
  }
}

const block: MapBlock = { i: 3, j: -4, tokens: Uint8Array.of(5, 6) };
const memory: VisitMemory = { newest: savedFrame(1, 8, 8), older: [savedFrame(2, 8, 8), savedFrame(3, 8, 8)], blocks: [block] };

test('a copy holds the newest picture, older ones and the map, and is taken between two steps', async () => {
  const world = new ImaginingWorld(7);
  const held = gate();
  await host.open('a', async () => world, 1, null);
  world.news = { seed: 1, blocks: [block], failure: null };
  await until(() => port.frames.length > 4, 'some frames have come');
  world.during = () => held.opened;
  const stepsBefore = world.steps.length;
  await until(() => world.steps.length > stepsBefore, 'a step is under way');
  let isDone = false;
  const copying = host.snapshot().then((copy) => {
    isDone = true;
    return copy;
  });
  await pause(30);
  expect(isDone).toBe(false);
  held.open();
  const copy = await copying;
  expect(copy.newest!.color.every((byte) => byte === 7)).toBe(true);
  expect(copy.newest!.inverseDepth!.every((d) => d === world.inverseDepth)).toBe(true);
  expect(copy.older.length).toBeGreaterThan(0);
  expect(copy.blocks).toEqual([block]);
  expect(copy.blocks[0]!.tokens).not.toBe(block.tokens);
});

test('a saved visit goes on: its map is known before the world prepares, its pictures lie behind the first frame', async () => {
  const world = new ImaginingWorld(9, 8);
  await host.open('a', async () => world, 6, poseFromYawPitch([1, 1.6, 2], 0, 0), null, memory);
  expect(world.heard).toEqual(['recall 6: 3,-4', 'prepare 6']);
  // Before any step: the copy knows the pictures of the visit before.
  const copy = await host.snapshot();
  for (const { worldFromCamera, color } of memory.older) {
    const kept = copy.older.find((older) => older.worldFromCamera.every((n, i) => n === worldFromCamera[i]));
    expect(kept?.color).toEqual(color);
  }
});

test('the next world knows nothing of it, nor does the same world started anew', async () => {
  const world = new ImaginingWorld(9, 8);
  await host.open('a', async () => world, 6, null, null, memory);
  world.news = { seed: 6, blocks: [block], failure: null };
  await until(() => world.news === null, 'the map was told');
  clearInterval(streaming);
  await pause(20);
  await host.reopen(7, null);
  expect(await host.snapshot()).toEqual({ newest: null, older: [], blocks: [] });
  await host.open('b', async () => new FakeWorld(1), 1, null);
  expect((await host.snapshot()).blocks).toEqual([]);
});
