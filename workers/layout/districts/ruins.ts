import { type BlockPlan, ball, column, dome, middle, mirrored, plant, plinth, quarter, stair } from './block-plan';
import { chance, pick, salts } from './chance';

/** What is left of a place: a hall's columns, most of them broken, fallen balls, steps that lead nowhere, wild trees. */
export function addRuins(plan: BlockPlan, seed: number, bi: number, bj: number, habit: number): void {
  const kind = chance(seed, bi, bj, salts.ruin);
  const second = chance(seed, bi, bj, salts.ruin + 1);
  if (kind < 0.42) addHall(plan, seed, bi, bj, pick([0.18, 0.24, 0.34], chance(habit, 0, 0, salts.ruin)));
  else if (kind < 0.58) plan.put(1, 1, dome(pick([0.9, 1.25, 1.6], second)));
  else if (kind < 0.74) {
    const direction = pick(['+x', '-x', '+z', '-z'] as const, second);
    const far = direction.startsWith('+') ? 3.05 : mirrored(3.05);
    const alongX = direction.endsWith('x');
    plan.put(1, 1, stair(1.6, 4, direction));
    plan.put(1, 1, column(alongX ? far : quarter, alongX ? quarter : far, 0.24, pick([4, 8, 14], kind * 9 - Math.floor(kind * 9)), 4));
  } else if (kind < 0.88) plan.put(1, 1, plant('tree', middle, middle, 1.2, pick([3.8, 4.4, 5], second)));
  else plan.put(1, 1, plinth(middle, middle, 1, pick([4, 7], second)));
  addRubble(plan, seed, bi, bj);
}

/** A hall of nine columns: three rows that go on from block to block, with gaps and stumps. */
function addHall(plan: BlockPlan, seed: number, bi: number, bj: number, radius: number): void {
  for (let cj = 0; cj < 3; cj++) {
    for (let ci = 0; ci < 3; ci++) {
      const left = chance(seed, bi * 3 + ci, bj * 3 + cj, salts.ruin + 2);
      if (left < 0.42) continue;
      plan.put(ci, cj, column(middle, middle, radius, pick([4, 8, 12, 16, 19, 19], (left - 0.42) / 0.58)));
    }
  }
}

/** Balls that rolled away, blocks of stone and bushes, not where something stands. */
function addRubble(plan: BlockPlan, seed: number, bi: number, bj: number): void {
  for (let cj = 0; cj < 3; cj++) {
    for (let ci = 0; ci < 3; ci++) {
      if (!plan.isFree(ci, cj)) continue;
      const what = chance(seed, bi * 3 + ci, bj * 3 + cj, salts.ruin + 3);
      const x = pick([1.3, 1.55, 2.05, 2.55, 3.05], chance(seed, bi * 3 + ci, bj * 3 + cj, salts.ruin + 4));
      const z = pick([1.3, 1.8, 2.3, 2.8, 3.3], chance(seed, bi * 3 + ci, bj * 3 + cj, salts.ruin + 5));
      if (what < 0.13) plan.put(ci, cj, ball(x, z, pick([0.25, 0.35, 0.5, 0.65], what / 0.13)));
      else if (what < 0.3) plan.put(ci, cj, plant('bush', x, z, pick([0.35, 0.5, 0.65], (what - 0.13) / 0.17), pick([0.6, 0.9], what * 50 - Math.floor(what * 50))));
      else if (what < 0.4) plan.put(ci, cj, plinth(x, z, pick([0.28, 0.45], (what - 0.3) * 10), pick([2, 3, 4], (what - 0.3) * 10)));
      else if (what < 0.47) plan.put(ci, cj, column(x, z, 0.24, pick([4, 8, 14], (what - 0.4) / 0.07)));
      else if (what < 0.53) plan.put(ci, cj, plant('tree', middle, middle, 0.9, 3.8));
    }
  }
}
