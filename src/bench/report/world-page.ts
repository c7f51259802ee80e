import { meanOf } from '../world/picture-scores';
import { variants, type ControlRow, type WorldResult } from '../world/result';
import { rowsOf } from '../world/summary';
import type { ReportPage, Section } from './bench-report';
import { fixed, plain } from './format';
import { columnsOf } from './generic-page';
import { html, pictureAddress, type Html } from './html';
import { swatch } from './series';
import { htmlTable, type Column } from './table';
import { driftPlots, walkPlots } from './world-plots';
import {
  otherWalks,
  ownWalks,
  packageColumns,
  returnColumns,
  returnMeans,
  speedColumns,
  variantColumns,
  variantMeans,
  walkColumns,
} from './world-tables';
import { worldVerdicts } from './world-verdicts';
import { variantMeanings, variantNames, variantStyles, worldDefinitions } from './world-words';

/** The report of `npm run bench -- world`, for somebody who knows nothing of the project. */
export function worldPage(result: WorldResult): ReportPage {
  const { counts, summary } = result;
  return {
    title: 'What a small generated world is like, in numbers',
    lead:
      'One network imagines what is there, another paints what it looks like. Here its pictures are compared with those of ' +
      'an offline renderer that knows the place, and with simpler ways to the same thing, in worlds that no training has seen.',
    facts: [
      ['Run', counts.quick ? 'quick: a representative subset' : 'full'],
      ['World package', `${counts.worldId} (map: ${counts.layout})`],
      ['Worlds walked in (seeds)', counts.walkSeeds.join(', ')],
      ['Walks', `${counts.framesPerWalk} frames each, ${counts.scoredFrames} frames scored in all`],
      ['Long walks', `${counts.driftFrames} frames each`],
      ['Poses seen twice', fixed(counts.loopPoses, 0)],
      ['Steps recovered', fixed(counts.controlSteps, 0)],
      ['Took', `${fixed(counts.seconds / 60, 1)} min`],
    ],
    verdicts: worldVerdicts(summary),
    sections: sectionsOf(result),
  };
}

function sectionsOf(result: WorldResult): Section[] {
  const { rows } = result;
  return [
    { id: 'walks', title: 'Walks from nothing', body: walkSection(result) },
    { id: 'pictures', title: 'What it looks like', body: pictureSection(result) },
    { id: 'persistence', title: 'Going away and coming back', body: htmlTable(returnColumns, returnMeans(rowsOf(rows, 'loop')), (row) => row.way === 'paint') },
    { id: 'drift', title: 'Long walks', body: driftPlots(rows) },
    { id: 'control', title: 'Does it do what is asked', body: controlSection(result) },
    { id: 'semantics', title: 'What it knows of places', body: semanticsSection(result) },
    { id: 'speed', title: 'Speed and size', body: html`${htmlTable(speedColumns, rowsOf(rows, 'speed'))}${htmlTable(packageColumns, rowsOf(rows, 'package'))}` },
    { id: 'notes', title: 'Notes and definitions', body: notesSection(result) },
    { id: 'tables', title: 'All figures', body: tablesSection(result) },
  ];
}

function walkSection(result: WorldResult): Html {
  const others = otherWalks(result);
  return html`<dl class="meaning">${variants.map((variant) => html`<dt>${swatch(variantStyles[variant])}${variantNames[variant]}</dt><dd>${variantMeanings[variant]}</dd>`)}</dl>
<h3>Means over the walks</h3>${htmlTable(variantColumns, variantMeans(ownWalks(result)), (row) => row.variant === 'paint')}
${walkPlots(result.rows, result.counts.worldId)}
${others.length > 0 && html`<h3>The same world at another size</h3>${htmlTable(walkColumns, others, (row) => row.variant === 'paint')}`}`;
}

function pictureSection({ pictures: { sheets, worst, loops } }: WorldResult): Html {
  const shown = [...sheets, ...(worst ? [worst] : []), ...loops];
  if (shown.length === 0) return html`<p>No pictures were kept.</p>`;
  return html`${shown.map(({ title, png }) => html`<figure class="sheet"><img src="${pictureAddress(png)}" alt="${title}"><figcaption>${title}</figcaption></figure>\n`)}`;
}

function controlSection({ rows, summary }: WorldResult): Html {
  const control = rowsOf(rows, 'control');
  const floor = (of: (row: ControlRow) => number): string => fixed(meanOf(control.map(of)), 3);
  const causality = rowsOf(rows, 'causality');
  return html`<p>Median over ${control.length} steps: ${fixed(summary.rotationErrDeg, 3)}° and ${fixed(summary.translationErrPct, 2)} % of the step. The solver’s own error on the raw map: ${floor((row) => row.floorRotationErrDeg)}° and ${floor((row) => row.floorTranslationErrPct)} % on the mean. Two opposite actions from one state differ the right way in ${fixed(summary.counterfactualRightPct, 0)} % of the pairs.</p>
<h3>Causality</h3>${htmlTable([
    { name: 'compared', words: true, cell: (row) => row.check },
    { name: 'frames', cell: (row) => String(row.frames) },
    { name: 'bit by bit', words: true, cell: (row) => (row.isEqual ? 'equal' : 'different') },
  ], causality)}`;
}

function semanticsSection({ rows, summary }: WorldResult): Html {
  const tokens = rowsOf(rows, 'tokens');
  const agreement = html`<p>Painted depth is within 5 % of the map’s, away from silhouettes, on ${fixed(summary.depthAgreementPct, 2)} % of the pixels.</p>`;
  if (tokens.length === 0) return html`${agreement}<p>This package imagines nothing.</p>`;
  return html`${htmlTable([
    { name: 'model', words: true, cell: (row) => row.model },
    { name: 'bits a token', cell: (row) => fixed(row.bitsPerToken, 4) },
    { name: 'tokens', cell: (row) => fixed(row.tokens, 0) },
    { name: 'blocks', cell: (row) => fixed(row.blocks, 0) },
  ], tokens, (row) => row.model === 'imagine')}
${htmlTable([
    { name: 'blocks of', words: true, cell: (row) => row.source },
    { name: 'blocks', cell: (row) => fixed(row.blocks, 0) },
    { name: 'impossible at first, %', cell: (row) => fixed(row.faultyAtFirstPct, 2) },
    { name: 'impossible, %', cell: (row) => fixed(row.faultyPct, 2) },
  ], rowsOf(rows, 'arrangements'))}${agreement}`;
}

function notesSection({ notes }: WorldResult): Html {
  return html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>
<dl class="meaning">${worldDefinitions.map(([name, meaning]) => html`<dt>${name}</dt><dd>${meaning}</dd>`)}</dl>`;
}

function tablesSection({ rows, summary }: WorldResult): Html {
  const figures: Column<readonly [string, unknown]>[] = [
    { name: 'figure', words: true, cell: ([name]) => name },
    { name: 'value', cell: ([, value]) => plain(value) },
  ];
  const [control, drift] = [rowsOf(rows, 'control'), rowsOf(rows, 'drift')];
  return html`<details><summary>Summary, as in the JSON</summary>${htmlTable(figures, Object.entries(summary))}</details>
<details><summary>Walks: ${rowsOf(rows, 'walk').length} rows</summary>${htmlTable(walkColumns, rowsOf(rows, 'walk'))}</details>
<details><summary>Steps: ${control.length} rows</summary>${htmlTable(columnsOf(control), control)}</details>
<details><summary>Long walks: ${drift.length} rows</summary>${htmlTable(columnsOf(drift), drift)}</details>`;
}
