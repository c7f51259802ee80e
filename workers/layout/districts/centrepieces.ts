import type { StairDirection, Thing } from '../things';
import { ball, column, dome, middle, mirrored, nearWall, plant, plinth, pool, quarter, reaches, stair, type BlockPlan } from './block-plan';
import { pick } from './chance';

/** What can stand in the middle of a block. */
export const centrepieces = [
  'statue',
  'pillar',
  'tempietto',
  'tower',
  'rotunda',
  'platform',
  'fountain',
  'orb',
  'tree',
  'columns',
] as const;
export type Centrepiece = (typeof centrepieces)[number];

/** Puts a centrepiece into the block's middle cell. @param a, b numbers in [0, 1) that vary it */
export function addCentrepiece(plan: BlockPlan, piece: Centrepiece, a: number, b: number): void {
  const put = (...things: Thing[]): void => plan.put(1, 1, ...things);
  switch (piece) {
    case 'statue': {
      const steps = pick([1, 2, 3], a);
      const high = pick([4, 5], b);
      put(stair(1.4, steps, 'all'), plinth(middle, middle, 0.45, high, steps));
      put(ball(middle, middle, pick([0.5, 0.65], a * 7 - Math.floor(a * 7)), steps + high));
      return;
    }
    case 'pillar': {
      // A column with a ball on it, on a high foot.
      const steps = a < 0.5 ? 0 : 1;
      const high = pick([14, 19], b);
      if (steps > 0) put(stair(1.4, 1, 'all'));
      put(plinth(middle, middle, 0.6, 5, steps), column(middle, middle, 0.34, high, steps + 5));
      put(ball(middle, middle, 0.5, steps + 5 + high));
      return;
    }
    case 'tempietto': {
      const high = a < 0.5 ? 14 : 16;
      const roof = 1 + high;
      put(stair(1.6, 1, 'all'));
      for (const x of [quarter, mirrored(quarter)]) {
        for (const z of [quarter, mirrored(quarter)]) put(column(x, z, 0.18, high, 1));
      }
      const thick = high === 14 ? 4 : 3;
      put(plinth(middle, middle, 1.3, thick, roof), dome(0.9, roof + thick));
      return;
    }
    case 'tower': {
      const high = pick([20, 24], a);
      put(plinth(middle, middle, 1, high), plinth(middle, middle, 0.6, 5, high), ball(middle, middle, 0.5, high + 5));
      return;
    }
    case 'rotunda':
      put(plinth(middle, middle, 1.3, pick([20, 24], a)), dome(1.25, pick([20, 24], a)));
      return;
    case 'platform': {
      const direction = pick<StairDirection>(['+x', '-x', '+z', '-z'], a);
      const far = direction.startsWith('+') ? 3.05 : mirrored(3.05);
      const along = direction.endsWith('x');
      put(stair(1.6, 4, direction));
      if (b < 0.5) {
        for (const side of [quarter, mirrored(quarter)]) put(column(along ? far : side, along ? side : far, 0.24, 14, 4));
      } else {
        put(plinth(along ? far : middle, along ? middle : far, 0.36, 4, 4));
        put(ball(along ? far : middle, along ? middle : far, 0.5, 8));
      }
      return;
    }
    case 'fountain':
      put(pool(reaches.closed, reaches.closed));
      if (a < 0.5) put(plinth(middle, middle, 0.36, 5), ball(middle, middle, 0.35, 5));
      else put(column(middle, middle, 0.24, 8), ball(middle, middle, 0.5, 8));
      return;
    case 'orb':
      put(plinth(middle, middle, 0.8, 1), ball(middle, middle, 0.8, 1));
      return;
    case 'tree':
      put(plant('tree', middle, middle, 1.2, pick([3.8, 4.4, 5], a)));
      for (const side of [nearWall, mirrored(nearWall)]) {
        put(b < 0.5 ? plinth(side, middle, 0.28, 2) : plinth(middle, side, 0.28, 2));
      }
      return;
    case 'columns':
      for (const x of [quarter, mirrored(quarter)]) {
        for (const z of [quarter, mirrored(quarter)]) put(column(x, z, 0.24, a < 0.5 ? 14 : 19));
      }
      return;
    default: {
      const never: never = piece;
      throw new Error(`Unknown centrepiece "${String(never)}".`);
    }
  }
}
