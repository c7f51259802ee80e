import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextSize, writeContext } from '../../../workers/imagine/context';
import { Imaginer } from '../../../workers/imagine/imaginer';
import { OnnxTokenModel } from '../../../workers/imagine/onnx-token-model';
import { blockRandom, drawBlocks } from '../../../workers/imagine/sampler';
import { symbolCount } from '../../../workers/imagine/symbols';
import { stepInputs } from '../../../workers/imagine/token-model';
import { decodeBlock } from '../../../workers/imagine/tokens';
import { faultsOf } from '../../../workers/layout/arrangement';
import { districtBlock } from '../../../workers/layout/districts/district-map';
import { regionAt } from '../../../workers/layout/districts/region-style';

const read = (file: string): Uint8Array => new Uint8Array(readFileSync(`models/courtyards/${file}`));
const graphs = { prefill: read('imagine-prefill.onnx'), step: read('imagine-step.onnx') };
const seed = 1_000_100;
let model: OnnxTokenModel;

beforeAll(async () => {
  model = await OnnxTokenModel.create(ort, graphs, 'cpu');
});
afterAll(() => model.dispose());

/** What eight blocks of the districts are told, each in its own phase. */
function contexts(order: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7]): Float32Array {
  const into = new Float32Array(model.batch * contextSize);
  const around = {
    region: (bi: number, bj: number) => regionAt(seed, bi, bj),
    cells: (bi: number, bj: number) => districtBlock(seed, bi, bj),
  };
  order.forEach((k, row) => writeContext(k % 4, Math.floor(k / 4), around, into, row * contextSize));
  return into;
}

describe('the trained network', () => {
  test('its numbers are the same bits again, in another row, and beside other blocks', async () => {
    const order = [5, 2, 7, 0, 1, 6, 3, 4];
    const tokens = new Int32Array(model.batch * stepInputs);
    const told: Float32Array[][] = [];
    for (const contextOf of [contexts(), contexts(), contexts(order)]) {
      await model.prefill(contextOf);
      const steps: Float32Array[] = [];
      // Past a growth of the cache, which must not show either.
      for (let position = 0; position < 60; position++) steps.push(await model.step(tokens, position));
      told.push(steps);
    }
    const [once, again, shuffled] = told;
    expect(again).toEqual(once);
    const row = (logits: Float32Array, k: number): Float32Array => logits.subarray(k * symbolCount, (k + 1) * symbolCount);
    for (let position = 0; position < 60; position += 10) {
      order.forEach((k, at) => expect(row(shuffled[position], at)).toEqual(row(once[position], k)));
    }
  });

  test('what was said before changes what comes next, and a new block forgets it', async () => {
    const said = async (first: number): Promise<Float32Array> => {
      await model.prefill(contexts());
      const tokens = new Int32Array(model.batch * stepInputs);
      await model.step(tokens, 0);
      tokens[0] = first;
      await model.step(tokens, 1);
      tokens[0] = 0;
      return (await model.step(tokens, 2)).slice(0, symbolCount);
    };
    const [a, b, c] = [await said(1), await said(2), await said(1)];
    expect(b).not.toEqual(a);
    expect(c).toEqual(a);
  });

  test('blocks it tells beside real neighbours are rarely faulty, and are not all alike', async () => {
    const kinds = new Set<string>();
    let faulty = 0;
    const rounds = 6;
    for (let round = 0; round < rounds; round++) {
      const randoms = Array.from({ length: model.batch }, (_, k) => blockRandom(round, k, 0, 0));
      for (const tokens of await drawBlocks(model, contexts(), randoms, 0.9)) {
        kinds.add(tokens.join());
        if (faultsOf(decodeBlock(tokens)).length > 0) faulty++;
      }
    }
    expect(faulty / (rounds * model.batch)).toBeLessThan(0.2);
    expect(kinds.size).toBeGreaterThan(0.6 * rounds * model.batch);
  });

  test('a map grows the same in one go and block by block', async () => {
    const options = { temperature: 0.9, redraws: 3, region: regionAt, faults: faultsOf };
    const wanted = [{ i: 1, j: 1 }, { i: 2, j: 1 }, { i: 4, j: 2 }];
    const [whole, parts] = [new Imaginer(model, seed, options), new Imaginer(model, seed, options)];
    await whole.grow(wanted, () => {});
    for (const one of wanted.toReversed()) await parts.grow([one], () => {});
    const sorted = (imaginer: Imaginer): string[] => imaginer.blocks.map(({ i, j, tokens }) => `${i},${j}:${tokens.join()}`).sort();
    expect(sorted(parts)).toEqual(sorted(whole));
  });

  test('graphs of another vocabulary are refused with a sentence', async () => {
    const swapped = OnnxTokenModel.create(ort, { prefill: graphs.step, step: graphs.step }, 'cpu');
    await expect(swapped).rejects.toThrow(/no "context"/);
  });
});
