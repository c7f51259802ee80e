import type { GovernorRow, LatencyResult } from '../latency/result';
import { injectedOf } from '../latency/summary';
import type { ReportPage } from './bench-report';
import { fixed } from './format';
import { html } from './html';
import { displayPlot, governorPlots, motionPlots, stagePlot } from './latency-plots';
import {
  crossColumns,
  crossRows,
  displayColumns,
  displaysOf,
  injectedColumns,
  isBound,
  latencyVerdicts,
  motionColumns,
  motionsOf,
  stageColumns,
  stagesOf,
} from './latency-tables';
import { htmlTable } from './table';

/** The report of `npm run bench -- latency`. */
export function latencyPage(result: LatencyResult): ReportPage {
  const { counts, notes, decisions } = result;
  const governor = result.rows.filter((row): row is GovernorRow => row.kind === 'governor');
  return {
    title: 'When a movement reaches the eyes',
    lead:
      'The head jumps between two display frames, and every display frame is read back: which one shows it first, whatever the ' +
      'model does? And what does a model in trouble cost the display?',
    facts: [
      ['Run', counts.quick ? 'quick' : 'full'],
      ['World', `courtyards, seed ${counts.seed}`],
      ['Canvas', `${counts.canvas} px, both eyes`],
      ['Expected light', `${counts.displayOffsetMs} ms after a frame begins (emulated)`],
      ['Model frames traced', fixed(counts.frames, 0)],
    ],
    verdicts: latencyVerdicts(result),
    sections: [
      {
        id: 'motion',
        title: 'Display frames until a motion shows',
        body: html`${motionPlots(result)}${htmlTable(crossColumns(result), crossRows(result), isBound)}`,
      },
      { id: 'cells', title: 'Every cell', body: htmlTable(motionColumns, motionsOf(result)) },
      {
        id: 'stages',
        title: 'Where the time goes (estimated)',
        body: html`${stagePlot(result)}${htmlTable(stageColumns, stagesOf(result))}`,
      },
      { id: 'injected', title: 'Injected latency, set and measured', body: htmlTable(injectedColumns, injectedOf(result.rows)) },
      {
        id: 'display',
        title: 'Display rate with a model in trouble',
        body: html`${displayPlot(result)}${htmlTable(displayColumns, displaysOf(result))}`,
      },
      { id: 'governor', title: 'The governor under a load', body: governorPlots(governor, decisions) },
      { id: 'notes', title: 'Notes', body: html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>` },
    ],
  };
}
