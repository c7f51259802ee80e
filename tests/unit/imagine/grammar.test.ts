import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { BlockGrammar, cellOrder, maxTokens } from '../../../workers/imagine/grammar';
import { choiceOfToken, edgeOfWord, fieldState, states, symbolCount, tokenOfChoice } from '../../../workers/imagine/symbols';
import { decodeBlock, walkBlock } from '../../../workers/imagine/tokens';
import { levelFits, words } from '../../../workers/layout/words';
import { randomBlock, seeds } from './blocks';

describe('symbols', () => {
  test('each level of each field of each word has a symbol of its own, and the tokens of a state tell them apart', () => {
    const all = states.flatMap(({ firstSymbol, choices }) => Array.from({ length: choices }, (_, c) => firstSymbol + c));
    expect(all).toEqual(Array.from({ length: symbolCount }, (_, k) => k));
    states.forEach(({ choices }, state) => {
      for (let c = 0; c < choices; c++) expect(choiceOfToken(state, tokenOfChoice(state, c))).toBe(c);
      const meant = Array.from({ length: 256 }, (_, token) => choiceOfToken(state, token)).filter((c) => c >= 0);
      expect(meant).toHaveLength(choices);
    });
    expect(states[fieldState(0, 0)].name).toBe(`${words[0].name}.${words[0].fields[0].name}`);
  });

  test('runs know their edge', () => {
    const edges = Object.fromEntries(words.map(({ name }, word) => [name, edgeOfWord[word]]));
    expect(edges).toMatchObject({ wallX: 1, wallZ: 2, archX: 1, colonnadeZ: 2, column: 0, pool: 0 });
  });
});

describe('the grammar of a block', () => {
  test('there is always something to say, and all of it stays in its cell, until the block is told', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, endless) => {
        const tokens = randomBlock(createRandom(seed), endless);
        walkBlock(tokens, ({ grammar, choice }) => {
          expect(grammar.isPossible(choice)).toBe(true);
          expect(grammar.isPossible(-1)).toBe(false);
          expect(grammar.isPossible(states[grammar.state].choices)).toBe(false);
        });
        for (const thing of decodeBlock(tokens).flat()) {
          if (!('x' in thing) || !('z' in thing)) continue;
          expect(Math.min(thing.x, thing.z, 4 - thing.x, 4 - thing.z)).toBeGreaterThan(0.2);
        }
      }),
    );
  });

  test('a block that never wants to end still ends within its length', () => {
    const lengths = Array.from({ length: 30 }, (_, seed) => randomBlock(createRandom(seed), true).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(maxTokens);
  });

  test('after the greatest thing of a word there is no other of that word', () => {
    const grammar = new BlockGrammar();
    const pot = words.findIndex(({ name }) => name === 'pot');
    grammar.push(pot + 1);
    const levels: number[] = [];
    for (const { levels: all } of words[pot].fields) {
      const greatest = all.findLastIndex((_, level) => levelFits(pot, levels, level));
      // The bigger pot needs more room: with the greatest place only the smaller one may fit.
      grammar.push(greatest);
      levels.push(greatest);
    }
    expect(grammar.isPossible(pot + 1)).toBe(false);
    expect(grammar.isPossible(0)).toBe(true);
  });

  test('an impossible choice is refused with a sentence, and so is one after the end', () => {
    const grammar = new BlockGrammar();
    expect(() => grammar.push(words.length + 1)).toThrow(/not possible as word/);
    for (let k = 0; k < cellOrder.length; k++) grammar.push(0);
    expect(grammar.isDone).toBe(true);
    expect(() => grammar.push(0)).toThrow(/after the end/);
  });
});
