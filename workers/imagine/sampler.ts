import { createRandom, hash3 } from '../../src/math/hash';
import { BlockGrammar, cellOrder, maxThingIndex, maxTokens } from './grammar';
import { states, symbolCount, tokenOfChoice } from './symbols';
import { stepInputs, type TokenModel } from './token-model';

const saltImagine = 0x1a91;

/** Logits are rounded to this fraction: where two processors differ in the last bits, they still choose the same. */
const logitStep = 1 / 64;
/** Chances as integers, by how many steps a logit lies below the greatest; sums of them are exact. */
const chances = Float64Array.from({ length: 1024 }, (_, k) => Math.round(2 ** 30 * Math.exp(-k * logitStep)));

/** The random numbers of one attempt at one block: they depend on the world's seed and the block only. */
export function blockRandom(seed: number, bi: number, bj: number, attempt: number): () => number {
  return createRandom(hash3(hash3(seed, bi, bj, saltImagine), attempt, 0, 0));
}

/**
 * Draws one of the choices.
 * @param logits `choices` numbers from `offset` on @param allowed 1 for every choice that may be drawn
 * @param temperature below 1 prefers what is likely; 0 takes the likeliest
 * @param unit random number in [0, 1)
 */
export function drawChoice(
  logits: Float32Array,
  offset: number,
  choices: number,
  allowed: Uint8Array,
  temperature: number,
  unit: number,
): number {
  let best = -1;
  for (let c = 0; c < choices; c++) {
    if (allowed[c] === 1 && (best < 0 || logits[offset + c]! > logits[offset + best]!)) best = c;
  }
  if (best < 0) throw new Error('The grammar allows nothing more; this is a mistake in grammar.ts.');
  if (!Number.isFinite(logits[offset + best]!)) {
    throw new Error('The network `imagine` answered with numbers that are not finite; load its package anew.');
  }
  if (temperature <= 0) return best;
  const scale = 1 / (temperature * logitStep);
  const chance = (c: number): number => {
    if (allowed[c] !== 1) return 0;
    const below = Math.round(logits[offset + best]! * scale) - Math.round(logits[offset + c]! * scale);
    return below < chances.length ? chances[Math.max(0, below)]! : 0;
  };
  let total = 0;
  for (let c = 0; c < choices; c++) total += chance(c);
  let rest = unit * total;
  for (let c = 0; c < choices; c++) {
    rest -= chance(c);
    if (rest < 0) return c;
  }
  return best;
}

/**
 * Tells one block a row of the batch, all at once.
 * @param contexts [batch, contextSize] @param randoms one stream a block; at most `model.batch`
 * @returns the tokens of each block, as `encodeBlock` writes them
 */
export function drawBlocks(
  model: TokenModel,
  contexts: Float32Array,
  randoms: readonly (() => number)[],
  temperature: number,
): Promise<Uint8Array[]> {
  // Maps of two seeds may share a network, which remembers what was said: one batch after the other.
  const drawn = (lastDraws.get(model) ?? Promise.resolve()).then(() => draw(model, contexts, randoms, temperature));
  lastDraws.set(model, drawn.catch(() => undefined));
  return drawn;
}

const lastDraws = new WeakMap<TokenModel, Promise<unknown>>();

async function draw(
  model: TokenModel,
  contexts: Float32Array,
  randoms: readonly (() => number)[],
  temperature: number,
): Promise<Uint8Array[]> {
  const grammars = randoms.map(() => new BlockGrammar());
  const tokens = randoms.map(() => new Uint8Array(maxTokens));
  const inputs = new Int32Array(model.batch * stepInputs);
  const said = new Int32Array(randoms.length);
  await model.prefill(contexts);
  for (let position = 0; grammars.some((grammar) => !grammar.isDone); position++) {
    grammars.forEach((grammar, row) => writeInputs(grammar, said[row]!, inputs, row));
    const logits = await model.step(inputs, position);
    grammars.forEach((grammar, row) => {
      if (grammar.isDone) return;
      const { firstSymbol, choices } = states[grammar.state]!;
      const at = row * symbolCount + firstSymbol;
      const choice = drawChoice(logits, at, choices, grammar.allowed, temperature, randoms[row]!());
      tokens[row]![grammar.length] = tokenOfChoice(grammar.state, choice);
      said[row] = firstSymbol + choice;
      grammar.push(choice);
    });
  }
  return tokens.map((row, index) => row.slice(0, grammars[index]!.length));
}

/** A row that is told already goes on with its last cell: the batch is of a fixed size, and nobody reads the answer. */
function writeInputs(grammar: BlockGrammar, said: number, inputs: Int32Array, row: number): void {
  const at = row * stepInputs;
  inputs[at] = said;
  inputs[at + 1] = grammar.state;
  inputs[at + 2] = Math.min(grammar.cellIndex, cellOrder.length - 1);
  inputs[at + 3] = Math.min(grammar.things, maxThingIndex);
}
