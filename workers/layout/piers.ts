import type { Thing, WallRun } from './things';

/** A pier is a little taller than the runs that meet at it, metres. */
const pierHead = 0.2;
/** A parapet ends in a post too; stumps of broken walls, between this and a tall run, do not. */
const parapetHeight = 0.8;
const tallFrom = 3;

type Run = Extract<Thing, { run: WallRun }>;

/**
 * The pier at a cell's corner of least x and z, where runs of stone end or meet; 0 when none stands there. A run that
 * goes straight on needs none. Piers are not words: they follow from the runs, so no network has to learn them.
 * @param here the cell's things, @param before those of cell (i, j - 1), @param beside those of cell (i - 1, j)
 * @returns its height, metres
 */
export function pierHeight(here: readonly Thing[], before: readonly Thing[], beside: readonly Thing[]): number {
  const forward = stoneRun(here, 'x');
  const backward = stoneRun(beside, 'x');
  const right = stoneRun(here, 'z');
  const left = stoneRun(before, 'z');
  let top = 0;
  for (const run of [forward, backward, right, left]) if (run && run.height > top) top = run.height;
  if (top === 0) return 0;
  const straightX = !right && !left && goesOn(forward, backward);
  const straightZ = !forward && !backward && goesOn(right, left);
  return straightX || straightZ ? 0 : Math.round((top + pierHead) * 100) / 100;
}

function stoneRun(things: readonly Thing[], along: WallRun): Run | undefined {
  for (const thing of things) {
    if (thing.kind !== 'wall' && thing.kind !== 'arch' && thing.kind !== 'colonnade') continue;
    if (thing.run === along && (thing.height >= tallFrom || thing.height === parapetHeight)) return thing;
  }
  return undefined;
}

/** Walls and arches of one height go on into each other; a colonnade only into its like. */
function goesOn(a: Run | undefined, b: Run | undefined): boolean {
  if (!a || !b || a.height !== b.height) return false;
  return (a.kind === 'colonnade') === (b.kind === 'colonnade');
}
