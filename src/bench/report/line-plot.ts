import { html, type Html } from './html';
import { linearScale, spreadTicks, tickedScale, type Scale, type Stretch } from './scale';
import { markerAt, type SeriesStyle } from './series';

/** One line. Points without a finite y are left out, and the line has a gap there. */
export type LineSeries = { style: SeriesStyle; points: readonly { x: number; y: number | null }[] };

export type LinePlot = {
  title: string;
  /** Names with units. */
  xLabel: string;
  yLabel: string;
  stretch: Stretch;
  /** Later series are drawn over earlier ones. */
  series: readonly LineSeries[];
  /** Values that several plots side by side share one vertical axis over; otherwise it covers the series. */
  yValues?: readonly number[];
  /** Round numbers along the x axis instead of a tick at every point: for long series; linear only. */
  roundX?: boolean;
};

/** Size of a plot in its own units, about CSS pixels. */
export const plotWidth = 380;
const height = 250;
const left = 46;
const right = 20;
const top = 12;
const bottom = 42;

/** A line plot as an SVG of a fixed shape that scales with the page. */
export function linePlot(plot: LinePlot): Html {
  const points = plot.series.flatMap((series) => series.points);
  const xs = points.map((point) => point.x);
  const x = plot.roundX ? linearScale(xs, left, plotWidth - right) : tickedScale(xs, plot.stretch, left, plotWidth - right);
  const ys = plot.yValues ?? points.map((point) => point.y ?? Number.NaN);
  const y = linearScale(ys, height - bottom, top);
  const known = points.some((point) => point.y !== null && Number.isFinite(point.y));
  return html`<figure class="plot"><figcaption>${plot.title}</figcaption>
<svg viewBox="0 0 ${plotWidth} ${height}" role="img" aria-label="${plot.title}: ${plot.yLabel} over ${plot.xLabel}">
${yAxis(y, plot.yLabel)}${xAxis(x, plot.xLabel)}
${plot.series.map((series) => lineOf(series, x, y))}
${!known && html`<text class="empty" x="${(left + plotWidth - right) / 2}" y="${(top + height - bottom) / 2}" text-anchor="middle">nothing to measure</text>`}
</svg></figure>`;
}

function yAxis(y: Scale, label: string): Html {
  const grid = y.ticks.map(({ value, label: text }) => {
    const at = round(y.at(value));
    return html`<line class="grid" x1="${left}" x2="${plotWidth - right}" y1="${at}" y2="${at}"/><text x="${left - 6}" y="${at + 3.5}" text-anchor="end">${text}</text>`;
  });
  const middle = (top + height - bottom) / 2;
  return html`${grid}<text class="axis" transform="translate(11 ${middle}) rotate(-90)" text-anchor="middle">${label}</text>`;
}

function xAxis(x: Scale, label: string): Html {
  const base = height - bottom;
  const ticks = x.ticks.map(({ value }) => html`<line class="grid" x1="${round(x.at(value))}" x2="${round(x.at(value))}" y1="${top}" y2="${base}"/>`);
  const labels = spreadTicks(x, 24).map(
    ({ value, label: text }) => html`<text x="${round(x.at(value))}" y="${base + 15}" text-anchor="middle">${text}</text>`,
  );
  const middle = (left + plotWidth - right) / 2;
  return html`${ticks}${labels}<text class="axis" x="${middle}" y="${height - 8}" text-anchor="middle">${label}</text>`;
}

function lineOf({ style, points }: LineSeries, x: Scale, y: Scale): Html {
  let path = '';
  let drawing = false;
  const markers: Html[] = [];
  for (const point of points) {
    const [px, py] = [x.at(point.x), y.at(point.y ?? Number.NaN)];
    const shown = Number.isFinite(px) && Number.isFinite(py);
    if (shown) {
      path += `${drawing ? 'L' : 'M'}${round(px)} ${round(py)}`;
      const marker = markerAt(style.marker, px, py, style.width > 2 ? 4 : 3.2);
      if (marker) markers.push(marker);
    }
    drawing = shown;
  }
  const dash = style.dash && html` stroke-dasharray="${style.dash}"`;
  return html`<g style="color:${style.color}"><path d="${path}" fill="none" stroke="currentColor" stroke-width="${style.width}" stroke-linejoin="round"${dash}/>${markers}</g>`;
}

const round = (value: number): number => Number(value.toFixed(2));
