import { habitBits, regionStyles, type Region } from '../layout/districts/region-style';
import type { Thing } from '../layout/things';
import { wordOfThing } from '../layout/words';
import { knows } from './order';
import { fieldState, states, symbolCount } from './symbols';

/**
 * What a block is told before it is decided: style and habit of its region and of those around, and what stands in blocks
 * that are decided before it. One row of numbers (a slot) for the block itself, for each of the 16 cells around it, for the
 * middle cell of each neighbour, and for each of the four blocks two away.
 */
export type ContextSlot = {
  /** The block that is looked at, counted from the block itself. */
  readonly blockDi: number;
  readonly blockDj: number;
  /** Which of its cells. */
  readonly cells: readonly number[];
};

export const contextSlots: readonly ContextSlot[] = listSlots();

/** A slot is: decided or not, one number a style, see {@link writeHabit}, how often its cells say each symbol. */
const firstStyle = 1;
const firstBit = firstStyle + regionStyles.length;
/** Habits that concern every second block come once more, as seen from the block. */
const parityBits = 2;
const firstSymbol = firstBit + habitBits + 2 * parityBits;
export const slotFeatures = firstSymbol + symbolCount;
/** Numbers of a slot before its symbols. */
export const slotHead = firstSymbol;
/** Numbers of one block's context. */
export const contextSize = contextSlots.length * slotFeatures;

/** What the world holds so far; `cells` are the 9 lists of a block, or null where it is undecided. */
export type Surroundings = {
  region(bi: number, bj: number): Pick<Region, 'index' | 'habit'>;
  cells(bi: number, bj: number): readonly (readonly Thing[])[] | null;
};

/**
 * Writes what block (bi, bj) is told.
 * @param into filled from `offset` on, [contextSlots.length, slotFeatures]
 * @throws Error when a block that it must know is undecided
 */
export function writeContext(bi: number, bj: number, around: Surroundings, into: Float32Array, offset = 0): void {
  into.fill(0, offset, offset + contextSize);
  contextSlots.forEach(({ blockDi, blockDj, cells: looked }, slot) => {
    const at = offset + slot * slotFeatures;
    const { index, habit } = around.region(bi + blockDi, bj + blockDj);
    into[at + firstStyle + index] = 1;
    writeHabit(habit, bi + blockDi, bj + blockDj, into, at + firstBit);
    // A block of a later phase stays unknown even if it is decided: else the way one came would matter.
    if (!knows(bi, bj, blockDi, blockDj)) return;
    const cells = around.cells(bi + blockDi, bj + blockDj);
    if (!cells) {
      throw new Error(`Block (${bi}, ${bj}) needs (${bi + blockDi}, ${bj + blockDj}), which must be decided before it.`);
    }
    into[at] = 1;
    for (const k of looked) {
      for (const symbol of symbolsOfCell(cells[k]!)) into[at + firstSymbol + symbol]! += 1;
    }
  });
}

/** The low bits of a region's habit, and whether the block lies on the even or odd rows that the first of them mean. */
function writeHabit(habit: number, bi: number, bj: number, into: Float32Array, at: number): void {
  for (let bit = 0; bit < habitBits; bit++) into[at + bit] = (habit >>> bit) & 1;
  for (let bit = 0; bit < parityBits; bit++) {
    into[at + habitBits + 2 * bit] = (bi ^ (habit >>> bit)) & 1;
    into[at + habitBits + 2 * bit + 1] = (bj ^ (habit >>> bit)) & 1;
  }
}

/** All symbols said of a cell, its end left out. */
export function symbolsOfCell(things: readonly Thing[]): number[] {
  const symbols: number[] = [];
  for (const thing of things) {
    const { word, levels } = wordOfThing(thing);
    symbols.push(word + 1);
    levels.forEach((level, field) => symbols.push(states[fieldState(word, field)]!.firstSymbol + level));
  }
  return symbols;
}

function listSlots(): ContextSlot[] {
  const slots: ContextSlot[] = [{ blockDi: 0, blockDj: 0, cells: [4] }];
  const block = (cell: number): number => Math.floor(cell / 3);
  for (let dj = -1; dj <= 3; dj++) {
    for (let di = -1; di <= 3; di++) {
      if (block(di) === 0 && block(dj) === 0) continue;
      const k = (dj - 3 * block(dj)) * 3 + (di - 3 * block(di));
      slots.push({ blockDi: block(di), blockDj: block(dj), cells: [k] });
    }
  }
  for (const blockDj of [-1, 0, 1]) {
    for (const blockDi of [-1, 0, 1]) if (blockDi !== 0 || blockDj !== 0) slots.push({ blockDi, blockDj, cells: [4] });
  }
  for (const away of [-2, 2]) {
    slots.push({ blockDi: away, blockDj: 0, cells: [0, 1, 2, 3, 4, 5, 6, 7, 8] });
    slots.push({ blockDi: 0, blockDj: away, cells: [0, 1, 2, 3, 4, 5, 6, 7, 8] });
  }
  return slots;
}
