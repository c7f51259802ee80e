import { describe, expect, test } from 'vitest';
import { Blink } from '../../../../src/xr/hands/blink';

/** What is seen of a blink, frame by frame; `jumps`: in the frame in which the world jumps. */
function run(dtS: number, frames: number, blink = new Blink()) {
  blink.start();
  return Array.from({ length: frames }, () => ({ jumps: blink.update(dtS), closed: blink.closed }));
}

describe('a blink', () => {
  test.each([24, 30, 72, 120])('closes, jumps once behind closed eyes and opens, at %i frames a second', (hz) => {
    const seen = run(1 / hz, Math.ceil(0.6 * hz) + 3);
    expect(seen.filter(({ jumps }) => jumps)).toEqual([{ jumps: true, closed: 1 }]);
    expect(seen.at(-1)!.closed).toBe(0);
    const jump = seen.findIndex(({ jumps }) => jumps);
    // The jump is drawn a frame later: the eyes are still closed then.
    expect(seen[jump + 1]!.closed).toBeGreaterThan(0.98);
    const closing = seen.slice(0, jump).map(({ closed }) => closed);
    expect(closing).toEqual(closing.toSorted((a, b) => a - b));
  });

  test('is over in less than a third of a second', () => {
    expect(run(1 / 72, 72).filter(({ closed }) => closed > 0).length).toBeLessThan(24);
  });

  test('is open before it was ever started', () => {
    const blink = new Blink();
    expect([blink.closed, blink.isPending, blink.update(0.1)]).toEqual([0, false, false]);
  });

  test('goes on from where the eyes are when the next one comes at once', () => {
    const blink = new Blink();
    run(1 / 72, 14, blink);
    const before = blink.closed;
    expect(before).toBeGreaterThan(0.1);
    const [next] = run(1 / 72, 1, blink);
    expect(next!.closed).toBeGreaterThan(before);
  });
});
