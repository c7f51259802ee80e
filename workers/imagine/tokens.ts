import { sortThings, thingOfWord, wordOfThing, words } from '../layout/words';
import type { Thing } from '../layout/things';
import { BlockGrammar, cellOrder, maxTokens } from './grammar';
import { choiceOfToken, states, tokenOfChoice, wordState } from './symbols';

/** A block that has been decided. `tokens`: see {@link encodeBlock}. */
export type ImaginedBlock = { i: number; j: number; tokens: Uint8Array };

/**
 * Things of a block as tokens: cell by cell, each thing a word and its levels, each cell an end.
 * @param cells 9 lists, cell k = (j mod 3) * 3 + (i mod 3); of words only, in any order
 * @returns at most `maxTokens` bytes
 * @throws Error when a thing is no word, stands there twice or on an edge that is taken, or the block is too long
 */
export function encodeBlock(cells: readonly (readonly Thing[])[]): Uint8Array {
  if (cells.length !== cellOrder.length) throw new Error(`A block has 9 cells, not ${cells.length}.`);
  const grammar = new BlockGrammar();
  const tokens: number[] = [];
  const push = (choice: number, what: string, k: number): void => {
    if (!grammar.isPossible(choice)) {
      throw new Error(
        `Cell ${k} of a block cannot hold its ${what}: it is there twice, its edge is taken, or the block is longer ` +
          `than ${maxTokens} tokens.`,
      );
    }
    tokens.push(tokenOfChoice(grammar.state, choice));
    grammar.push(choice);
  };
  for (const k of cellOrder) {
    for (const thing of sortThings(cells[k]!)) {
      const { word, levels } = wordOfThing(thing);
      push(word + 1, thing.kind, k);
      for (const level of levels) push(level, thing.kind, k);
    }
    push(0, 'end', k);
  }
  return Uint8Array.from(tokens);
}

/**
 * Inverse of {@link encodeBlock}.
 * @returns 9 canonical lists
 * @throws Error when the tokens are no block: broken, cut short or of a newer version
 */
export function decodeBlock(tokens: Uint8Array): Thing[][] {
  const cells: Thing[][] = cellOrder.map(() => []);
  let word = -1;
  let levels: number[] = [];
  walkBlock(tokens, ({ grammar, choice }) => {
    if (grammar.state === wordState) {
      word = choice - 1;
      levels = [];
    } else {
      levels.push(choice);
    }
    const k = cellOrder[grammar.cellIndex]!;
    if (word >= 0 && levels.length === words[word]!.fields.length) cells[k]!.push(thingOfWord(word, levels));
  });
  return cells;
}

/**
 * Visits each choice of a block with the grammar as it was before it.
 * @throws as {@link decodeBlock}
 */
export function walkBlock(
  tokens: Uint8Array,
  visit: (step: { grammar: BlockGrammar; choice: number; index: number }) => void,
): void {
  const grammar = new BlockGrammar();
  for (let index = 0; index < tokens.length; index++) {
    if (grammar.isDone) throw new Error(`A stored block goes on after its end, at token ${index}. ${advice}`);
    const choice = choiceOfToken(grammar.state, tokens[index]!);
    if (!grammar.isPossible(choice)) {
      const { name } = states[grammar.state]!;
      throw new Error(`Token ${index} of a stored block is ${tokens[index]}, which cannot be a ${name} there. ${advice}`);
    }
    visit({ grammar, choice, index });
    grammar.push(choice);
  }
  if (!grammar.isDone) throw new Error(`A stored block ends after ${tokens.length} tokens, too early. ${advice}`);
}

const advice = 'The file is damaged or of a newer version; forget this block and it is imagined anew.';
