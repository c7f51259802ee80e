import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { maxTokens } from '../../../workers/imagine/grammar';
import { endToken, wordToken } from '../../../workers/imagine/symbols';
import { decodeBlock, encodeBlock } from '../../../workers/imagine/tokens';
import type { Thing } from '../../../workers/layout/things';
import { sortThings, thingOfWord, words } from '../../../workers/layout/words';
import { randomBlock, seeds } from './blocks';

const nothing = (): Thing[][] => Array.from({ length: 9 }, () => []);
const wordNamed = (name: string): number => words.findIndex((word) => word.name === name);
const plain = (name: string, levels: number[]): Thing => thingOfWord(wordNamed(name), levels);

describe('blocks as tokens', () => {
  test('an empty block is nine ends', () => {
    expect([...encodeBlock(nothing())]).toEqual(Array.from({ length: 9 }, () => endToken));
    expect(decodeBlock(encodeBlock(nothing()))).toEqual(nothing());
  });

  test('whatever the grammar allows is a block, and comes back as the same tokens', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, endless) => {
        const tokens = randomBlock(createRandom(seed), endless);
        expect(tokens.length).toBeLessThanOrEqual(maxTokens);
        const cells = decodeBlock(tokens);
        for (const things of cells) expect(sortThings(things)).toEqual(things);
        expect([...encodeBlock(cells)]).toEqual([...tokens]);
      }),
    );
  });

  test('the middle cell comes first, and the order of things does not matter', () => {
    const cells = nothing();
    cells[4] = [plain('dome', [0, 1]), plain('stair', [0, 1, 0])];
    cells[0] = [plain('wallX', [2])];
    const tokens = encodeBlock(cells);
    expect(tokens[0]).toBe(wordToken(wordNamed('stair')));
    expect(encodeBlock(cells.map((things) => [...things].reverse()))).toEqual(tokens);
    expect(decodeBlock(tokens)[4]).toEqual([plain('stair', [0, 1, 0]), plain('dome', [0, 1])]);
  });

  test('two runs on one edge are refused, one on each edge is not', () => {
    const cells = nothing();
    cells[3] = [plain('wallX', [2]), plain('wallZ', [2])];
    expect(decodeBlock(encodeBlock(cells))).toEqual(cells);
    cells[3] = [plain('wallX', [2]), plain('archX', [2, 1])];
    expect(() => encodeBlock(cells)).toThrow(/Cell 3 of a block cannot hold its arch/);
  });

  test('the same thing twice is refused', () => {
    const cells = nothing();
    cells[7] = [plain('pot', [4, 5, 1]), plain('pot', [4, 5, 1])];
    expect(() => encodeBlock(cells)).toThrow(/Cell 7/);
  });

  test('a stored block that lost or gained a token, or has a changed one, never decodes to something else in silence', () => {
    fc.assert(
      fc.property(seeds, fc.nat(), fc.nat(255), (seed, at, value) => {
        const tokens = randomBlock(createRandom(seed));
        const torn = tokens.slice(0, at % tokens.length);
        expect(() => decodeBlock(torn)).toThrow(/stored block ends after/);
        expect(() => decodeBlock(Uint8Array.from([...tokens, value]))).toThrow(/goes on after its end/);
        const changed = tokens.slice();
        changed[at % tokens.length] = value;
        // Either it is refused with a sentence, or it is another whole block.
        const outcome = (): string => {
          try {
            return encodeBlock(decodeBlock(changed)).join();
          } catch (error) {
            return (error as Error).message;
          }
        };
        const found = outcome();
        expect(found === changed.join() || /stored block .*(damaged|newer)/.test(found), found).toBe(true);
      }),
    );
  });
});
