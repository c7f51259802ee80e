import type { ReprojectionMode } from '../../reproject/modes';

/** Two ways to redraw that are held against each other, and which of them is shown. */
export type AbChoice = { a: ReprojectionMode; b: ReprojectionMode };

/** Everything against nothing: the difference that the whole project is about. */
export const firstAb: AbChoice = { a: 'layers', b: 'off' };

/** Which of the two is shown; null: another mode was chosen elsewhere. A counts first when both are the same. */
export function sideOf({ a, b }: AbChoice, mode: ReprojectionMode): 'A' | 'B' | null {
  if (mode === a) return 'A';
  return mode === b ? 'B' : null;
}

/** What a press of the button shows next: the other one, and A from any third mode. */
export function otherMode(choice: AbChoice, mode: ReprojectionMode): ReprojectionMode {
  return sideOf(choice, mode) === 'A' ? choice.b : choice.a;
}
