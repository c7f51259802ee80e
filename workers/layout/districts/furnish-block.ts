import { floorMod } from '../grid';
import type { Thing } from '../things';
import { type BlockPlan, ball, column, middle, mirrored, nearWall, plant, plinth, quarter } from './block-plan';
import { canalAt } from './canals';
import { addCentrepiece, type Centrepiece } from './centrepieces';
import { chance, pick, salts, weighted } from './chance';
import { regionAt, type Region, type RegionStyle } from './region-style';
import { addRuins } from './ruins';
import { arch, stretchAt } from './stretches';
import { addBasin, addCanal } from './waters';

/** What can stand in the middle of a block of each style; 'none' keeps it open. */
const centres: Readonly<Record<Exclude<RegionStyle, 'ruin'>, readonly (readonly [number, Centrepiece | 'none'])[]>> = {
  court: [
    [18, 'statue'],
    [12, 'pillar'],
    [12, 'tempietto'],
    [10, 'tower'],
    [12, 'platform'],
    [14, 'fountain'],
    [8, 'tree'],
    [14, 'none'],
  ],
  garden: [
    [24, 'tree'],
    [22, 'fountain'],
    [12, 'orb'],
    [12, 'statue'],
    [8, 'tempietto'],
    [22, 'none'],
  ],
  water: [
    [24, 'fountain'],
    [20, 'tempietto'],
    [12, 'statue'],
    [10, 'orb'],
    [10, 'tree'],
    [24, 'none'],
  ],
  arcade: [
    [16, 'rotunda'],
    [14, 'columns'],
    [14, 'pillar'],
    [12, 'tower'],
    [12, 'platform'],
    [10, 'orb'],
    [22, 'none'],
  ],
};

/** What the four corner cells of a block get, all four alike. */
const corners = ['none', 'tree', 'cypress', 'pot', 'bush', 'bushes', 'column', 'ball', 'bench'] as const;
type Corner = (typeof corners)[number];
const cornerShares: Readonly<Record<Exclude<RegionStyle, 'ruin'>, readonly (readonly [number, Corner])[]>> = {
  court: [
    [18, 'none'],
    [20, 'pot'],
    [16, 'cypress'],
    [16, 'tree'],
    [16, 'bench'],
    [14, 'ball'],
  ],
  garden: [
    [26, 'tree'],
    [20, 'cypress'],
    [22, 'bushes'],
    [22, 'bush'],
    [10, 'bench'],
  ],
  water: [
    [22, 'none'],
    [20, 'cypress'],
    [22, 'pot'],
    [20, 'tree'],
    [16, 'bench'],
  ],
  arcade: [
    [26, 'none'],
    [30, 'column'],
    [14, 'pot'],
    [14, 'ball'],
    [16, 'bench'],
  ],
};

/** As near to the cell's edge as a crown may stand. */
const crownQuarter = 1.55;

/** What stands inside block (bi, bj): a region has its habits, and half of its blocks keep to them. */
export function furnishBlock(plan: BlockPlan, seed: number, bi: number, bj: number): void {
  const region = regionAt(seed, bi, bj);
  const { style } = region;
  const first = chance(seed, bi, bj, salts.center);
  const second = chance(seed, bi, bj, salts.piece);
  if (style === 'ruin') {
    addRuins(plan, seed, bi, bj, region.habit);
    return;
  }
  const canal = canalAt(seed, bi, bj);
  if (canal) {
    addCanal(plan, canal, seed, bi, bj);
    addBanks(plan, region, canal.run === 'x');
    return;
  }
  if (style === 'water' && first < 0.34) {
    addBasin(plan, second, region.habit);
    if (chance(seed, bi, bj, salts.extra) < 0.6) addCorners(plan, cornerOf(region, style, seed, bi, bj), first / 0.34);
    return;
  }
  const alongX = (region.habit & 4) !== 0;
  const isAlternate = floorMod((alongX ? bj : bi) + (region.habit & 1), 2) === 0;
  const hasRows = isAlternate && (style === 'garden' || style === 'arcade');
  if (hasRows) addRows(plan, region, style, alongX);
  if (style === 'arcade' && !isAlternate) addGallery(plan, seed, bi, bj, alongX);
  const piece = centreOf(region, style, seed, bi, bj);
  if (piece !== 'none' && !(hasRows && first < 0.45)) addCentrepiece(plan, piece, first, second);
  if (hasRows) return;
  if (style === 'garden' && second < 0.4) addParterre(plan, alongX);
  addCorners(plan, cornerOf(region, style, seed, bi, bj), second);
}

function centreOf({ habit }: Region, style: Exclude<RegionStyle, 'ruin'>, seed: number, bi: number, bj: number): Centrepiece | 'none' {
  const own = chance(seed, bi, bj, salts.center + 0x40);
  // Every second block, as on a chessboard, repeats the region's own piece.
  const isHabit = ((bi + bj) & 1) === 0 && own < 0.7;
  const unit = isHabit ? chance(habit, 0, 0, salts.center) : chance(seed, bi, bj, salts.center + 0x80);
  return weighted(centres[style], unit);
}

function cornerOf({ habit }: Region, style: Exclude<RegionStyle, 'ruin'>, seed: number, bi: number, bj: number): Corner {
  const isHabit = chance(seed, bi, bj, salts.corners) < 0.55;
  const unit = isHabit ? chance(habit, 0, 0, salts.corners) : chance(seed, bi, bj, salts.corners + 0x40);
  return weighted(cornerShares[style], unit);
}

/** A block with more than this gets corners of one thing each, not two. */
const crowded = 9;

/** The four corners of a block mirror each other. */
function addCorners(plan: BlockPlan, wanted: Corner, unit: number): void {
  const isFull = plan.count > crowded;
  const corner = isFull && (wanted === 'ball' || wanted === 'bench') ? 'pot' : isFull && wanted === 'bushes' ? 'bush' : wanted;
  for (const ci of [0, 2]) {
    for (const cj of [0, 2]) {
      if (!plan.isFree(ci, cj)) continue;
      const side = (at: number, cell: number): number => (cell === 0 ? at : mirrored(at));
      plan.put(ci, cj, ...cornerThings(corner, unit, (at) => side(at, ci), (at) => side(at, cj)));
    }
  }
}

function cornerThings(corner: Corner, unit: number, sideX: (at: number) => number, sideZ: (at: number) => number): Thing[] {
  switch (corner) {
    case 'none':
      return [];
    case 'tree':
      return [plant('tree', middle, middle, pick([0.9, 1.2], unit), pick([3.2, 3.8, 4.4], unit))];
    case 'cypress':
      return [plant('cypress', sideX(quarter), sideZ(quarter), 0.48, pick([3.2, 4, 5], unit))];
    case 'pot':
      return unit < 0.5
        ? [plant('pot', sideX(quarter), sideZ(quarter), 0.3, 0.9)]
        : [plant('pot', sideX(quarter), sideZ(quarter), 0.42, 1.3)];
    case 'bush':
      return [plant('bush', sideX(1.8), sideZ(1.8), 0.65, pick([0.6, 0.9, 1.2], unit))];
    case 'bushes':
      return [
        plant('bush', sideX(quarter), sideZ(quarter), 0.5, 0.9),
        plant('bush', sideX(unit < 0.5 ? 2.8 : quarter), sideZ(unit < 0.5 ? quarter : 2.8), 0.35, 0.6),
      ];
    case 'column':
      return [column(sideX(middle), sideZ(middle), 0.24, pick([12, 14, 19], unit))];
    case 'ball':
      return [plinth(sideX(1.55), sideZ(1.55), 0.36, 4), ball(sideX(1.55), sideZ(1.55), 0.35, 4)];
    case 'bench':
      return [plinth(sideX(nearWall), sideZ(middle), 0.36, 2), plinth(sideX(nearWall), sideZ(1.55), 0.36, 2)];
    default: {
      const never: never = corner;
      throw new Error(`Unknown corner "${String(never)}".`);
    }
  }
}

/** Two rows through the block, every 6 m, that go on through the next block: an avenue or a nave. */
function addRows(plan: BlockPlan, { habit }: Region, style: 'garden' | 'arcade', alongX: boolean): void {
  const unit = chance(habit, 2, 0, salts.rows);
  const far = chance(habit, 3, 0, salts.rows) < 0.5 ? middle : mirrored(quarter);
  if (style === 'arcade') {
    const high = pick([14, 16, 19], unit * 2 - Math.floor(unit * 2));
    addPairs(plan, alongX, far, quarter, (x, z) => column(x, z, pick([0.24, 0.34], unit), high));
  } else if (unit < 0.25) addPairs(plan, alongX, middle, crownQuarter, (x, z) => plant('tree', x, z, 0.9, 3.8));
  else {
    const [radius, height] = pick([[0.36, 3.2], [0.48, 4], [0.6, 5]] as const, (unit - 0.25) / 0.75);
    addPairs(plan, alongX, far, quarter, (x, z) => plant('cypress', x, z, radius, height));
  }
}

/** What lines a canal, the same all along it. */
function addBanks(plan: BlockPlan, { habit }: Region, alongX: boolean): void {
  const unit = chance(habit, 4, 0, salts.rows);
  if (unit < 0.22) {
    addPairs(plan, alongX, middle, crownQuarter, (x, z) => plant('tree', x, z, 0.9, 3.2));
    return;
  }
  addPairs(plan, alongX, middle, quarter, (x, z) =>
    pick(
      [
        plant('cypress', x, z, 0.36, 4),
        plant('pot', x, z, 0.42, 1.3),
        column(x, z, 0.18, 14),
        plant('cypress', x, z, 0.48, 3.2),
      ],
      (unit - 0.22) / 0.78,
    ),
  );
}

/**
 * Four things in two rows; with those of the next block they stand every 6 m or nearly.
 * @param across place across the row, @param from place along it, as seen in the last cell
 */
function addPairs(
  plan: BlockPlan,
  alongX: boolean,
  across: number,
  from: number,
  make: (x: number, z: number) => Thing,
): void {
  for (const k of [0, 2]) {
    for (const row of [0, 2]) {
      const at = k === 0 ? mirrored(from) : from;
      const aside = row === 0 ? across : mirrored(across);
      if (alongX) plan.put(k, row, make(at, aside));
      else plan.put(row, k, make(aside, at));
    }
  }
}

/** Low hedges on both sides of the way through a garden. */
function addParterre(plan: BlockPlan, alongX: boolean): void {
  for (const k of [0, 2]) {
    for (const line of [1, 2]) {
      if (alongX) plan.put(k, line, { kind: 'hedge', run: 'x', height: 0.8 });
      else plan.put(line, k, { kind: 'hedge', run: 'z', height: 0.8 });
    }
  }
}

/** A second row of arches beside an arcade makes a covered way in name; it goes on as long as the arcade does. */
function addGallery(plan: BlockPlan, seed: number, bi: number, bj: number, alongX: boolean): void {
  const { pattern, height, span } = stretchAt(seed, alongX ? 'x' : 'z', bi, bj);
  if (pattern !== 'arcade') return;
  for (let k = 0; k < 3; k++) {
    if (alongX) plan.put(k, 1, arch('x', height, span));
    else plan.put(1, k, arch('z', height, span));
  }
}
