import { BlockGrammar, maxThingIndex } from '../../../workers/imagine/grammar';
import { contextSize, writeContext } from '../../../workers/imagine/context';
import { choiceOfToken, states, symbolCount } from '../../../workers/imagine/symbols';
import { stepInputs, type TokenModel } from '../../../workers/imagine/token-model';
import type { DistrictBlocks, DistrictSample } from './block-square';

/**
 * Bits that the network spends on real blocks, each token told what was really said before it. Choices that the grammar
 * forbids are left out, as when blocks are drawn.
 * @param samples of the world that `blocks` is of @returns bits of every token of every sample, in order
 */
export async function bitsOfBlocks(model: TokenModel, blocks: DistrictBlocks, samples: readonly DistrictSample[]): Promise<number[][]> {
  const all: number[][] = [];
  for (let first = 0; first < samples.length; first += model.batch) {
    all.push(...(await bitsOfBatch(model, blocks, samples.slice(first, first + model.batch))));
  }
  return all;
}

async function bitsOfBatch(model: TokenModel, blocks: DistrictBlocks, samples: readonly DistrictSample[]): Promise<number[][]> {
  const contexts = new Float32Array(model.batch * contextSize);
  const around = {
    region: (bi: number, bj: number) => blocks.region(bi, bj),
    cells: (bi: number, bj: number) => blocks.cells(bi, bj),
  };
  samples.forEach(({ bi, bj }, row) => writeContext(bi, bj, around, contexts, row * contextSize));
  await model.prefill(contexts);
  const grammars = samples.map(() => new BlockGrammar());
  const said = new Int32Array(samples.length);
  const inputs = new Int32Array(model.batch * stepInputs);
  const bits: number[][] = samples.map(() => []);
  for (let position = 0; grammars.some((grammar) => !grammar.isDone); position++) {
    grammars.forEach((grammar, row) => {
      inputs.set([said[row], grammar.state, Math.min(grammar.cellIndex, 8), Math.min(grammar.things, maxThingIndex)], row * stepInputs);
    });
    const logits = await model.step(inputs, position);
    grammars.forEach((grammar, row) => {
      if (grammar.isDone) return;
      const { state } = grammar;
      const choice = choiceOfToken(state, samples[row].tokens[grammar.length]);
      bits[row].push(bitsOfChoice(logits, row * symbolCount + states[state].firstSymbol, states[state].choices, grammar.allowed, choice));
      said[row] = states[state].firstSymbol + choice;
      grammar.push(choice);
    });
  }
  return bits;
}

/** Bits of one choice among those allowed. @param logits natural, from `offset` on */
export function bitsOfChoice(logits: Float32Array, offset: number, choices: number, allowed: Uint8Array, choice: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < choices; c++) if (allowed[c] === 1) most = Math.max(most, logits[offset + c]);
  let sum = 0;
  for (let c = 0; c < choices; c++) if (allowed[c] === 1) sum += Math.exp(logits[offset + c] - most);
  return (Math.log(sum) - (logits[offset + choice] - most)) / Math.LN2;
}
