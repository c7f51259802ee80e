import { type BlockPlan, ball, column, middle, plinth, pool, reaches, type Reach } from './block-plan';
import { canalCrosses, type Canal } from './canals';

/** The canal's water in a block's middle row or column; it has a rim where the next cell is dry. */
export function addCanal(plan: BlockPlan, canal: Canal, seed: number, bi: number, bj: number): void {
  const alongX = canal.run === 'x';
  const edge = alongX ? 'z' : 'x';
  const before = canalCrosses(seed, edge, bi, bj);
  const after = canalCrosses(seed, edge, alongX ? bi + 1 : bi, alongX ? bj : bj + 1);
  const across = canal.narrow ? reaches.narrow : reaches.wide;
  const wet = [before, ...canal.wet, after];
  for (let k = 0; k < 3; k++) {
    if (!wet[k + 1]) continue;
    const along = reachBetween(wet[k]!, wet[k + 2]!);
    if (alongX) plan.put(k, 1, pool(along, across));
    else plan.put(1, k, pool(across, along));
  }
}

function reachBetween(wetBefore: boolean, wetAfter: boolean): Reach {
  if (wetBefore) return wetAfter ? reaches.through : reaches.ends;
  return wetAfter ? reaches.begins : reaches.closed;
}

/** A still basin: long, or square and large enough to mirror what stands around it. */
export function addBasin(plan: BlockPlan, unit: number, habit: number): void {
  const { begins, through, ends } = reaches;
  if (unit < 0.6) {
    const alongX = (habit & 8) !== 0;
    const across = unit < 0.3 ? reaches.closed : reaches.wide;
    [begins, through, ends].forEach((along, k) => {
      if (alongX) plan.put(k, 1, pool(along, across));
      else plan.put(1, k, pool(across, along));
    });
    if (unit < 0.2) plan.put(1, 1, plinth(middle, middle, 0.45, 5), ball(middle, middle, 0.5, 5));
    return;
  }
  const from = unit < 0.8 ? 0 : 1;
  for (const [k, alongX] of [begins, ends].entries()) {
    for (const [l, alongZ] of [begins, ends].entries()) plan.put(from + k, 1 - from + l, pool(alongX, alongZ));
  }
  if (unit > 0.9) plan.put(from + 1, 1 - from + 1, column(middle, middle, 0.34, 8), ball(middle, middle, 0.5, 8));
}
