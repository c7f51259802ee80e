import { beforeEach, expect, test } from 'vitest';
import type { ImaginedBlock } from '../../../../workers/imagine/tokens';
import { GrowLoop, type BlockSource } from '../../../../workers/host/growth/grow-loop';
import { gate, pause, until } from '../fake-world';

/** An imagination that notes what it is asked and decides one block a turn; a gate holds it up. */
class SlowSource implements BlockSource {
  restored: readonly ImaginedBlock[] = [];
  readonly wishes: string[] = [];
  hold: () => Promise<void> = () => pause(0);
  fails = false;

  constructor(readonly seed: number) {}

  restore(blocks: readonly ImaginedBlock[]): void {
    this.restored = blocks;
  }

  async grow(
    wanted: readonly { i: number; j: number }[],
    onBlocks: (blocks: ImaginedBlock[]) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    this.wishes.push(wanted.map(({ i }) => i).join());
    for (const { i, j } of wanted) {
      signal?.throwIfAborted();
      await this.hold();
      if (this.fails) throw new Error('the network is broken.');
      onBlocks([{ i, j, tokens: Uint8Array.of(this.seed) }]);
    }
  }
}

const row = (...indices: number[]) => indices.map((i) => ({ i, j: 0 }));
let sources: SlowSource[];
let releases: number;
let heard: string[];
let loop: GrowLoop;
const listener = (name: string) => ({
  blocks: (blocks: readonly ImaginedBlock[]) => heard.push(`${name}:${blocks.map(({ i, tokens }) => `${tokens[0]}/${i}`).join()}`),
  failed: (why: string) => heard.push(`${name}! ${why}`),
});

beforeEach(() => {
  sources = [];
  releases = 0;
  heard = [];
  loop = new GrowLoop({
    of: (seed) => {
      sources.push(new SlowSource(seed));
      return sources.at(-1)!;
    },
    release: async () => void releases++,
  });
});

test('decides what is wanted, in that order, with the known blocks restored first', async () => {
  const known = [{ i: 9, j: 9, tokens: new Uint8Array(1) }];
  loop.begin(3, known, listener('a'));
  loop.want(row(1, 2, 3));
  await until(() => heard.length === 3, 'three blocks have come');
  expect(heard).toEqual(['a:3/1', 'a:3/2', 'a:3/3']);
  expect(sources[0]!.restored).toEqual(known);
});

test('a newer wish takes over at the next batch, and what was decided until then is heard', async () => {
  const first = gate();
  loop.begin(3, [], listener('a'));
  sources[0]!.hold = () => first.opened;
  loop.want(row(1, 2, 3));
  await until(() => sources[0]!.wishes.length === 1, 'it has begun');
  loop.want(row(7));
  loop.want(row(8));
  first.open();
  await until(() => heard.length === 2, 'two blocks have come');
  await pause(20);
  expect(heard).toEqual(['a:3/1', 'a:3/8']);
  expect(sources[0]!.wishes).toEqual(['1,2,3', '8']);
});

test('another map is begun only when the batch of the one before has ended, and nobody hears of that', async () => {
  const first = gate();
  loop.begin(3, [], listener('a'));
  sources[0]!.hold = () => first.opened;
  loop.want(row(1, 2));
  await until(() => sources[0]!.wishes.length === 1, 'it has begun');
  loop.begin(4, [], listener('b'));
  loop.want(row(5));
  await pause(10);
  expect(sources[1]!.wishes).toEqual([]);
  first.open();
  await until(() => heard.length > 0, 'the second map grows');
  expect(heard).toEqual(['b:4/5']);
});

test('a failure is one sentence; a later wish tries again', async () => {
  loop.begin(3, [], listener('a'));
  sources[0]!.fails = true;
  loop.want(row(1, 2));
  await until(() => heard.length === 1, 'it has failed');
  expect(heard).toEqual(['a! The map grows no further: the network is broken.']);
  sources[0]!.fails = false;
  loop.want(row(2));
  await until(() => heard.length === 2, 'it goes on');
  expect(heard[1]).toBe('a:3/2');
});

test('frees the network once, after the batch under way', async () => {
  const first = gate();
  loop.begin(3, [], listener('a'));
  sources[0]!.hold = () => first.opened;
  loop.want(row(1, 2));
  await until(() => sources[0]!.wishes.length === 1, 'it has begun');
  loop.dispose();
  await pause(10);
  expect(releases).toBe(0);
  first.open();
  await until(() => releases === 1, 'it is freed');
  expect(heard).toEqual([]);
});
