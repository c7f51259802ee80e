import { beforeAll, describe, expect, test } from 'vitest';
import { MismatchMeter } from '../../../src/latency/mismatch-meter';
import { ConventionCheck } from '../../../workers/check/convention-check';
import { faults, filmOf, lively, type Shot } from './check-scenes';

/** Share of frames, %, as the page counts them. */
function mismatchPct(shots: readonly Shot[]): number {
  const check = new ConventionCheck();
  const meter = new MismatchMeter();
  for (const shot of shots) {
    check.look(shot.color, shot.inverseDepth, shot.camera, shot.worldFromCamera);
    meter.frame(check.poseMismatch);
  }
  return meter.pct;
}

describe('the share of frames whose picture belongs to another pose', () => {
  const films: Shot[][] = [];
  beforeAll(async () => {
    for (const seed of [3, 11]) films.push(await filmOf(seed, lively(seed), 20, 112));
  }, 60_000);

  test('is near none for frames with their own poses, and near all for frames with those of a neighbour', () => {
    for (const film of films) {
      expect(mismatchPct(film)).toBeLessThan(10);
      expect(mismatchPct(faults.poseOfAnotherFrame(film, 1))).toBeGreaterThan(70);
      expect(mismatchPct(faults.poseOfAnotherFrame(film, -1))).toBeGreaterThan(70);
    }
  });

  test('is not known for a head that stands still', () => {
    for (const film of films) expect(mismatchPct(film.map(() => film[0]!))).toBeNaN();
  });
});
