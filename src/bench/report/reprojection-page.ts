import { methods, type Method, type ReprojectionResult } from '../reprojection/result';
import type { ReportPage, Section } from './bench-report';
import { fixed } from './format';
import { html, type Html } from './html';
import { latticePlots, methodLegend, traceBars, tracePlots } from './reprojection-plots';
import { viewPictures } from './reprojection-pictures';
import { latticeRows, methodMeans, traceRows } from './reprojection-rows';
import { cutFigures, latticeColumns, marginColumns, methodColumns, traceColumns } from './reprojection-tables';
import { definitions, methodMeanings } from './reprojection-words';
import { reprojectionVerdicts } from './reprojection-verdicts';
import { methodStyles, swatch } from './series';
import { htmlTable } from './table';

const isOurs = ({ method }: { method: Method }): boolean => method === 'layers';

/** The report of `npm run bench -- reprojection`, for somebody who knows nothing of the project. */
export function reprojectionPage(result: ReprojectionResult): ReportPage {
  const { counts, summary } = result;
  return {
    title: 'How well a slow picture can be redrawn for a moving head',
    lead:
      'A neural world paints a few frames a second, late. Between them the page redraws the newest frame for where the ' +
      'head is now. Here every way of doing that is compared with the true picture at the same pose, which a simulator ' +
      'knows exactly. Higher PSNR is better; 1 dB can be seen side by side, 6 dB is half the error.',
    facts: [
      ['Run', counts.quick ? 'quick: a representative subset' : 'full'],
      ['Worlds (seeds)', counts.sceneSeeds.join(', ')],
      ['Lattice', `${summary.cells} cells, ${counts.directions} directions, both eyes`],
      ['Pictures scored in it', fixed(counts.latticePictures, 0)],
      ['Frames seen before', `${counts.historyFrames}, the same for every method`],
      ['Eye view', `${counts.viewSize} px, ${counts.viewFovDeg}°`],
      ['Model frame', `${counts.sourceSize} px (trace: ${counts.traceSourceSize} px), ${counts.sourceFovDeg}°`],
      ['Head trace', `${counts.traceDisplayFrames} display frames at ${counts.displayHz} Hz`],
      ['Latency of the model', counts.latenciesMs.map(([mean, spread]) => `${mean}±${spread}`).join(', ') + ' ms'],
      ['Rate of the model', `${counts.modelHz.join(', ')} Hz`],
      ['Took', `${fixed(counts.seconds / 60, 1)} min`],
    ],
    verdicts: reprojectionVerdicts(summary),
    sections: sectionsOf(result),
  };
}

function sectionsOf(result: ReprojectionResult): Section[] {
  const lattice = latticeRows(result);
  const trace = traceRows(result);
  const sections: Section[] = [
    { id: 'methods', title: 'What is compared', body: methodSection(result) },
    { id: 'lattice', title: 'Quality over distance and turn', body: latticeSection(result) },
    { id: 'cells', title: 'The worst cells', body: cellsSection(result) },
  ];
  if (trace.length > 0) sections.push({ id: 'trace', title: 'Along a head trace, with a late model', body: traceSection(result) });
  if (result.pictures.length > 0) {
    sections.push({ id: 'pictures', title: 'Side by side', body: html`${result.pictures.map(viewPictures)}` });
  }
  return [
    ...sections,
    { id: 'cuts', title: 'Where the mesh is cut', body: cutSection(result) },
    { id: 'notes', title: 'Notes and definitions', body: notesSection(result) },
    {
      id: 'tables',
      title: 'All figures',
      body: html`<details><summary>Lattice: ${lattice.length} rows</summary>${htmlTable(latticeColumns, lattice, isOurs)}</details>
<details><summary>Head trace: ${trace.length} rows</summary>${htmlTable(traceColumns, trace, isOurs)}</details>`,
    },
  ];
}

function methodSection(result: ReprojectionResult): Html {
  const known = methods.filter((method) => result.rows.some((row) => row.method === method));
  return html`<dl class="meaning">${known.map((method) => html`<dt>${swatch(methodStyles[method])}${methodStyles[method].label}</dt><dd>${methodMeanings[method]}</dd>`)}</dl>
<h3>Means over the cells of the lattice</h3>${htmlTable(methodColumns, methodMeans(latticeRows(result)), isOurs)}`;
}

function latticeSection(result: ReprojectionResult): Html {
  const rows = latticeRows(result);
  return html`<p>The head stands the given distance from where the newest frame was painted and has turned by the given angle. All plots under one heading share one vertical axis.</p>
${methodLegend(rows)}<h3>All pixels</h3>${latticePlots(rows, 'psnrAllDb', 'all pixels')}
<h3>Disoccluded pixels: what the newest frame did not see</h3>${latticePlots(rows, 'psnrDisoccludedDb', 'disoccluded')}`;
}

function cellsSection({ summary, worstCells }: ReprojectionResult): Html {
  return html`<p>Where “layers” beats the best other method by least. A cell below 2 cm counts as lost only by more than 0.1 dB.</p>
${htmlTable(marginColumns, worstCells)}
<h3>Lost cells</h3>${summary.lostCells.length > 0 ? htmlTable(marginColumns, summary.lostCells) : html`<p>None.</p>`}
<p class="muted">By the same rule asked of the disoccluded pixels alone, ${fixed(summary.cellsLostDisoccluded, 0)} cells are lost; asked of SSIM, ${fixed(summary.cellsLostSsim, 0)}.</p>`;
}

function traceSection(result: ReprojectionResult): Html {
  const rows = traceRows(result);
  const frameMs = 1000 / result.counts.displayHz;
  return html`${methodLegend(rows)}<h3>All pixels</h3>${tracePlots(rows, 'psnrAllDb', 'all pixels')}
<h3>Disoccluded pixels</h3>${tracePlots(rows, 'psnrDisoccludedDb', 'disoccluded')}
<h3>Lag, stability and pop: mean over the rates of the model</h3>
${methodLegend(rows)}<div class="plots pairs">
${traceBars(rows, 'lagRotationMs', { title: 'Apparent lag while turning (dashed: one display frame)', valueLabel: 'ms behind the truth', digits: 1, limit: frameMs })}
${traceBars(rows, 'lagTranslationMs', { title: 'Apparent lag while moving', valueLabel: 'ms behind the truth', digits: 1 })}
${traceBars(rows, 'stability', { title: 'Flicker and swimming beyond the truth’s', valueLabel: 'levels of 0..255 a display frame', digits: 2 })}
${traceBars(rows, 'popPxP99', { title: 'Jump when a new frame comes in, 99th percentile', valueLabel: 'px at 25 px a degree', digits: 1 })}
</div>`;
}

function cutSection({ cuts }: ReprojectionResult): Html {
  return htmlTable(
    [
      { name: 'figure', words: true, cell: (figure) => figure.name },
      { name: 'value', cell: (figure) => fixed(cuts[figure.of], figure.digits) },
    ],
    cutFigures,
  );
}

function notesSection({ notes }: ReprojectionResult): Html {
  return html`${notes.length > 0 && html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
<dl class="meaning">${definitions.map(([name, meaning]) => html`<dt>${name}</dt><dd>${meaning}</dd>`)}</dl>`;
}
