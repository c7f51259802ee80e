import { reprojectionModes } from '../../reproject/modes';
import { displayConditions, type Decision, type GovernorRow, type LatencyResult } from '../latency/result';
import { barPlot } from './bar-plot';
import { fixed } from './format';
import { html, type Html } from './html';
import { conditionNames, displaysOf, motionsOf, stagesOf, stageWords } from './latency-tables';
import { linePlot } from './line-plot';
import { legend, methodStyles, type SeriesStyle } from './series';
import { stackPlot } from './stack-plot';

/** Display frames until a motion shows, over the injected latency; one line for each mode. */
export function motionPlots(result: LatencyResult): Html {
  const rows = motionsOf(result);
  const yValues = [0, ...rows.map((row) => row.framesMax)];
  const plotOf = (motion: 'rotation' | 'translation', title: string): Html =>
    linePlot({
      title,
      xLabel: 'injected latency, ms',
      yLabel: 'display frames, most',
      stretch: 'log1p',
      yValues,
      series: reprojectionModes.map((mode) => ({
        style: { ...methodStyles[mode], label: mode },
        points: rows
          .filter((row) => row.motion === motion && row.mode === mode)
          .map((row) => ({ x: row.addLatencyMs, y: Number.isFinite(row.framesMax) ? row.framesMax : null })),
      })),
    });
  return html`${legend(reprojectionModes.map((mode) => ({ ...methodStyles[mode], label: mode })))}<div class="plots pairs">
${plotOf('rotation', 'A turn of the head by 15°')}
${plotOf('translation', 'A step of 12 cm to the side')}
</div>`;
}

/** Colours of stages, in their order; the same part has the same colour at every latency. */
const plainColors = ['var(--grey)', 'var(--orange)', 'var(--blue)', 'var(--green)', 'var(--vermillion)', 'var(--purple)'];
const stageColors = [...plainColors, ...plainColors.map((color) => `color-mix(in srgb, ${color} 45%, var(--ground))`)];
/** Parts that are shorter than this at every latency would not be seen, ms. */
const leastSeenMs = 0.5;

/** Medians of the parts, one bar for each injected latency. */
export function stagePlot(result: LatencyResult): Html {
  const rows = stagesOf(result);
  const seen = new Set(rows.filter((row) => row.msP50 >= leastSeenMs).map((row) => row.part));
  // In the order in which they happen, wherever they are long enough.
  const parts = [...new Set(rows.map((row) => row.part))].filter((part) => seen.has(part));
  const styleOf = (part: string): SeriesStyle => ({
    label: stageWords(part),
    color: stageColors[parts.indexOf(part) % stageColors.length]!,
    marker: 'none',
    dash: null,
    width: 6,
  });
  const valueOf = (latency: number, part: string): number | null =>
    rows.find((row) => row.addLatencyMs === latency && row.part === part)?.msP50 ?? null;
  return html`${legend(parts.map(styleOf))}${stackPlot({
    title: 'From a sampled pose to its light with the shipped painter, medians of the stages',
    valueLabel: `ms; stages under ${leastSeenMs} ms are in the table only`,
    bars: result.counts.latenciesMs.map((latency) => ({
      label: `${latency} ms injected`,
      parts: parts.map((part) => ({ style: styleOf(part), value: valueOf(latency, part) })),
    })),
  })}`;
}

/** Display rate under each condition as a share of the idle page's: the mean of its rounds, and each world in its colour. */
export function displayPlot(result: LatencyResult): Html {
  const rows = displaysOf(result);
  const style = (label: string, color: string): SeriesStyle => ({ label, color, marker: 'none', dash: null, width: 6 });
  const worlds = [
    { world: 'light', style: style('world of few triangles', 'var(--blue)') },
    { world: 'shipped', style: style('shipped world, software GPU', 'var(--orange)') },
  ] as const;
  return html`${legend(worlds.map((one) => one.style))}<div class="plots pairs">${barPlot({
    title: 'Share of the idle page’s display rate',
    valueLabel: '%',
    format: (value) => fixed(value, 1),
    groups: displayConditions.map((condition) => ({
      label: conditionNames[condition],
      bars: worlds
        .map(({ world, style: own }) => ({ style: own, values: rows.filter((row) => row.world === world && row.condition === condition) }))
        .filter(({ values }) => values.length > 0)
        .map(({ style: own, values }) => ({ style: own, value: (100 * values.reduce((sum, row) => sum + row.ratio, 0)) / values.length })),
    })),
  })}</div>`;
}

/** Second by second, before, under and after the load. */
export function governorPlots(rows: readonly GovernorRow[], decisions: readonly Decision[]): Html {
  const style = (label: string, color: string): SeriesStyle => ({ label, color, marker: 'circle', dash: null, width: 1.5 });
  const lineOf = (title: string, yLabel: string, color: string, of: (row: GovernorRow) => number): Html =>
    linePlot({
      title,
      xLabel: 'seconds since the load began',
      yLabel,
      stretch: 'linear',
      roundX: true,
      yValues: [0, ...rows.map(of)],
      series: [{ style: style(title, color), points: rows.map((row) => ({ x: row.atMs / 1000, y: of(row) })) }],
    });
  const words = decisions.map(
    ({ atMs, args }) => html`<li>${fixed(atMs / 1000, 1)} s: ${Object.entries(args).map(([key, value]) => `${key} ${typeof value === 'number' ? fixed(value, 2) : value}`).join(', ')}</li>`,
  );
  return html`<div class="plots">
${lineOf('Missed display frames', '% of those due', 'var(--vermillion)', (row) => row.missedPct)}
${lineOf('Model', 'frames a second', 'var(--blue)', (row) => row.modelHz)}
${lineOf('Display', 'frames a second', 'var(--green)', (row) => row.displayHz)}
</div>${words.length > 0 ? html`<p>Decisions of the governor, seconds since the load began:</p><ul>${words}</ul>` : html`<p>The trace holds no decision of the governor.</p>`}`;
}
