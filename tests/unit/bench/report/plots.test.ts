import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barPlot } from '../../../../src/bench/report/bar-plot';
import { linePlot } from '../../../../src/bench/report/line-plot';
import { methodStyles } from '../../../../src/bench/report/series';

const style = methodStyles.layers;
const any = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, null));

/** Every number that stands in an attribute for a place. */
const placesOf = (svg: string): string[] => [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|d|points)="([^"]*)"/g)].map((m) => m[1]!);

function expectCleanSvg(svg: string): void {
  for (const place of placesOf(svg)) expect(place).not.toMatch(/NaN|Infinity|undefined|null|e[+-]/);
  expect(svg.split('<svg').length).toBe(svg.split('</svg>').length);
}

test('no value whatsoever makes a place that is not a number', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ x: fc.double(), y: any })), fc.constantFrom('linear', 'log', 'log1p'), (points, stretch) => {
      expectCleanSvg(linePlot({ title: 't', xLabel: 'x', yLabel: 'y', stretch, series: [{ style, points }] }).text);
    }),
  );
  fc.assert(
    fc.property(fc.array(any), (values) => {
      const groups = values.map((value) => ({ label: 'g', bars: [{ style, value }] }));
      expectCleanSvg(barPlot({ title: 't', valueLabel: 'v', groups, format: String }).text);
    }),
  );
});

const line = (ys: (number | null)[]): string =>
  linePlot({
    title: 't',
    xLabel: 'x',
    yLabel: 'y',
    stretch: 'linear',
    series: [{ style, points: ys.map((y, x) => ({ x, y })) }],
  }).text;

test('a value that is missing is a gap in the line, not a line through it', () => {
  const path = (svg: string): string => /<path d="([^"]*)"/.exec(svg)![1]!;
  expect(path(line([1, 2, 3, 4]))).toMatch(/^M[^ML]+(L[^ML]+){3}$/);
  expect(path(line([1, 2, null, 4]))).toMatch(/^M[^ML]+L[^ML]+M[^ML]+$/);
  expect(path(line([1, Number.POSITIVE_INFINITY, 3, 4]))).toMatch(/^M[^ML]+M[^ML]+L[^ML]+$/);
});

test('more is higher up and farther right', () => {
  const svg = line([10, 20]);
  const [from, to] = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map((m) => [Number(m[1]), Number(m[2])]);
  expect(to![0]!).toBeGreaterThan(from![0]!);
  expect(to![1]!).toBeLessThan(from![1]!);
});

test('a plot without a value says so', () => {
  expect(line([null, Number.NaN])).toContain('nothing to measure');
  expect(line([1])).not.toContain('nothing to measure');
});

test('a bar below zero ends at zero, one above begins there, and the values are written', () => {
  const svg = barPlot({
    title: 't',
    valueLabel: 'ms',
    groups: [{ label: 'g', bars: [{ style, value: -5 }, { style, value: 10 }, { style, value: null }] }],
    format: (value) => `${value} ms`,
  }).text;
  const zero = Number(/class="zero" x1="([\d.]+)"/.exec(svg)![1]);
  const bars = [...svg.matchAll(/<rect[^>]* x="([\d.]+)"[^>]* width="([\d.]+)"/g)].map((m) => [Number(m[1]), Number(m[2])]);
  expect(bars).toHaveLength(2);
  expect(bars[0]![0]! + bars[0]![1]!).toBeCloseTo(zero, 1);
  expect(bars[1]![0]!).toBeCloseTo(zero, 1);
  expect(bars[1]![1]!).toBeCloseTo(2 * bars[0]![1]!, 1);
  for (const text of ['-5 ms', '10 ms', '–']) expect(svg).toContain(`>${text}</text>`);
});

test('titles and labels are escaped', () => {
  const svg = linePlot({ title: '<i>', xLabel: '"x"', yLabel: "y'", stretch: 'linear', series: [] }).text;
  expect(svg).not.toContain('<i>');
  expect(svg).toContain('aria-label="&lt;i&gt;: y&#39; over &quot;x&quot;"');
});
