import { thingOfWord, words } from '../layout/words';

/**
 * Numbers for all that can be said about a block. A token is one byte of a stored block; the same byte means a different
 * level in every field. A symbol is what the network knows: one for the end of a cell, one a word, one a level of each
 * field of each word. A state says what is said next: a word (state 0) or one field of one word.
 */
export const endToken = 0;
const firstLevelToken = 1;
/** Levels that a field may have at most. Fixed, so that words can be added and stored blocks stay readable. */
export const levelTokens = 32;
const firstWordToken = firstLevelToken + levelTokens;

export function levelToken(level: number): number {
  return firstLevelToken + level;
}

export function wordToken(word: number): number {
  return firstWordToken + word;
}

/** State in which a word or the end of a cell comes next. */
export const wordState = 0;

type State = { name: string; word: number; field: number; firstSymbol: number; choices: number };

function listStates(): State[] {
  const states: State[] = [{ name: 'word', word: -1, field: -1, firstSymbol: 0, choices: words.length + 1 }];
  let symbol = words.length + 1;
  words.forEach(({ name, fields }, word) => {
    fields.forEach((field, index) => {
      const choices = field.levels.length;
      if (choices < 1 || choices > levelTokens) {
        throw new Error(`Field ${field.name} of word ${name} has ${choices} levels; 1 to ${levelTokens} can be stored.`);
      }
      states.push({ name: `${name}.${field.name}`, word, field: index, firstSymbol: symbol, choices });
      symbol += choices;
    });
  });
  return states;
}

/** Every state: what is said in it, and its symbols `firstSymbol` to `firstSymbol + choices - 1`, in the order of choices. */
export const states: readonly State[] = listStates();
export const symbolCount = states.at(-1)!.firstSymbol + states.at(-1)!.choices;

const stateOfWord = words.map((_, word) => states.findIndex((state) => state.word === word));

/** State in which this field is said. */
export function fieldState(word: number, field: number): number {
  return stateOfWord[word]! + field;
}

/** Token of a choice: in the word state 0 ends the cell and 1 + w is word w; elsewhere it is the level. */
export function tokenOfChoice(state: number, choice: number): number {
  if (state !== wordState) return levelToken(choice);
  return choice === 0 ? endToken : wordToken(choice - 1);
}

/** Inverse of {@link tokenOfChoice}; -1 when the token means nothing in this state. */
export function choiceOfToken(state: number, token: number): number {
  if (state === wordState && token === endToken) return 0;
  const choice = state === wordState ? token - firstWordToken + 1 : token - firstLevelToken;
  const least = state === wordState ? 1 : 0;
  return choice >= least && choice < states[state]!.choices ? choice : -1;
}

/** Which edge of its cell a word stands on: 0 neither, 1 the edge that runs in x, 2 the one that runs in z. */
export const edgeOfWord: readonly number[] = words.map(({ fields }, word) => {
  const thing = thingOfWord(word, fields.map(() => 0));
  return 'run' in thing ? (thing.run === 'x' ? 1 : 2) : 0;
});
