import { expect, test } from 'vitest';
import { renderPage } from '../../../../src/bench/report/page';
import { reprojectionPage } from '../../../../src/bench/report/reprojection-page';
import { largestOf, latticeRows, meanOf, methodMeans } from '../../../../src/bench/report/reprojection-rows';
import { reprojectionTable } from '../../../../src/bench/report/reprojection-table';
import { reprojectionVerdicts } from '../../../../src/bench/report/reprojection-verdicts';
import { fabricatedResult } from './fabricated-result';

const machine = { processor: 'A <fast> one', cores: 2, node: 'v24', browser: null, date: '2026-11-22T16:00:00Z' };
const render = (result = fabricatedResult()): string => renderPage(reprojectionPage(result), 'reprojection', machine);

const good = { ...fabricatedResult().summary, cellsLost: 0 };

test('a summary that meets every bar is met throughout', () => {
  expect(reprojectionVerdicts(good).map(({ passed }) => passed)).toEqual(Array.from({ length: 7 }, () => true));
});

test.each([
  ['cellsLost', 0, 1],
  ['gainAllDb', 2, 1.99],
  ['gainDisoccludedDb', 6, 5.99],
  ['trulyEmptyPct', 0.0049, 0.0051],
  ['rotationLagFramesMax', 1, 1.01],
  ['rotationLagFramesMax', -1, -1.01],
  ['rubberSheetPct', 0.0999, 0.1],
  ['falseCutPct', 0.99, 1],
])('the bar of %s lies between %s and %s', (field, meets, misses) => {
  const missedWith = (value: number): number =>
    reprojectionVerdicts({ ...good, [field]: value }).filter(({ passed }) => passed === false).length;
  expect(missedWith(meets)).toBe(0);
  expect(missedWith(misses)).toBe(1);
});

test('what was not measured is neither met nor missed', () => {
  const nothing = reprojectionVerdicts({ ...good, gainDisoccludedDb: Number.NaN }).filter(({ passed }) => passed === null);
  expect(nothing.map(({ label, value }) => [label, value])).toEqual([['Gain over the uncut mesh, disoccluded pixels', '–']]);
});

test('the page asks nothing of the network, runs nothing, and has every section', () => {
  const page = render();
  expect(page).not.toMatch(/<script|<link|<iframe|@import|url\(|\son\w+=/);
  expect([...page.matchAll(/\b(?:src|href)="([^"]*)"/g)].map((m) => m[1]!).filter((to) => !/^(#|data:image\/png;base64,)/.test(to))).toEqual([]);
  expect(page).toContain("default-src &#39;none&#39;");
  for (const [, id] of page.matchAll(/href="#([^"]*)"/g)) expect(page).toContain(`id="${id}"`);
});

test('texts of the result are escaped', () => {
  const page = render();
  expect(page).toContain('&lt;SwiftShader&gt; &amp; of no other');
  expect(page).toContain('A &lt;fast&gt; one');
  expect(page).not.toContain('<fast>');
});

test('ten plots of the lattice and ten of the trace, four of bars, all pictures, all rows', () => {
  const page = render();
  expect(page.match(/role="img"/g)).toHaveLength(24);
  expect(page.match(/<img /g)).toHaveLength(2 * 10);
  const result = fabricatedResult();
  expect(page.match(/<tr/g)!.length).toBeGreaterThan(result.rows.length);
});

test('a run without a trace and without pictures is a page all the same', () => {
  const result = fabricatedResult();
  const page = render({ ...result, rows: latticeRows(result), pictures: [] });
  expect(page).not.toContain('id="trace"');
  expect(page).not.toContain('<img');
});

test('means leave out what was not measured, and one infinite value does not drown the rest', () => {
  expect(meanOf([1, null, 3, Number.POSITIVE_INFINITY, undefined])).toBe(2);
  expect(meanOf([null])).toBeNull();
  expect(largestOf([1, -3, null, 2])).toBe(-3);
  const [off] = methodMeans(latticeRows(fabricatedResult()));
  expect(off).toMatchObject({ method: 'off', cells: 40 });
  expect(off!.mean('ssimAll')).toBeCloseTo(0.9, 12);
});

test('the terminal table has a line for each method, the bars and the worst cells', () => {
  const text = reprojectionTable(fabricatedResult());
  for (const line of [/^layers \(ours\)\s/m, /^uncut mesh\s/m, /1 of 40.*✗ missed/, /\+4\.81 dB.*✓ met/, /^\s+3\.15\s+0\s+cut mesh\s+\+0\.50$/m]) {
    expect(text).toMatch(line);
  }
});
