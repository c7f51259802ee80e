import { cellOrder } from '../../../workers/imagine/grammar';
import { knows, phaseOf } from '../../../workers/imagine/order';
import { states, wordState } from '../../../workers/imagine/symbols';
import { walkBlock } from '../../../workers/imagine/tokens';
import { words } from '../../../workers/layout/words';
import { habitBits } from '../../../workers/layout/districts/region-style';
import type { DistrictBlocks, DistrictSample } from './block-square';

/** One choice of a block, with its contexts from the plainest to the richest. */
export type Choice = { state: number; choice: number; allowed: readonly number[]; chain: readonly string[] };

/** Neighbours of a cell, the nearest first: along x, along z, then across corners. */
const steps = [[-1, 0], [0, -1], [1, 0], [0, 1], [-1, -1], [1, 1], [-1, 1], [1, -1]] as const;
const none = '-';
const wordSymbols = words.length;

/**
 * The choices of a block with what a nearest-neighbour context model looks at: what was said in this thing and cell,
 * which cell, the style of the region, and what the nearest decided cells and the last thing of this kind said in this
 * place. The same contexts as `models/training/imagine/baselines.py`.
 * @param shift by how many blocks the order of deciding is shifted, so that a block can be counted as told by any of its
 *   phases; none in the world itself
 */
export function choicesOf(blocks: DistrictBlocks, sample: DistrictSample, shift = { i: 0, j: 0 }): Choice[] {
  const { bi, bj, tokens } = sample;
  const { index: style, habit } = blocks.region(bi, bj);
  // What the network is told of the region, and by the phase on which rows the block lies.
  const code = `${style} ${habit & ((1 << habitBits) - 1)} ${phaseOf(bi + shift.i, bj + shift.j)}`;
  const told = new Map<number, readonly number[]>();
  const lastOfState = new Map<number, number>();
  const out: Choice[] = [];
  let cellIndex = -1;
  let cell: number[] = [];
  let thing: number[] = [];
  let middle = '';
  let near: Near[] = [];
  walkBlock(tokens, ({ grammar, choice }) => {
    const { state } = grammar;
    if (grammar.cellIndex !== cellIndex) {
      if (cellIndex >= 0) told.set(cellOrder[cellIndex], cell);
      if (cellIndex === 0) middle = wordsOf(cell).join();
      cellIndex = grammar.cellIndex;
      cell = [];
      near = neighboursOf(blocks, sample, shift, cellOrder[cellIndex], told);
    }
    if (state === wordState) thing = [];
    const k = cellOrder[cellIndex];
    const chain =
      state === wordState
        ? wordChain(cell, style, code, k, middle, near)
        : levelChain(state, cell, thing, style, k, near, lastOfState.get(state));
    const { firstSymbol, choices } = states[state];
    const allowed = Array.from({ length: choices }, (_, c) => c).filter((c) => grammar.isPossible(c));
    out.push({ state, choice, allowed, chain: chain.map((context, level) => `${level}|${state}|${context}`) });
    if (state === wordState && choice === 0) return;
    const symbol = firstSymbol + choice;
    cell.push(symbol);
    thing.push(symbol);
    lastOfState.set(state, symbol);
  });
  return out;
}

type Near = { step: string; symbols: readonly number[] };

function wordChain(
  cell: readonly number[],
  style: number,
  code: string,
  k: number,
  middle: string,
  near: readonly Near[],
): string[] {
  const soFar = wordsOf(cell);
  const nearest = near.length > 0 ? wordsOf(near[0].symbols).join() : none;
  const along = near.slice(0, 2).map(({ step, symbols }) => `${step}:${wordsOf(symbols).join()}`).join('/');
  const all = cell.join();
  return [
    '',
    soFar.slice(-1).join(),
    `${soFar.slice(-1).join()} ${style}`,
    `${soFar.slice(-2).join()} ${style} ${k}`,
    `${all} ${style} ${k}`,
    `${all} ${style} ${k} ${middle}`,
    `${all} ${style} ${k} ${middle} ${nearest}`,
    `${all} ${style} ${k} ${middle} ${along}`,
    `${all} ${code} ${k} ${middle} ${along}`,
  ];
}

function levelChain(
  state: number,
  cell: readonly number[],
  thing: readonly number[],
  style: number,
  k: number,
  near: readonly Near[],
  lastSaid: number | undefined,
): string[] {
  const { firstSymbol, choices } = states[state];
  const isOfState = (symbol: number): boolean => symbol >= firstSymbol && symbol < firstSymbol + choices;
  const copied = near.flatMap(({ symbols }) => symbols).find(isOfState) ?? none;
  const last = lastSaid ?? none;
  return [
    '',
    `${style}`,
    `${thing.slice(-2).join()} ${style}`,
    `${thing.join()} ${style} ${copied}`,
    `${thing.join()} ${style} ${last} ${copied}`,
    `${cell.slice(-8).join()} ${style} ${last} ${copied}`,
    `${cell.join()} ${k} ${style} ${last} ${copied}`,
  ];
}

/** What stands in decided cells around cell k, the nearest first; then in the same cell of blocks two away. */
function neighboursOf(
  blocks: DistrictBlocks,
  { bi, bj }: DistrictSample,
  shift: { i: number; j: number },
  k: number,
  told: ReadonlyMap<number, readonly number[]>,
): Near[] {
  const near: Near[] = [];
  const look = (step: string, di: number, dj: number, cell: number): void => {
    if (!knows(bi + shift.i, bj + shift.j, di, dj)) return;
    near.push({ step, symbols: blocks.symbols(bi + di, bj + dj)[cell] });
  };
  for (const [dx, dy] of steps) {
    const [x, y] = [(k % 3) + dx, Math.floor(k / 3) + dy];
    const [di, dj] = [Math.floor(x / 3), Math.floor(y / 3)];
    const inside = x - 3 * di + 3 * (y - 3 * dj);
    const step = `${dx},${dy}`;
    const symbols = told.get(inside);
    if (di !== 0 || dj !== 0) look(step, di, dj, inside);
    else if (symbols) near.push({ step, symbols });
  }
  for (const [dx, dy] of steps) look(`${dx},${dy}`, 2 * dx, 2 * dy, k);
  return near;
}

/** The symbols that are words; 0 is the end of a cell. */
function wordsOf(symbols: readonly number[]): number[] {
  return symbols.filter((symbol) => symbol >= 1 && symbol <= wordSymbols);
}

/** How often each choice was made in each context; only in contexts that will be asked for, or memory would not do. */
export class ContextCounts {
  private readonly tables = new Map<string, Map<number, number>>();

  /** @param asked whose contexts are counted */
  constructor(asked: Iterable<Choice>) {
    for (const { chain } of asked) for (const context of chain) if (!this.tables.has(context)) this.tables.set(context, new Map());
  }

  learn({ choice, chain }: Choice): void {
    for (const context of chain) {
      const counts = this.tables.get(context);
      if (counts) counts.set(choice, (counts.get(choice) ?? 0) + 1);
    }
  }

  /**
   * Bits that a choice costs: each context backs off to the one before (Witten and Bell's interpolation), among what the
   * grammar allows. @param depth how many contexts are used; 1: how often a state makes the choice at all
   */
  bits({ choice, allowed, chain }: Choice, depth = chain.length): number {
    let chances = allowed.map(() => 1 / allowed.length);
    for (const context of chain.slice(0, depth)) {
      const counts = this.tables.get(context);
      if (!counts || counts.size === 0) continue;
      const found = allowed.map((c) => counts.get(c) ?? 0);
      const total = found.reduce((sum, count) => sum + count, 0);
      const kinds = found.filter((count) => count > 0).length;
      if (total > 0) chances = found.map((count, at) => (count + kinds * chances[at]) / (total + kinds));
    }
    return -Math.log2(chances[allowed.indexOf(choice)]);
  }
}
