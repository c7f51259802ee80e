import fc from 'fast-check';
import { BlockGrammar } from '../../../workers/imagine/grammar';
import { states, tokenOfChoice, wordState } from '../../../workers/imagine/symbols';

/** Tokens of a block that takes any way the grammar allows; `endless` seldom ends a cell. */
export function randomBlock(random: () => number, endless = false): Uint8Array {
  const grammar = new BlockGrammar();
  const tokens: number[] = [];
  while (!grammar.isDone) {
    const possible: number[] = [];
    for (let c = 0; c < states[grammar.state]!.choices; c++) if (grammar.isPossible(c)) possible.push(c);
    const end = grammar.state === wordState && random() < (endless ? 0 : 0.5);
    const choice = end ? 0 : possible[possible.length - 1 - Math.floor(random() * possible.length)]!;
    tokens.push(tokenOfChoice(grammar.state, choice));
    grammar.push(choice);
  }
  return Uint8Array.from(tokens);
}

export const seeds = fc.integer({ min: 0, max: 2 ** 31 });
