import type { LatticeRow, Method, TraceRow } from '../reprojection/result';
import { barPlot, type BarGroup } from './bar-plot';
import { fixed } from './format';
import { html, type Html } from './html';
import { linePlot, type LineSeries } from './line-plot';
import { meanOf, valuesOf } from './reprojection-rows';
import { legend, methodOrder, methodStyles } from './series';

type Score = 'psnrAllDb' | 'psnrDisoccludedDb';
/** Figures of the trace that are drawn as bars. */
type BarFigure = 'lagRotationMs' | 'lagTranslationMs' | 'stability' | 'popPxP99';

/** The legend of all methods that have rows. */
export function methodLegend(rows: readonly { method: Method }[]): Html {
  const known = new Set(rows.map((row) => row.method));
  return legend(methodOrder.filter((method) => known.has(method)).map((method) => methodStyles[method]));
}

/** PSNR over the baseline, one plot a rotation; all share one vertical axis, so that they can be compared. */
export function latticePlots(rows: readonly LatticeRow[], score: Score, region: string): Html {
  const yValues = rows.map((row) => row[score] ?? Number.NaN);
  const plots = valuesOf(rows, (row) => row.rotationDeg).map((rotationDeg) =>
    linePlot({
      title: `Turned by ${rotationDeg}°, ${region}`,
      xLabel: 'baseline, cm',
      yLabel: 'PSNR, dB',
      stretch: 'log1p',
      yValues,
      series: seriesOf(rows.filter((row) => row.rotationDeg === rotationDeg), (row) => row.baselineCm, (row) => row[score]),
    }),
  );
  return html`<div class="plots">${plots}</div>`;
}

/** PSNR along the head trace over the latency of the model, one plot a rate. */
export function tracePlots(rows: readonly TraceRow[], score: Score, region: string): Html {
  const yValues = rows.map((row) => row[score] ?? Number.NaN);
  const plots = valuesOf(rows, (row) => row.modelHz).map((modelHz) =>
    linePlot({
      title: `${modelHz} model frames a second, ${region}`,
      xLabel: 'latency of the model, ms',
      yLabel: 'PSNR, dB',
      stretch: 'log',
      yValues,
      series: seriesOf(rows.filter((row) => row.modelHz === modelHz), (row) => row.latencyMs, (row) => row[score]),
    }),
  );
  return html`<div class="plots">${plots}</div>`;
}

/** One figure of the trace as bars, grouped by latency, mean over the rates. */
export function traceBars(
  rows: readonly TraceRow[],
  figure: BarFigure,
  { title, valueLabel, digits, limit }: { title: string; valueLabel: string; digits: number; limit?: number },
): Html {
  const measured = rows.filter((row) => row[figure] !== null);
  const groups = valuesOf(rows, (row) => row.latencyMs).map<BarGroup>((latencyMs) => ({
    label: `${latencyMs} ms`,
    bars: methodOrder
      .filter((method) => measured.some((row) => row.method === method))
      .map((method) => {
        const own = rows.filter((row) => row.method === method && row.latencyMs === latencyMs);
        return { style: methodStyles[method], value: meanOf(own.map((row) => row[figure])) };
      }),
  }));
  return barPlot({ title, valueLabel, groups, limit, format: (value) => fixed(value, digits) });
}

/** Ours last, so that its line lies over the others. */
function seriesOf<Row extends { method: Method }>(
  rows: readonly Row[],
  x: (row: Row) => number,
  y: (row: Row) => number | null,
): LineSeries[] {
  const order = [...methodOrder].sort((a, b) => Number(a === 'layers') - Number(b === 'layers'));
  return order
    .map((method) => ({ method, own: rows.filter((row) => row.method === method) }))
    .filter(({ own }) => own.length > 0)
    .map(({ method, own }) => ({
      style: methodStyles[method],
      points: own.map((row) => ({ x: x(row), y: y(row) })).sort((a, b) => a.x - b.x),
    }));
}
