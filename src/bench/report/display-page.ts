import { conditions, type Condition, type DisplayResult, type DisplayRow, type DisplaySummary } from '../display/result';
import { barPlot } from './bar-plot';
import type { ReportPage, Verdict } from './bench-report';
import { fixed, signed } from './format';
import { html, type Html } from './html';
import { verdictTable } from './reprojection-table';
import { legend, type SeriesStyle } from './series';
import { htmlTable, textTable, type Column } from './table';

const styles: Readonly<Record<Condition, SeriesStyle>> = {
  bare: { label: 'bare three.js scene', color: 'var(--grey)', marker: 'none', dash: null, width: 6 },
  off: { label: 'product, model off', color: 'var(--green)', marker: 'none', dash: null, width: 6 },
  stalled: { label: 'product, model stalled', color: 'var(--orange)', marker: 'none', dash: null, width: 6 },
  on: { label: 'product, model on (WASM)', color: 'var(--blue)', marker: 'none', dash: null, width: 6 },
};

/** What the page has to keep to; the same bars are in docs/benchmarks.md. */
export function displayVerdicts({ jsRatio, missedOnMinusOffPoints }: DisplaySummary): Verdict[] {
  const ratio = Math.max(jsRatio.off, jsRatio.stalled, jsRatio.on);
  return [
    {
      label: 'JavaScript of a frame against the bare scene, the dearest condition',
      value: `${fixed(ratio, 2)} ×`,
      bar: 'wanted: at most 1.2',
      passed: Number.isFinite(ratio) ? ratio <= 1.2 : null,
    },
    {
      label: 'Missed frames, model on minus off',
      value: `${signed(missedOnMinusOffPoints, 1)} points`,
      bar: 'wanted: under 2',
      passed: Number.isFinite(missedOnMinusOffPoints) ? missedOnMinusOffPoints < 2 : null,
    },
  ];
}

const rowColumns: readonly Column<DisplayRow>[] = [
  { name: 'round', cell: (row) => String(row.round + 1) },
  { name: 'condition', words: true, cell: (row) => styles[row.condition].label },
  { name: 'display Hz', cell: (row) => fixed(row.displayHz, 1) },
  { name: 'missed %', cell: (row) => fixed(row.missedPct, 1) },
  { name: 'JS p50 ms', cell: (row) => fixed(row.jsMsP50, 2) },
  { name: 'p95', cell: (row) => fixed(row.jsMsP95, 2) },
  { name: 'p99', cell: (row) => fixed(row.jsMsP99, 2) },
  { name: 'all JS, ms a frame', cell: (row) => fixed(row.scriptMsPerFrame, 2) },
  { name: 'all tasks, ms a frame', cell: (row) => fixed(row.taskMsPerFrame, 2) },
  { name: 'model Hz', cell: (row) => fixed(row.modelHz, 1) },
  { name: 'triangles', cell: (row) => fixed(row.triangles, 0) },
  { name: 'draws', cell: (row) => fixed(row.draws, 0) },
  { name: 'frames', cell: (row) => fixed(row.frames, 0) },
];

const conditionColumns = ({ summary }: DisplayResult): Column<Condition>[] => {
  const over = (figure: 'jsRatio' | 'scriptRatio') => (condition: Condition): string =>
    condition === 'bare' ? fixed(1, 2) : fixed(summary[figure][condition], 2);
  return [
    { name: 'condition', words: true, cell: (condition) => styles[condition].label },
    { name: 'JS p50 ms', cell: (condition) => fixed(summary.jsMsP50[condition], 2) },
    { name: 'over bare', cell: over('jsRatio') },
    { name: 'all JS over bare', cell: over('scriptRatio') },
    { name: 'display Hz', cell: (condition) => fixed(summary.displayHz[condition], 1) },
    { name: 'missed %', cell: (condition) => fixed(summary.missedPct[condition], 1) },
  ];
};

/** What a run of `display` prints. */
export function displayTable(result: DisplayResult): string {
  const { triangles, draws, modelHz } = result.summary;
  return [
    `${fixed(triangles, 0)} triangles in ${fixed(draws, 0)} draws, ${result.counts.canvas}; model on: ${fixed(modelHz, 1)} frames a second`,
    textTable(conditionColumns(result), conditions),
    '',
    verdictTable(displayVerdicts(result.summary)),
  ].join('\n');
}

/** The report of `npm run bench -- display`. */
export function displayPage(result: DisplayResult): ReportPage {
  const { counts, summary, rows, notes } = result;
  return {
    title: 'What a display frame costs the page',
    lead:
      'The page redraws the newest frame of the model for every display frame. Here its work on the main thread is compared ' +
      'with a bare three.js scene of the same triangles, draws and canvas, in one run, with the model on, off and stalled.',
    facts: [
      ['Run', counts.quick ? 'quick' : 'full'],
      ['Rounds', `${counts.rounds}, ${counts.windowS} s a condition`],
      ['Frames due every', `${fixed(summary.restPeriodMs, 1)} ms (model off)`],
      ['Canvas', `${counts.canvas} px`],
      ['Preset', counts.preset],
      ['Drawn', `${fixed(summary.triangles, 0)} triangles, ${fixed(summary.draws, 0)} draws`],
      ['Model on', `${fixed(summary.modelHz, 1)} frames a second`],
    ],
    verdicts: displayVerdicts(summary),
    sections: [
      { id: 'conditions', title: 'Four conditions', body: html`${plots(rows)}${htmlTable(conditionColumns(result), conditions)}` },
      { id: 'rounds', title: 'Every round', body: htmlTable(rowColumns, rows) },
      { id: 'notes', title: 'Notes', body: html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>` },
    ],
  };
}

function plots(rows: readonly DisplayRow[]): Html {
  const rounds = [...new Set(rows.map((row) => row.round))];
  const bars = (title: string, valueLabel: string, digits: number, of: (row: DisplayRow) => number): Html =>
    barPlot({
      title,
      valueLabel,
      format: (value) => fixed(value, digits),
      groups: rounds.map((round) => ({
        label: `round ${round + 1}`,
        bars: conditions.map((condition) => {
          const row = rows.find((candidate) => candidate.round === round && candidate.condition === condition);
          return { style: styles[condition], value: row ? of(row) : null };
        }),
      })),
    });
  return html`${legend(conditions.map((condition) => styles[condition]))}<div class="plots pairs">
${bars('JavaScript of a display frame, median', 'ms', 2, (row) => row.jsMsP50)}
${bars('Missed display frames', '% of those due', 1, (row) => row.missedPct)}
</div>`;
}
