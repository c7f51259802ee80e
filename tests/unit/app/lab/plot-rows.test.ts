import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyRows, fillRows, type PlotSource } from '../../../../src/app/lab/plot-rows';

function sourceOf(rows: readonly (readonly [number, number])[], first = 0): PlotSource {
  return {
    first: () => first,
    end: () => rows.length,
    atMs: (row) => rows[row]![0],
    width: 1,
    value: (row) => rows[row]![1],
  };
}

describe('the rows of a plot', () => {
  test('are seconds before now, with a gap where a value is missing', () => {
    const source = sourceOf([[0, 1], [500, 2], [1000, Number.NaN], [1500, 4]]);
    expect(fillRows(source, 2000, 1.5, 100, emptyRows(1))).toEqual([[-1.5, -1, -0.5], [2, null, 4]]);
  });

  test('forget what was in their arrays, and ask for no row that is gone', () => {
    const rows = emptyRows(1);
    fillRows(sourceOf([[0, 1], [1, 2]]), 10, 1, 100, rows);
    expect(fillRows(sourceOf([]), 10, 1, 100, rows)).toEqual([[], []]);
    // Row 0 would come last with a time beyond the window if it were asked for.
    expect(fillRows(sourceOf([[5000, 1], [1, 2], [2, 3]], 1), 10, 1, 1000, rows)[1]).toEqual([2, 3]);
  });

  test('never lose the largest value of a slice, and are never more than asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 500 })), { maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (unordered, most) => {
          const samples = unordered.toSorted(([a], [b]) => a - b);
          const [times, values] = fillRows(sourceOf(samples), 1000, 1, most, emptyRows(1));
          expect(times.length).toBeLessThanOrEqual(most);
          expect(Math.max(-1, ...values!.map((value) => value ?? -1))).toBe(Math.max(-1, ...samples.map(([, value]) => value)));
          expect(times).toEqual(times.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  test('take a number for a slice that began without one', () => {
    expect(fillRows(sourceOf([[900, Number.NaN], [901, 7]]), 1000, 1, 2, emptyRows(1))[1]).toEqual([7]);
  });
});
