import { describe, expect, test } from 'vitest';
import { webRuntime } from '../../workers/backends/onnx/web-runtime';
import { NestedGrower } from '../../workers/host/growth/nested-grower';
import { growHere } from '../../workers/host/growth/start-grower';
import type { ImaginedBlock } from '../../workers/imagine/tokens';
import type { MapGrower } from '../../workers/layout/imagined-surroundings';

const bytesOf = async (name: string) => {
  const url = new URL(`../fixtures/tiny-imagine/${name}`, import.meta.url);
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
};
const loadGraphs = async () => ({
  prefill: await bytesOf('imagine-prefill.onnx'),
  step: await bytesOf('imagine-step.onnx'),
});

/** The wanted blocks of a seed, as lines. */
function grow(grower: MapGrower, seed: number, wanted: { i: number; j: number }[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const found = new Map<string, string>();
    grower.begin(seed, [], {
      blocks(blocks: readonly ImaginedBlock[]) {
        for (const { i, j, tokens } of blocks) found.set(`${i},${j}`, String(tokens));
        if (wanted.every(({ i, j }) => found.has(`${i},${j}`))) resolve(wanted.map(({ i, j }) => found.get(`${i},${j}`)!));
      },
      failed: (why) => reject(new Error(why)),
    });
    grower.want(wanted);
  });
}

const wanted = [
  { i: 1, j: 1 },
  { i: -2, j: 3 },
  { i: 0, j: -1 },
];

describe('the imagine worker', () => {
  test('says the same as the same network in this thread, map after map', async () => {
    const nested = await NestedGrower.start(await loadGraphs());
    const here = await growHere(webRuntime, await loadGraphs());
    for (const seed of [4, 5]) {
      const there = await grow(nested, seed, wanted);
      expect(await grow(here, seed, wanted)).toEqual(there);
      expect(new Set(there).size).toBe(wanted.length);
    }
    nested.dispose();
    here.dispose();
  });

  test('refuses graphs that are none, with a reason', async () => {
    const { prefill } = await loadGraphs();
    await expect(NestedGrower.start({ prefill, step: new Uint8Array([1, 2, 3]) })).rejects.toThrow(/.{10}/);
  });
});
