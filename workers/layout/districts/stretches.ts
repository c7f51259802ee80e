import { hash3, hashToUnit } from '../../../src/math/hash';
import { rise } from '../words';
import { runLine } from '../plain-shapes';
import type { Thing, WallRun } from '../things';
import { canalCrosses } from './canals';
import { chance, heightLevel, pick, salts, weighted } from './chance';
import { regionAt, type RegionStyle } from './region-style';

/** How the line between two rows of blocks is built, the same for several blocks on end. */
type Pattern = 'open' | 'gated' | 'closed' | 'arcade' | 'colonnade' | 'parapet' | 'hedge' | 'broken' | 'portal';

/** Shares of the patterns in each style. */
const patterns: Readonly<Record<RegionStyle, readonly (readonly [number, Pattern])[]>> = {
  court: [
    [28, 'gated'],
    [9, 'closed'],
    [19, 'arcade'],
    [13, 'colonnade'],
    [9, 'parapet'],
    [22, 'open'],
  ],
  garden: [
    [32, 'hedge'],
    [14, 'parapet'],
    [10, 'colonnade'],
    [8, 'portal'],
    [36, 'open'],
  ],
  water: [
    [26, 'colonnade'],
    [18, 'parapet'],
    [12, 'arcade'],
    [8, 'portal'],
    [36, 'open'],
  ],
  arcade: [
    [46, 'arcade'],
    [20, 'colonnade'],
    [12, 'gated'],
    [22, 'open'],
  ],
  ruin: [
    [58, 'broken'],
    [8, 'portal'],
    [34, 'open'],
  ],
};

/** Every line is cut anew about every this many blocks. */
const stretchPitch = 4;
const spans = [1.6, 2, 2.4, 2.8] as const;
const lowHeights = [0.8, 1.2, 1.8, 2.4] as const;
const hedgeHeights = [0.8, 0.8, 1.2, 1.2, 1.8] as const;

export type Stretch = { pattern: Pattern; height: number; span: number; gate: number; hash: number };

/** The stretch of a line that passes a block: all of it has one pattern, height, span and place for its gates. */
export function stretchAt(seed: number, run: WallRun, bi: number, bj: number): Stretch {
  const along = run === 'x' ? bi : bj;
  const line = run === 'x' ? bj : bi;
  const salt = run === 'x' ? salts.stretchX : salts.stretchZ;
  const cut = (k: number): number => stretchPitch * k + (hash3(seed, k, line, salt) % stretchPitch);
  let k = Math.floor(along / stretchPitch);
  if (along < cut(k)) k--;
  const middle = Math.floor((cut(k) + cut(k + 1) - 1) / 2);
  const mi = run === 'x' ? middle : line;
  const mj = run === 'x' ? line : middle;
  const hash = hash3(seed, k, line, salt + 0x20);
  const { style, habit } = regionAt(seed, mi, mj);
  const pattern = weighted(patterns[style], hashToUnit(hash));
  const height = Math.round(30 + 2 * heightLevel(seed, mi, mj)) / 10;
  // A region builds its arches alike.
  const span = pick(spans, chance(habit, 0, 0, salts.stretchX));
  const gate = chance(hash, 0, 0, 1) < 0.7 ? 1 : pick([0, 2], chance(hash, 0, 0, 2));
  return { pattern, height, span, gate, hash };
}

/** What stands on a block's own edge of least z ('x') or least x ('z'), cell by cell along it. */
export function edgeThings(seed: number, run: WallRun, bi: number, bj: number): (Thing | null)[] {
  const stretch = stretchAt(seed, run, bi, bj);
  const wet = canalCrosses(seed, run, bi, bj);
  return [0, 1, 2].map((k) => {
    if (wet && k === 1) return null;
    // Where water takes the middle, the way leads beside it.
    return segment(stretch, wet ? 0 : stretch.gate, run, bi, bj, k);
  });
}

function segment(stretch: Stretch, gate: number, run: WallRun, bi: number, bj: number, k: number): Thing | null {
  const { pattern, height, span } = stretch;
  switch (pattern) {
    case 'open':
      return null;
    case 'gated':
      return k === gate ? arch(run, height, span) : { kind: 'wall', run, height };
    case 'closed': {
      // At most two sides of a block can be shut: one direction in even blocks, the other in odd ones.
      const isShut = ((bi + bj) & 1) === (run === 'x' ? 0 : 1);
      return isShut || k !== gate ? { kind: 'wall', run, height } : arch(run, height, span);
    }
    case 'arcade':
      return arch(run, height, span);
    case 'colonnade':
      return { kind: 'colonnade', run, height };
    case 'parapet':
      return k === gate ? null : { kind: 'wall', run, height: 0.8 };
    case 'hedge':
      return k === gate ? null : { kind: 'hedge', run, height: pick(hedgeHeights, chance(stretch.hash, 1, 1, 3)) };
    case 'portal':
      // One arch that stands free, in the middle of a block's side.
      return k === 1 ? arch(run, height, span) : null;
    case 'broken':
      return brokenSegment(stretch, run, bi, bj, k);
    default: {
      const never: never = pattern;
      throw new Error(`Unknown pattern "${String(never)}" of a stretch.`);
    }
  }
}

/** What time has left of a run of walls and arches. */
function brokenSegment({ hash, height, span, gate }: Stretch, run: WallRun, bi: number, bj: number, k: number): Thing | null {
  const left = chance(hash, bi * 3 + k, bj, salts.ruin);
  const second = chance(hash, bi * 3 + k, bj, salts.ruin + 0x20);
  if (k === gate) return left < 0.3 ? arch(run, height, span) : null;
  if (left < 0.22) return { kind: 'wall', run, height };
  if (left < 0.34) return arch(run, height, span);
  if (left < 0.66) return { kind: 'wall', run, height: pick(lowHeights, second) };
  if (left > 0.86) {
    const x = run === 'x' ? 2.3 : runLine;
    const z = run === 'x' ? runLine : 2.3;
    return { kind: 'column', x, z, base: 0, radius: 0.18, height: rise(pick([4, 8, 14], second)) };
  }
  return null;
}

export function arch(run: WallRun, height: number, span: number): Thing {
  return { kind: 'arch', run, height, span, spring: Math.round((height - 0.6 - span / 2) * 100) / 100 };
}
