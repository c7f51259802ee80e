import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Imaginer, type ImaginerOptions } from '../../../workers/imagine/imaginer';
import { blockKey, type BlockIndex } from '../../../workers/imagine/order';
import type { TokenModel } from '../../../workers/imagine/token-model';
import { decodeBlock, type ImaginedBlock } from '../../../workers/imagine/tokens';
import { regionAt } from '../../../workers/layout/districts/region-style';
import { HashModel } from './hash-model';

const options: ImaginerOptions = { temperature: 1, redraws: 2, region: regionAt, faults: () => [] };
const square = (from: number, to: number): BlockIndex[] => {
  const side = Array.from({ length: to - from }, (_, k) => from + k);
  return side.flatMap((j) => side.map((i) => ({ i, j })));
};
const asMap = (blocks: readonly ImaginedBlock[]): Map<string, string> =>
  new Map(blocks.map(({ i, j, tokens }) => [blockKey(i, j), tokens.join()]));

async function grown(seed: number, portions: readonly (readonly BlockIndex[])[], more = options): Promise<Imaginer> {
  const imaginer = new Imaginer(new HashModel(), seed, more);
  for (const portion of portions) await imaginer.grow(portion, () => {});
  return imaginer;
}

/** About a third of all blocks at the first draw, by their length. */
const oftenFaulty: ImaginerOptions['faults'] = (cells) => (cells.flat().length % 3 === 0 ? ['too round a number'] : []);

describe('an imagined map', () => {
  test('the same seed gives the same blocks in whichever order and portions they are wanted', async () => {
    const truth = asMap((await grown(3, [square(-3, 3)], { ...options, faults: oftenFaulty })).blocks);
    const portions = fc.shuffledSubarray(square(-3, 3), { minLength: 1, maxLength: 8 }).chain((wanted) =>
      fc.integer({ min: 1, max: 3 }).map((size) => {
        const parts: BlockIndex[][] = [];
        for (let k = 0; k < wanted.length; k += size) parts.push(wanted.slice(k, k + size));
        return parts;
      }),
    );
    await fc.assert(
      fc.asyncProperty(portions, async (parts) => {
        const imaginer = await grown(3, parts, { ...options, faults: oftenFaulty });
        const blocks = asMap(imaginer.blocks);
        for (const { i, j } of parts.flat()) expect(blocks.get(blockKey(i, j))).toBe(truth.get(blockKey(i, j)));
      }),
      { numRuns: 8 },
    );
  });

  test('another seed gives another map, and a block depends on those before it', async () => {
    const wanted = [{ i: 1, j: 1 }];
    const blocks = asMap((await grown(1, [wanted])).blocks);
    expect(asMap((await grown(2, [wanted])).blocks).get('1,1')).not.toBe(blocks.get('1,1'));
    const imaginer = new Imaginer(new HashModel(), 1, options);
    imaginer.restore([{ i: 0, j: 0, tokens: new Uint8Array(9) }]);
    await imaginer.grow(wanted, () => {});
    expect(asMap(imaginer.blocks).get('1,1')).not.toBe(blocks.get('1,1'));
  });

  test('restored blocks are kept as they are, and what grows on from them is what would have grown', async () => {
    const whole = await grown(5, [square(0, 6)]);
    const first = await grown(5, [square(0, 3)]);
    const later = new Imaginer(new HashModel(), 5, options);
    later.restore(first.blocks);
    const news: ImaginedBlock[] = [];
    await later.grow(square(0, 6), (blocks) => news.push(...blocks));
    expect(asMap(later.blocks)).toEqual(asMap(whole.blocks));
    const known = asMap(first.blocks);
    for (const { i, j } of news) expect(known.has(blockKey(i, j))).toBe(false);
    expect(news).toHaveLength(later.blocks.length - first.blocks.length);
  });

  test('a faulty block is drawn again, at most as often as allowed, and the counts say so', async () => {
    const { counts, blocks } = await grown(9, [square(0, 8)], { ...options, faults: oftenFaulty });
    expect(counts.blocks).toBe(blocks.length);
    expect(counts.faultyAtFirst).toBeGreaterThan(counts.blocks / 8);
    expect(counts.faultyAtLast).toBeLessThan(counts.faultyAtFirst / 3);
    const faulty = blocks.filter(({ tokens }) => oftenFaulty(decodeBlock(tokens)).length > 0);
    expect(faulty).toHaveLength(counts.faultyAtLast);
    expect(counts.tokens).toBe(blocks.reduce((sum, { tokens }) => sum + tokens.length, 0));
    const always = await grown(9, [square(0, 3)], { ...options, faults: () => ['never right'] });
    expect(always.counts.draws).toBe(3 * always.counts.blocks);
    expect(always.counts.faultyAtLast).toBe(always.counts.blocks);
  });

  test('of several faulty draws the least faulty is taken', async () => {
    const faults: ImaginerOptions['faults'] = (cells) => Array.from({ length: 1 + cells.flat().length }, () => 'one each');
    const once = await grown(4, [square(0, 2)], { ...options, redraws: 0, faults });
    const often = await grown(4, [square(0, 2)], { ...options, redraws: 5, faults });
    const things = ({ blocks }: Imaginer): number => blocks.reduce((n, { tokens }) => n + decodeBlock(tokens).flat().length, 0);
    expect(things(often)).toBeLessThan(0.7 * things(once));
  });

  test('calling it off ends it after a batch, keeps what is decided, and it can grow on', async () => {
    const imaginer = new Imaginer(new HashModel(), 6, options);
    const abort = new AbortController();
    await expect(imaginer.grow(square(0, 8), () => abort.abort(new Error('gone')), abort.signal)).rejects.toThrow('gone');
    expect(imaginer.blocks.length).toBeGreaterThan(0);
    expect(imaginer.blocks.length).toBeLessThanOrEqual(8);
    await imaginer.grow(square(0, 8), () => {});
    expect(asMap(imaginer.blocks)).toEqual(asMap((await grown(6, [square(0, 8)])).blocks));
  });

  test('two maps can share one network, and one map can be asked twice at once', async () => {
    const model: TokenModel = new HashModel();
    const [a, b] = [1, 2].map((seed) => new Imaginer(model, seed, options));
    const wanted = square(0, 3);
    await Promise.all([a.grow(wanted, () => {}), b.grow(wanted, () => {}), a.grow(square(2, 5), () => {})]);
    expect(asMap(a.blocks)).toEqual(asMap((await grown(1, [wanted, square(2, 5)])).blocks));
    expect(asMap(b.blocks)).toEqual(asMap((await grown(2, [wanted])).blocks));
  });

  test('what is wanted first comes first, in few batches', async () => {
    const model = new HashModel();
    const imaginer = new Imaginer(model, 7, options);
    const order: string[] = [];
    await imaginer.grow([{ i: 1, j: 1 }, ...square(20, 28)], (blocks) => {
      order.push(...blocks.map(({ i, j }) => blockKey(i, j)));
    });
    expect(order.indexOf('1,1')).toBeLessThan(order.length / 2);
    expect(model.batches).toBeLessThan(order.length / 8 + 14);
  });

  test('a broken stored block is refused with a sentence', () => {
    const imaginer = new Imaginer(new HashModel(), 1, options);
    expect(() => imaginer.restore([{ i: 0, j: 0, tokens: Uint8Array.of(0, 255) }])).toThrow(/stored block/);
  });
});
