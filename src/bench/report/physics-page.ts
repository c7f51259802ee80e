import { variants, type PhysicsResult, type Variant } from '../physics/result';
import { rowsOf, throwsOf } from '../physics/summary';
import type { ReportPage } from './bench-report';
import { fixed } from './format';
import { html, pictureAddress, type Html } from './html';
import { linePlot } from './line-plot';
import {
  aimRows,
  barrageColumns,
  causeColumns,
  causeRows,
  energyColumns,
  errorColumns,
  occlusionColumns,
  physicsFigures,
  physicsVerdicts,
  stepColumns,
  variantNames,
  variantRows,
} from './physics-tables';
import { legend, methodStyles, type SeriesStyle } from './series';
import { htmlTable } from './table';

const styles: Readonly<Record<Variant, SeriesStyle>> = {
  page: { ...methodStyles.layers, label: variantNames.page },
  'unknown-ground': { ...methodStyles.mesh, label: variantNames['unknown-ground'] },
  flat: { ...methodStyles.off, label: variantNames.flat },
  newest: { ...methodStyles.quad, label: variantNames.newest },
  uncut: { ...methodStyles.uncut, label: variantNames.uncut },
};
/** Landings farther away than this are all the same to a visitor, cm. */
const mostPlottedCm = 200;
const shares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1];

/** The report of `npm run bench -- physics`. */
export function physicsPage(result: PhysicsResult): ReportPage {
  const { counts, notes, rows, summary, occlusion } = result;
  return {
    title: 'Throwing things into the dream',
    lead:
      'Balls and cubes are thrown into painted worlds that no training has seen, and again into the true geometry: do they come ' +
      'down in the same place? And does the dream keep to physics while its surfaces come and go?',
    facts: [
      ...physicsFigures(summary),
      ['Run', counts.quick ? 'quick' : 'full'],
      ['Worlds', `${counts.worlds}, seed ${counts.seed}`],
      ['Throws', String(counts.throws)],
      ['Balls at 20 m/s', String(counts.balls)],
      ['Bounces weighed', String(counts.bounces)],
      ['Took', `${fixed(counts.seconds, 0)} s`],
    ],
    verdicts: physicsVerdicts(summary),
    sections: [
      {
        id: 'landing',
        title: 'Where throws come down',
        body: html`${landingPlot(result)}${htmlTable(errorColumns, variantRows(summary), (row) => row.name === variantNames.page)}
<h3>By what was thrown at</h3>${htmlTable(errorColumns, aimRows(summary))}`,
      },
      { id: 'causes', title: 'Why they come down elsewhere', body: htmlTable(causeColumns, causeRows(summary)) },
      { id: 'barrage', title: 'A barrage at 20 m/s', body: htmlTable(barrageColumns, rowsOf(rows, 'barrage')) },
      { id: 'energy', title: 'Energy of bounces', body: htmlTable(energyColumns, rowsOf(rows, 'energy')) },
      { id: 'cost', title: 'What it costs', body: htmlTable(stepColumns, rowsOf(rows, 'step')) },
      {
        id: 'occlusion',
        title: 'A ball behind an edge',
        body: html`${htmlTable(occlusionColumns, occlusion.groups)}
<div class="plots pairs">${occlusion.pictures.map(({ title, png }) => picture(title, png))}</div>`,
      },
      { id: 'notes', title: 'Notes', body: html`<ul>${[...notes, ...occlusion.notes].map((note) => html`<li>${note}</li>`)}</ul>` },
    ],
  };
}

function picture(title: string, png: string): Html {
  return html`<figure><img src="${pictureAddress(png)}" alt="${title}"><figcaption>${title}</figcaption></figure>`;
}

/** Share of the throws that came down within a distance. */
function landingPlot({ rows }: PhysicsResult): Html {
  const series = variants.toReversed().map((variant) => {
    const errors = throwsOf(rows, variant)
      .map((row) => (Number.isFinite(row.landingErrCm) ? row.landingErrCm : Number.POSITIVE_INFINITY))
      .sort((a, b) => a - b);
    const points = shares.map((share) => {
      const error = errors[Math.min(errors.length - 1, Math.ceil(share * errors.length) - 1)] ?? Number.NaN;
      return { x: 100 * share, y: Math.min(error, mostPlottedCm) };
    });
    return { style: styles[variant], points };
  });
  return html`${legend(variants.map((variant) => styles[variant]))}<div class="plots pairs">${linePlot({
    title: 'Landing error by share of the throws',
    xLabel: 'share of the throws, %',
    yLabel: `cm, at most ${mostPlottedCm}`,
    stretch: 'linear',
    roundX: true,
    series,
  })}</div>`;
}
