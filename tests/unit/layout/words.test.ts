import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levelFits, sortThings, thingOfWord, wordOfThing, words } from '../../../workers/layout/words';

const anyWord = fc
  .nat(words.length - 1)
  .chain((word) =>
    fc.record({ word: fc.constant(word), levels: fc.tuple(...words[word].fields.map((f) => fc.nat(f.levels.length - 1))) }),
  );

function fits({ word, levels }: { word: number; levels: readonly number[] }): boolean {
  return levels.every((level, k) => levelFits(word, levels.slice(0, k), level));
}

describe('the vocabulary', () => {
  test('has one word for a thing and one thing for a word', () => {
    fc.assert(
      fc.property(anyWord, ({ word, levels }) => {
        const thing = thingOfWord(word, levels);
        expect(wordOfThing(thing)).toEqual({ word, levels });
        expect(thingOfWord(word, levels)).toEqual(thing);
      }),
      { numRuns: 3000 },
    );
  });

  test('is small: few fields a word, few levels a field, no name twice', () => {
    expect(new Set(words.map(({ name }) => name)).size).toBe(words.length);
    for (const { name, fields } of words) {
      expect(fields.length, name).toBeLessThanOrEqual(5);
      for (const { levels } of fields) {
        expect(levels.length, name).toBeLessThanOrEqual(16);
        expect(new Set(levels).size, name).toBe(levels.length);
      }
    }
  });

  test('refuses what is off its levels, by name', () => {
    expect(() => wordOfThing({ kind: 'wall', run: 'x', height: 3.05 })).toThrow('"height":3.05');
    expect(() => wordOfThing({ kind: 'pier', height: 3 })).toThrow('pier');
    expect(() => thingOfWord(words.length, [])).toThrow(`no word ${words.length}`);
    expect(() => thingOfWord(0, [99])).toThrow('"wallX" has no level 99 for height');
  });

  test('never leads into a dead end: whatever fits so far can be finished', () => {
    fc.assert(
      fc.property(anyWord, fc.infiniteStream(fc.nat(15)), ({ word }, picks) => {
        const chosen: number[] = [];
        for (const { levels } of words[word].fields) {
          const possible = levels.map((_, level) => level).filter((level) => levelFits(word, chosen, level));
          expect(possible.length).toBeGreaterThan(0);
          chosen.push(possible[picks.next().value % possible.length]);
        }
        expect(fits({ word, levels: chosen })).toBe(true);
      }),
    );
  });

  test('orders the things of a cell in one way, whatever order they came in', () => {
    fc.assert(
      fc.property(
        fc.array(anyWord, { maxLength: 8 }).chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const first = sortThings(all.map(({ word, levels }) => thingOfWord(word, levels)));
          expect(sortThings(shuffled.map(({ word, levels }) => thingOfWord(word, levels)))).toEqual(first);
          const numbers = first.map((thing) => wordOfThing(thing).word);
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});
