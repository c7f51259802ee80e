import { expect, test } from 'vitest';
import { renderPage } from '../../../../src/bench/report/page';
import { worldPage } from '../../../../src/bench/report/world-page';
import { worldTable } from '../../../../src/bench/report/world-tables';
import { worldVerdicts } from '../../../../src/bench/report/world-verdicts';
import { summarise } from '../../../../src/bench/world/summary';
import { fabricatedWorld } from '../world/fabricated-world';

const machine = { processor: 'A <fast> one', cores: 2, node: 'v24', browser: null, date: '2026-11-22T16:00:00Z' };
const { summary } = fabricatedWorld();
const missed = (change: object): string[] =>
  worldVerdicts({ ...summary, ...change }).filter(({ passed }) => passed === false).map(({ label }) => label);

test('a world as it should be meets every bar', () => {
  expect(worldVerdicts(summary).map(({ label, passed }) => [label, passed])).toEqual(worldVerdicts(summary).map(({ label }) => [label, true]));
  expect(worldVerdicts(summary)).toHaveLength(17);
});

test.each([
  ['walkPsnrDb', 25, 24.99],
  ['walkSsim', 0.85, 0.849],
  ['gainOverRawMapDb', 3, 2.99],
  ['gainOverNoMapDb', 5, 4.99],
  ['sharpnessRatio', 0.8, 0.79],
  ['flickerRatio', 1.2, 1.21],
  ['loopPsnrDb', 35, 34.9],
  ['loopSsim', 0.95, 0.949],
  ['loopSharpnessRatio', 0.8, 0.79],
  ['collapsedAtFrame', null, 400],
  ['rotationErrDeg', 0.99, 1],
  ['translationErrPct', 4.99, 5],
  ['causal', true, false],
  ['bitsPerTokenGainPct', 20, 19.9],
  ['impossiblePct', 0.99, 1],
  ['paintMsCpu', 60, 60.1],
  ['packageBytesFp16', 12e6, 12.1e6],
])('the bar of %s lies between %s and %s', (field, meets, misses) => {
  expect(missed({ [field]: meets })).toEqual([]);
  expect(missed({ [field]: misses })).toHaveLength(1);
});

test('what was not measured is neither met nor missed', () => {
  const nothing = worldVerdicts(summarise([], 'courtyards'));
  expect(nothing.filter(({ passed }) => passed !== null).map(({ label }) => label)).toEqual(['Packages in fp16']);
});

test('the page asks nothing of the network, shows its pictures, escapes its texts, and has every section', () => {
  const page = renderPage(worldPage(fabricatedWorld()), 'world', machine);
  expect(page).not.toMatch(/<script|<link|<iframe|@import|url\(|\son\w+=/);
  expect([...page.matchAll(/\b(?:src|href)="([^"]*)"/g)].map((m) => m[1]!).filter((to) => !/^(#|data:image\/png;base64,)/.test(to))).toEqual([]);
  for (const [, id] of page.matchAll(/href="#([^"]*)"/g)) expect(page).toContain(`id="${id}"`);
  expect(page.match(/<img /g)).toHaveLength(3);
  expect(page).toContain('A note with &lt;angles&gt; &amp; more.');
  // PSNR and sharpness of two walks, seven figures of the long walks.
  expect(page.match(/role="img"/g)).toHaveLength(11);
});

test('a world that imagines nothing says so', () => {
  const page = renderPage(worldPage(fabricatedWorld((rows) => rows.filter(({ kind }) => kind !== 'tokens'))), 'world', machine);
  expect(page).toContain('This package imagines nothing.');
});

test('the table of the terminal holds the ways and the bars', () => {
  const table = worldTable(fabricatedWorld());
  for (const part of ['painted (ours)', 'no map: memory only', 'last frame only', 'imagine: 0.500 bits', '✓ met', '* A note']) {
    expect(table).toContain(part);
  }
});
