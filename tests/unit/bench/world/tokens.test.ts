import { describe, expect, test } from 'vitest';
import { DistrictBlocks } from '../../../../src/bench/world/block-square';
import { choicesOf, ContextCounts, type Choice } from '../../../../src/bench/world/token-baselines';
import { bitsOfBlocks, bitsOfChoice } from '../../../../src/bench/world/token-likelihood';
import { BlockGrammar } from '../../../../workers/imagine/grammar';
import { choiceOfToken, states, symbolCount } from '../../../../workers/imagine/symbols';
import { stepInputs, type TokenModel } from '../../../../workers/imagine/token-model';

const blocks = new DistrictBlocks(1_000_700);
const samples = blocks.samples(5);

describe('counting models', () => {
  const choice = (state: number, said: number, allowed: number[], ...chain: string[]): Choice => ({ state, choice: said, allowed, chain });

  test('what was never counted is as likely as anything that is allowed', () => {
    const asked = choice(0, 2, [1, 2, 3, 4], 'a', 'b');
    expect(new ContextCounts([asked]).bits(asked)).toBeCloseTo(2, 9);
  });

  test('a context that knows better moves the chance by Witten and Bell', () => {
    const asked = choice(0, 1, [1, 2], 'a', 'b');
    const counts = new ContextCounts([asked]);
    for (let k = 0; k < 3; k++) counts.learn(choice(0, 1, [1, 2], 'a', 'b'));
    counts.learn(choice(0, 2, [1, 2], 'a', 'c'));
    // In "a": (3 + 2 / 2) / (4 + 2); in "b", which only ever said 1: (3 + that) / (3 + 1).
    expect(counts.bits(asked, 1)).toBeCloseTo(-Math.log2(4 / 6), 9);
    expect(counts.bits(asked)).toBeCloseTo(-Math.log2((3 + 4 / 6) / 4), 9);
  });

  test('chances of all that is allowed add up to one, and what is forbidden gets none', () => {
    const all = choicesOf(blocks, samples[0]!);
    const counts = new ContextCounts(all);
    for (const sample of samples.slice(1)) for (const said of choicesOf(blocks, sample)) counts.learn(said);
    for (const said of all) {
      for (const depth of [1, said.chain.length]) {
        const sum = said.allowed.reduce((total, other) => total + 2 ** -counts.bits({ ...said, choice: other }, depth), 0);
        expect(sum).toBeCloseTo(1, 9);
      }
    }
  });

  test('contexts tell something: a block costs fewer bits with them than by state alone', () => {
    const all = choicesOf(blocks, samples[4]!);
    const counts = new ContextCounts(all);
    for (const other of Array.from({ length: 12 }, (_, k) => new DistrictBlocks(10_000 + k))) {
      for (const sample of other.samples(9)) for (const said of choicesOf(other, sample)) counts.learn(said);
    }
    const bits = (depth?: number): number => all.reduce((sum, said) => sum + counts.bits(said, depth), 0);
    expect(bits()).toBeLessThan(bits(1));
  });
});

describe('bits of a network', () => {
  test('are those of a softmax over what is allowed', () => {
    const logits = Float32Array.of(9, 0, Math.log(2), Math.log(5), 50);
    expect(bitsOfChoice(logits, 1, 4, Uint8Array.of(1, 1, 1, 0), 1)).toBeCloseTo(-Math.log2(2 / 8), 5);
    expect(bitsOfChoice(logits, 1, 4, Uint8Array.of(0, 1, 0, 0), 1)).toBeCloseTo(0, 9);
  });

  test('a model that says nothing costs what the grammar leaves open; an oracle nothing; each is told what was said', async () => {
    const seen: number[] = [];
    const silent: TokenModel = {
      batch: 4,
      prefill: async () => {},
      step: async (tokens) => {
        seen.push(tokens[0]!);
        return new Float32Array(4 * symbolCount);
      },
    };
    const [open] = await bitsOfBlocks(silent, blocks, samples.slice(0, 1));
    const all = choicesOf(blocks, samples[0]!);
    expect(open).toHaveLength(samples[0]!.tokens.length);
    open!.forEach((bits, k) => expect(bits).toBeCloseTo(Math.log2(all[k]!.allowed.length), 5));
    const said = all.map(({ state, choice }) => states[state]!.firstSymbol + choice);
    expect(seen).toEqual([0, ...said.slice(0, -1)]);

    const batch = samples.slice(0, 7);
    let row0 = 0;
    const grammars: BlockGrammar[] = [];
    const oracle: TokenModel = {
      batch: 4,
      prefill: async () => {
        grammars.splice(0, 4, ...[0, 1, 2, 3].map(() => new BlockGrammar()));
        row0 += 4;
      },
      step: async (tokens) => {
        const logits = new Float32Array(4 * symbolCount);
        grammars.forEach((grammar, row) => {
          const sample = batch[row0 - 4 + row];
          if (!sample || grammar.isDone) return;
          expect(tokens[row * stepInputs + 1]).toBe(grammar.state);
          const choice = choiceOfToken(grammar.state, sample.tokens[grammar.length]!);
          logits[row * symbolCount + states[grammar.state]!.firstSymbol + choice] = 60;
          grammar.push(choice);
        });
        return logits;
      },
    };
    const known = await bitsOfBlocks(oracle, blocks, batch);
    expect(known.map((bits) => bits.length)).toEqual(batch.map(({ tokens }) => tokens.length));
    for (const bits of known.flat()) expect(bits).toBeLessThan(1e-6);
  });
});
