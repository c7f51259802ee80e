import { createRandom } from '../../math/hash';
import { Imaginer } from '../../../workers/imagine/imaginer';
import { decodeBlock } from '../../../workers/imagine/tokens';
import type { ImagineGraphs } from '../../../workers/backends/onnx/package-loader';
import { loadBlockSources } from '../../../workers/host/growth/block-source';
import { OnnxTokenModel } from '../../../workers/imagine/onnx-token-model';
import { faultsOf } from '../../../workers/layout/arrangement';
import { DistrictBlocks, type DistrictSample } from './block-square';
import { nativeRuntime } from './node-runtime';
import { firstTrainSeed, heldoutSeed, type WorldPlan } from './plan';
import type { ArrangementRow, TokenRow } from './result';
import { choicesOf, ContextCounts, type Choice } from './token-baselines';
import { bitsOfBlocks } from './token-likelihood';

/** The order of deciding repeats after so many blocks. */
const orderPeriod = 4;

/** What `imagine` knows of places: bits a token of worlds it has not seen, beside counting models, and its mistakes. */
export async function benchSemantics(
  graphs: ImagineGraphs,
  plan: WorldPlan,
  seed: number,
  onProgress: (text: string) => void,
): Promise<(TokenRow | ArrangementRow)[]> {
  const held = Array.from({ length: plan.tokenHeldoutSeeds }, (_, k) => {
    const blocks = new DistrictBlocks(heldoutSeed(seed, 20 + k));
    return { blocks, samples: blocks.samples(plan.tokenHeldoutSide) };
  });
  const counted = countBaselines(held, plan, onProgress);
  const model = await OnnxTokenModel.create(nativeRuntime.ort, graphs, 'cpu');
  const bits: number[] = [];
  for (const { blocks, samples } of held) {
    onProgress(`bits a token in world ${blocks.seed}`);
    bits.push(...(await bitsOfBlocks(model, blocks, samples)).flat());
  }
  await model.dispose();
  const blockCount = held.reduce((sum, { samples }) => sum + samples.length, 0);
  const row = (name: TokenRow['model'], values: readonly number[]): TokenRow => ({
    kind: 'tokens',
    model: name,
    blocks: blockCount,
    tokens: values.length,
    bitsPerToken: values.reduce((sum, value) => sum + value, 0) / values.length,
  });
  return [
    row('imagine', bits),
    row('context', counted.context),
    row('unigram', counted.unigram),
    await imaginedArrangements(graphs, plan, seed, onProgress),
    districtArrangements(held.flatMap(({ blocks, samples }) => samples.map(({ bi, bj }) => blocks.cells(bi, bj)))),
  ];
}

type Held = { blocks: DistrictBlocks; samples: DistrictSample[] };

/** Counts on worlds of the training, asked about held-out ones. */
function countBaselines(held: readonly Held[], plan: WorldPlan, onProgress: (text: string) => void): { unigram: number[]; context: number[] } {
  const asked: Choice[] = held.flatMap(({ blocks, samples }) => samples.flatMap((sample) => choicesOf(blocks, sample)));
  const counts = new ContextCounts(asked);
  const random = createRandom(1);
  for (let k = 0; k < plan.tokenTrainSeeds; k++) {
    onProgress(`counting models, training world ${k + 1} of ${plan.tokenTrainSeeds}`);
    const blocks = new DistrictBlocks(firstTrainSeed + k);
    // Any block can be told as any phase, so that all contexts are counted.
    for (const sample of blocks.samples(plan.tokenTrainSide)) {
      const shift = { i: Math.floor(random() * orderPeriod), j: Math.floor(random() * orderPeriod) };
      for (const choice of choicesOf(blocks, sample, shift)) counts.learn(choice);
    }
  }
  return { unigram: asked.map((choice) => counts.bits(choice, 1)), context: asked.map((choice) => counts.bits(choice)) };
}

/** Blocks of a world that nobody has seen, drawn as in a visit. */
async function imaginedArrangements(
  graphs: ImagineGraphs,
  plan: WorldPlan,
  seed: number,
  onProgress: (text: string) => void,
): Promise<ArrangementRow> {
  onProgress('imagining blocks');
  const sources = await loadBlockSources(nativeRuntime, graphs);
  const imaginer = sources.of(heldoutSeed(seed, 60));
  const side = Math.ceil(Math.sqrt(plan.imaginedBlocks));
  const wanted = Array.from({ length: side * side }, (_, k) => ({ i: k % side, j: Math.floor(k / side) }));
  let faulty = 0;
  let blocks = 0;
  await imaginer.grow(wanted, (drawn) => {
    blocks += drawn.length;
    for (const { tokens } of drawn) if (faultsOf(decodeBlock(tokens)).length > 0) faulty++;
  });
  const counts = imaginer instanceof Imaginer ? imaginer.counts : null;
  await sources.release();
  return {
    kind: 'arrangements',
    source: 'imagined',
    blocks,
    faultyAtFirstPct: counts && (100 * counts.faultyAtFirst) / counts.blocks,
    faultyPct: (100 * faulty) / blocks,
  };
}

/** The rule of the districts by the same measure: how strict it is. */
function districtArrangements(blocks: readonly Parameters<typeof faultsOf>[0][]): ArrangementRow {
  const faulty = blocks.filter((block) => faultsOf(block).length > 0).length;
  return { kind: 'arrangements', source: 'districts', blocks: blocks.length, faultyAtFirstPct: null, faultyPct: (100 * faulty) / blocks.length };
}
