import { floorMod } from '../layout/grid';

/**
 * In which order blocks are decided: from coarse to fine. First every second block in x and z, then those between two of
 * them in x, those between in z, and the rest. Each is told of the neighbours, and of the blocks two away, that come
 * before it; so lines and rows can go on across the whole map. A block has one of nine phases by the place of its indices
 * in a pattern of 4 x 4 blocks. What it is told then depends on where it lies and never on the way the visitor came.
 */
export type BlockIndex = { readonly i: number; readonly j: number };

/** A block to decide; the lowest urgency is decided first. */
export type PendingBlock = BlockIndex & { readonly urgency: number };

export const phaseCount = 9;

export function blockKey(i: number, j: number): string {
  return `${i},${j}`;
}

/** 0 to 3: (even, even), by which of four; 4, 5: (odd, even), by row; 6, 7: (even, odd), by column; 8: (odd, odd). */
export function phaseOf(i: number, j: number): number {
  const column = floorMod(Math.floor(i / 2), 2);
  const row = floorMod(Math.floor(j / 2), 2);
  if (floorMod(j, 2) === 0) return floorMod(i, 2) === 0 ? column + 2 * row : 4 + row;
  return floorMod(i, 2) === 0 ? 6 + column : 8;
}

/** Whether block (i, j) is told what (i + di, j + dj) holds: one of the eight around it, or of the four two away. */
export function knows(i: number, j: number, di: number, dj: number): boolean {
  const reach = Math.max(Math.abs(di), Math.abs(dj));
  const isLookedAt = reach === 1 || (reach === 2 && (di === 0 || dj === 0));
  return isLookedAt && phaseOf(i + di, j + dj) < phaseOf(i, j);
}

/** The blocks that must be decided before block (i, j). */
export function neededBy(i: number, j: number): BlockIndex[] {
  const needed: BlockIndex[] = [];
  for (let dj = -2; dj <= 2; dj++) {
    for (let di = -2; di <= 2; di++) {
      if (knows(i, j, di, dj)) needed.push({ i: i + di, j: j + dj });
    }
  }
  return needed;
}

/**
 * The wanted blocks and all that they need, without those decided already.
 * @param wanted the most urgent first
 * @returns by key; a block that others need has the urgency of the most urgent of them
 */
export function pendingBlocks(
  wanted: readonly BlockIndex[],
  isDecided: (i: number, j: number) => boolean,
): Map<string, PendingBlock> {
  const pending = new Map<string, PendingBlock>();
  const add = (i: number, j: number, urgency: number): void => {
    const key = blockKey(i, j);
    // Wanted blocks come with falling urgency, so a block that is here already has the better one.
    if (pending.has(key) || isDecided(i, j)) return;
    for (const needed of neededBy(i, j)) add(needed.i, needed.j, urgency);
    pending.set(key, { i, j, urgency });
  };
  wanted.forEach(({ i, j }, urgency) => add(i, j, urgency));
  return pending;
}

/**
 * Blocks that can be decided at once: those whose needed blocks are no longer pending, the most urgent first.
 * @returns at most `count`; at least one while anything is pending
 */
export function nextBatch(pending: ReadonlyMap<string, PendingBlock>, count: number): PendingBlock[] {
  const ready: PendingBlock[] = [];
  for (const block of pending.values()) {
    if (neededBy(block.i, block.j).every(({ i, j }) => !pending.has(blockKey(i, j)))) ready.push(block);
  }
  // Array.sort is stable: equal urgencies stay in the order of `pending`.
  return ready.sort((a, b) => a.urgency - b.urgency).slice(0, count);
}
