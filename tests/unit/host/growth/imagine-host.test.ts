import { beforeEach, describe, expect, test, vi } from 'vitest';
import { EventualGrower } from '../../../../workers/host/growth/eventual-grower';
import { imagineHost } from '../../../../workers/host/growth/imagine-host';
import type { FromImagine, ToImagine } from '../../../../workers/host/growth/imagine-messages';
import { NestedGrower } from '../../../../workers/host/growth/nested-grower';
import type { ImaginedBlock } from '../../../../workers/imagine/tokens';
import type { MapGrower } from '../../../../workers/layout/imagined-surroundings';
import { pause, until } from '../fake-world';

const graphs = { prefill: new Uint8Array(1), step: new Uint8Array(2) };
let heard: string[];
const listener = (name: string) => ({
  blocks: (blocks: readonly ImaginedBlock[]) => heard.push(...blocks.map(({ i, tokens }) => `${name}:${tokens[0]}/${i}`)),
  failed: (why: string) => heard.push(`${name}! ${why}`),
});

beforeEach(() => {
  heard = [];
});

/** A worker whose thread is this one; messages take a moment, as they do. */
class FakeWorker {
  onmessage: ((event: { data: FromImagine }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  terminated = false;
  private readonly receive: (message: ToImagine) => void;

  constructor(load: Parameters<typeof imagineHost>[0], silent = false) {
    this.receive = imagineHost(load, (data) => setTimeout(() => !this.terminated && !silent && this.onmessage?.({ data }), 1));
  }

  postMessage(message: ToImagine): void {
    setTimeout(() => this.receive(structuredClone(message)), 1);
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** Every block at once, marked with its seed. */
const load = async () => ({
  of: (seed: number) => ({
    restore: () => {},
    async grow(wanted: readonly { i: number; j: number }[], onBlocks: (blocks: ImaginedBlock[]) => void) {
      if (seed === 13) throw new Error('it cannot say.');
      onBlocks(wanted.map(({ i, j }) => ({ i, j, tokens: Uint8Array.of(seed) })));
    },
  }),
  release: async () => {},
});
const start = (worker: FakeWorker) => NestedGrower.start(graphs, () => worker as unknown as Worker);

describe('a grower in a worker of its own', () => {
  test('decides what it is asked for, and tells nothing of a map that was left', async () => {
    const grower = await start(new FakeWorker(load));
    grower.begin(3, [], listener('a'));
    grower.want([{ i: 1, j: 0 }]);
    await until(() => heard.length === 1, 'a block has come');
    grower.want([{ i: 2, j: 0 }]);
    grower.begin(4, [], listener('b'));
    grower.want([{ i: 5, j: 0 }]);
    await until(() => heard.includes('b:4/5'), 'the other map grows');
    expect(heard).toEqual(['a:3/1', 'b:4/5']);
  });

  test('says in a sentence why it stops: a network that fails, a worker that crashes', async () => {
    const worker = new FakeWorker(load);
    const grower = await start(worker);
    grower.begin(13, [], listener('a'));
    grower.want([{ i: 1, j: 0 }]);
    await until(() => heard.length === 1, 'it has failed');
    worker.onerror?.({ message: 'out of memory', preventDefault: () => {} });
    expect(heard).toEqual([
      'a! The map grows no further: it cannot say.',
      'a! The map grows no further: its worker crashed (out of memory).',
    ]);
  });

  test('is not there when its graphs are refused or the worker does not start, and leaves no worker behind', async () => {
    const refusing = new FakeWorker(async () => Promise.reject(new Error('The graphs are of another version.')));
    await expect(start(refusing)).rejects.toThrow('The graphs are of another version.');
    const absent = new FakeWorker(load, true);
    const starting = start(absent);
    absent.onerror?.({ message: '', preventDefault: () => {} });
    await expect(starting).rejects.toThrow('The imagine worker could not be loaded.');
    expect([refusing.terminated, absent.terminated]).toEqual([true, true]);
  });
});

describe('a grower that still loads', () => {
  const fake = () => ({ begin: vi.fn<MapGrower['begin']>(), want: vi.fn<MapGrower['want']>(), dispose: vi.fn<MapGrower['dispose']>() });

  test('hears the newest map and wish once it is there', async () => {
    const grower = fake();
    let there: (grower: MapGrower) => void = () => {};
    const eventual = new EventualGrower(new Promise((resolve) => (there = resolve)));
    eventual.begin(1, [], listener('a'));
    eventual.want([{ i: 1, j: 1 }]);
    const second = listener('b');
    eventual.begin(2, [], second);
    eventual.want([{ i: 2, j: 2 }]);
    eventual.want([{ i: 3, j: 3 }]);
    there(grower);
    await pause(1);
    expect(grower.begin.mock.calls).toEqual([[2, [], second]]);
    expect(grower.want.mock.calls).toEqual([[[{ i: 3, j: 3 }]]]);
    eventual.want([{ i: 4, j: 4 }]);
    expect(grower.want).toHaveBeenCalledTimes(2);
  });

  test('says why it never will be, to whoever begins before or after', async () => {
    const eventual = new EventualGrower(Promise.reject(new Error('The file is broken.')));
    eventual.begin(1, [], listener('a'));
    await pause(1);
    eventual.begin(2, [], listener('b'));
    const why = 'The map cannot be imagined here: The file is broken.';
    expect(heard).toEqual([`a! ${why}`, `b! ${why}`]);
  });

  test('is freed when it comes too late', async () => {
    const grower = fake();
    const eventual = new EventualGrower(pause(2).then(() => grower));
    eventual.dispose();
    await pause(6);
    expect(grower.dispose).toHaveBeenCalledOnce();
    expect(grower.begin).not.toHaveBeenCalled();
  });
});
