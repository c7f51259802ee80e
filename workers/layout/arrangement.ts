import { blockCells, type BlockThings } from './block-map';
import { cellSize } from './grid';
import { addPlainShape, poolEdges } from './plain-shapes';
import { atBox, kindArchX, kindArchZ, kindBox, kindEllipsoid, kindSphere, PrimitiveList, primitiveStride } from './primitives';
import { poolRim, type Thing, type WallRun } from './things';

/** Things may touch, and be this much inside each other, metres. */
const toleranceM = 0.011;
/** Leaves give way: two plants may grow into each other by this share of their width. */
const leafShare = 0.7;
/** A sphere sinks into what it rests on by a tenth of its radius; a dome is half a sphere. */
const sphereSeat = 0.9;

/** A solid as seen for collisions: round or square in plan between two heights, relative to its cell. */
type Solid = {
  thing: Thing;
  round: boolean;
  bulges: boolean;
  x0: number;
  y0: number;
  z0: number;
  x1: number;
  y1: number;
  z1: number;
};

/**
 * What cannot be in a block, as sentences; none for a block that could be built. Looks at runs that share an edge, at
 * things that leave their cell, go through each other or a wall, or float, and at water that is not level with its rim.
 * @param block nine lists of things, without piers, as {@link BlockThings}
 */
export function faultsOf(block: BlockThings): string[] {
  const faults: string[] = [];
  block.forEach((things, cell) => {
    const name = `cell ${cell}`;
    faultsOfRuns(things, name, faults);
    const solids = things.map((thing) => solidsOf(thing));
    things.forEach((thing, a) => {
      if (solids[a]!.some(leavesCell)) faults.push(`In ${name} ${describe(thing)} leaves its cell.`);
      if (!isSupported(thing, things, solids)) faults.push(`In ${name} ${describe(thing)} floats: nothing is under it.`);
      for (let b = 0; b < a; b++) {
        if (goThrough(thing, solids[a]!, things[b]!, solids[b]!)) {
          faults.push(`In ${name} ${describe(thing)} goes through ${describe(things[b]!)}.`);
        }
      }
    });
  });
  faultsOfWater(block, faults);
  return faults;
}

function faultsOfRuns(things: readonly Thing[], name: string, faults: string[]): void {
  for (const run of ['x', 'z'] as const satisfies readonly WallRun[]) {
    const count = things.filter((thing) => isRun(thing) && thing.run === run).length;
    if (count > 1) faults.push(`In ${name} ${count} runs stand on the same edge, along ${run}.`);
  }
}

function isRun(thing: Thing): thing is Extract<Thing, { run: WallRun }> {
  return 'run' in thing;
}

/** The plain shapes of a thing. A pool counts as one block up to its rim: nothing else may reach into that. */
function solidsOf(thing: Thing): Solid[] {
  if (thing.kind === 'pool') {
    const { x, z, halfX, halfZ } = thing;
    const plan = { x0: x - halfX, x1: x + halfX, z0: z - halfZ, z1: z + halfZ };
    return [{ thing, round: false, bulges: false, y0: 0, y1: poolRim, ...plan }];
  }
  const list = new PrimitiveList();
  list.begin(0, 0, 1);
  addPlainShape(thing, list);
  const p = list.numbers;
  const solids: Solid[] = [];
  for (let at = 0; at < p.length; at += primitiveStride) {
    const kind = p[at]!;
    const b = at + atBox;
    solids.push({
      thing,
      round: kind !== kindBox && kind !== kindArchX && kind !== kindArchZ,
      bulges: kind === kindSphere || kind === kindEllipsoid,
      x0: p[b]!,
      y0: p[b + 1]!,
      z0: p[b + 2]!,
      x1: p[b + 3]!,
      y1: p[b + 4]!,
      z1: p[b + 5]!,
    });
  }
  return solids;
}

function leavesCell({ x0, x1, z0, z1 }: Solid): boolean {
  return Math.min(x0, z0) < -1e-6 || Math.max(x1, z1) > cellSize + 1e-6;
}

function goThrough(a: Thing, solidsA: readonly Solid[], b: Thing, solidsB: readonly Solid[]): boolean {
  // Two runs of a cell meet in its corner, as walls do.
  if (isRun(a) && isRun(b)) return false;
  if (rests(a, b) || rests(b, a) || standsInWater(a, b) || standsInWater(b, a)) return false;
  return solidsA.some((first) => solidsB.some((second) => overlap(first, second)));
}

/** A sphere that rests on the top of what is under its middle is seated in it, not through it. */
function rests(sphere: Thing, on: Thing): boolean {
  if (sphere.kind !== 'sphere' || (on.kind !== 'plinth' && on.kind !== 'column')) return false;
  const top = on.base + on.height;
  const half = on.kind === 'plinth' ? on.half : on.radius;
  const isOver = Math.abs(sphere.x - on.x) <= half && Math.abs(sphere.z - on.z) <= half;
  const isSeated = Math.abs(sphere.centre - sphereSeat * sphere.radius - top) < toleranceM;
  const isDome = Math.abs(sphere.centre - top) < toleranceM && sphere.radius <= half + toleranceM;
  return isOver && (isSeated || isDome);
}

/** A fountain: a foot on the ground with water all round it. */
function standsInWater(foot: Thing, pool: Thing): boolean {
  if (pool.kind !== 'pool' || (foot.kind !== 'plinth' && foot.kind !== 'column') || foot.base > 0) return false;
  const [x0, z0, x1, z1] = poolEdges(pool).water;
  const half = foot.kind === 'plinth' ? foot.half : foot.radius;
  return foot.x - half >= x0 && foot.x + half <= x1 && foot.z - half >= z0 && foot.z + half <= z1;
}

function overlap(a: Solid, b: Solid): boolean {
  const y0 = Math.max(a.y0, b.y0, 0);
  const y1 = Math.min(a.y1, b.y1);
  if (y1 - y0 <= toleranceM) return false;
  const ra = halfWidth(a, y0, y1);
  const rb = halfWidth(b, y0, y1);
  const bothPlants = a.thing.kind === 'plant' && b.thing.kind === 'plant';
  const ax = (a.x0 + a.x1) / 2;
  const az = (a.z0 + a.z1) / 2;
  const bx = (b.x0 + b.x1) / 2;
  const bz = (b.z0 + b.z1) / 2;
  if (a.round && b.round) return Math.hypot(ax - bx, az - bz) < (ra + rb) * (bothPlants ? leafShare : 1) - toleranceM;
  if (a.round) return discMeetsBox(ax, az, ra, b);
  if (b.round) return discMeetsBox(bx, bz, rb, a);
  return (
    Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0) > toleranceM && Math.min(a.z1, b.z1) - Math.max(a.z0, b.z0) > toleranceM
  );
}

function discMeetsBox(x: number, z: number, radius: number, box: Solid): boolean {
  const dx = Math.max(box.x0 - x, 0, x - box.x1);
  const dz = Math.max(box.z0 - z, 0, z - box.z1);
  return Math.hypot(dx, dz) < radius - toleranceM;
}

/** The widest a solid is between two heights: a sphere is narrow near its ends. */
function halfWidth({ x0, x1, y0: low, y1: high, bulges }: Solid, y0: number, y1: number): number {
  const radius = (x1 - x0) / 2;
  if (!bulges) return radius;
  const centre = (low + high) / 2;
  const nearest = Math.min(y1, Math.max(y0, centre));
  return radius * Math.sqrt(Math.max(0, 1 - ((nearest - centre) / ((high - low) / 2)) ** 2));
}

/** On the ground, or on top of another thing of the cell that is at least partly under it. */
function isSupported(thing: Thing, things: readonly Thing[], solids: readonly (readonly Solid[])[]): boolean {
  if (thing.kind === 'sphere') {
    // Sunk in the ground, it lies there.
    return thing.centre - sphereSeat * thing.radius <= toleranceM || things.some((other) => rests(thing, other));
  }
  const base = thing.kind === 'plinth' || thing.kind === 'column' ? thing.base : 0;
  if (base <= toleranceM) return true;
  const own = solids[things.indexOf(thing)]!;
  const middleX = (own[0]!.x0 + own[0]!.x1) / 2;
  const middleZ = (own[0]!.z0 + own[0]!.z1) / 2;
  let corners = 0;
  for (let k = 0; k < things.length; k++) {
    const below = things[k]!;
    if (below === thing || (below.kind !== 'plinth' && below.kind !== 'column' && below.kind !== 'stair')) continue;
    for (const solid of solids[k]!) {
      if (Math.abs(solid.y1 - base) > toleranceM) continue;
      if (middleX >= solid.x0 && middleX <= solid.x1 && middleZ >= solid.z0 && middleZ <= solid.z1) return true;
      const isUnder = own.some((o) => o.x0 <= solid.x0 && o.x1 >= solid.x1 && o.z0 <= solid.z0 && o.z1 >= solid.z1);
      if (isUnder) corners++;
    }
  }
  // A roof needs no column under its middle, but three or more round it.
  return corners >= 3;
}

/** Water that reaches its cell's edge must go on in the next cell, as far as the block tells, and as wide. */
function faultsOfWater(block: BlockThings, faults: string[]): void {
  const pools = block.map((things) => things.filter((thing) => thing.kind === 'pool'));
  pools.forEach((here, cell) => {
    const i = cell % blockCells;
    const j = Math.floor(cell / blockCells);
    for (const pool of here) {
      const sides: readonly [open: boolean, i: number, j: number, run: WallRun][] = [
        [pool.x - pool.halfX <= 0, i - 1, j, 'x'],
        [pool.x + pool.halfX >= cellSize, i + 1, j, 'x'],
        [pool.z - pool.halfZ <= 0, i, j - 1, 'z'],
        [pool.z + pool.halfZ >= cellSize, i, j + 1, 'z'],
      ];
      for (const [open, ni, nj, along] of sides) {
        if (!open || ni < 0 || nj < 0 || ni >= blockCells || nj >= blockCells) continue;
        const meets = pools[nj * blockCells + ni]!.some((next) => goesOn(pool, next, along, ni > i || nj > j));
        if (!meets) faults.push(`In cell ${cell} ${describe(pool)} runs out into cell ${nj * blockCells + ni}, which has no water there.`);
      }
    }
  });
}

type Pool = Extract<Thing, { kind: 'pool' }>;

function goesOn(pool: Pool, next: Pool, along: WallRun, forward: boolean): boolean {
  const at = along === 'x' ? next.x : next.z;
  const half = along === 'x' ? next.halfX : next.halfZ;
  const isOpen = forward ? at - half <= 0 : at + half >= cellSize;
  const isAsWide = along === 'x' ? pool.z === next.z && pool.halfZ === next.halfZ : pool.x === next.x && pool.halfX === next.halfX;
  return isOpen && isAsWide;
}

function describe(thing: Thing): string {
  const name = thing.kind === 'plant' ? thing.form : thing.kind;
  if ('x' in thing) return `the ${name} at (${thing.x}, ${thing.z})`;
  return 'run' in thing ? `the ${name} along ${thing.run}` : `the ${name}`;
}
