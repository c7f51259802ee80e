import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { growHere } from '../../../../workers/host/growth/start-grower';
import { decodeBlock, type ImaginedBlock } from '../../../../workers/imagine/tokens';
import { ImaginedSurroundings } from '../../../../workers/layout/imagined-surroundings';
import { poseAt } from '../../../fixtures/tiny-surroundings';
import { nodeRuntime } from '../../onnx/node-runtime';
import { until } from '../fake-world';

const read = (name: string) => new Uint8Array(readFileSync(new URL(`../../../fixtures/tiny-imagine/${name}`, import.meta.url)));
const graphs = () => ({ prefill: read('imagine-prefill.onnx'), step: read('imagine-step.onnx') });

/** A busy machine is many times slower. */
const slowMs = 60_000;

/** What one grower says of the wanted blocks. */
async function grown(seed: number, wanted: { i: number; j: number }[]): Promise<Map<string, string>> {
  const grower = await growHere(nodeRuntime(), graphs());
  const blocks: ImaginedBlock[] = [];
  const failures: string[] = [];
  grower.begin(seed, [], { blocks: (more) => blocks.push(...more), failed: (why) => failures.push(why) });
  grower.want(wanted);
  const has = ({ i, j }: { i: number; j: number }) => blocks.some((block) => block.i === i && block.j === j);
  await until(() => failures.length > 0 || wanted.every(has), 'all blocks have come', slowMs);
  grower.dispose();
  expect(failures).toEqual([]);
  return new Map(blocks.map(({ i, j, tokens }) => [`${i},${j}`, String(tokens)]));
}

describe('a map that grows in this thread', { timeout: slowMs }, () => {
  test('is the same whichever way one comes, and another for another seed', async () => {
    const there = await grown(5, [{ i: 0, j: 0 }, { i: 1, j: 1 }]);
    const back = await grown(5, [{ i: 3, j: 1 }, { i: 1, j: 1 }, { i: 0, j: 0 }]);
    const shared = [...there.keys()].filter((key) => back.has(key));
    expect(shared).toContain('1,1');
    for (const key of shared) expect(back.get(key)).toBe(there.get(key));
    expect((await grown(6, [{ i: 1, j: 1 }])).get('1,1')).not.toBe(there.get('1,1'));
  });

  test('lets the thread do other things meanwhile', async () => {
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    await grown(5, [{ i: 1, j: 1 }]);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(5);
  });

  test('says in a sentence when its graphs are not those of imagine', async () => {
    const { prefill } = graphs();
    await expect(growHere(nodeRuntime(), { prefill, step: prefill })).rejects.toThrow(/^The graphs of imagine have no "logits"\./);
  });
});

test('an imagined world opens with walls from the network, and the same ones again', { timeout: slowMs }, async () => {
  const open = async () => {
    const surroundings = new ImaginedSurroundings(await growHere(nodeRuntime(), graphs()));
    await surroundings.start(8, poseAt(4, 1.6, 4));
    const news = surroundings.takeMap()!;
    surroundings.dispose();
    return news.blocks.filter(({ i, j }) => Math.hypot(i, j) < 5).map(({ i, j, tokens }) => `${i},${j}:${tokens}`).sort();
  };
  const first = await open();
  expect(first.length).toBeGreaterThan(60);
  expect(first.some((line) => decodeBlock(Uint8Array.from(line.split(':')[1]!.split(',').map(Number))).flat().length > 2)).toBe(true);
  expect(await open()).toEqual(first);
});
