import { html, type Html } from './html';
import { linearScale, spreadTicks } from './scale';
import type { SeriesStyle } from './series';

/** One bar of parts that lie end to end. Null or NaN: not measured, takes no room. */
export type StackedBar = { label: string; parts: readonly { style: SeriesStyle; value: number | null }[] };

export type StackPlot = {
  title: string;
  /** Name with unit. */
  valueLabel: string;
  bars: readonly StackedBar[];
};

const width = 780;
const left = 110;
const right = 60;
const top = 8;
const barHeight = 20;
const gap = 10;
const bottom = 40;

/** Horizontal stacked bars with their sum at the end, as an SVG that scales with the page. Values are not negative. */
export function stackPlot({ title, valueLabel, bars }: StackPlot): Html {
  const sums = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + known(value), 0));
  const x = linearScale([0, ...sums, ...(sums.some((sum) => sum > 0) ? [] : [1])], left, width - right, 6);
  const base = top + bars.length * (barHeight + gap);
  const grid = x.ticks.map(({ value }) => html`<line class="grid" x1="${round(x.at(value))}" x2="${round(x.at(value))}" y1="${top}" y2="${base}"/>`);
  const labels = spreadTicks(x, 34).map(
    ({ value, label }) => html`<text x="${round(x.at(value))}" y="${base + 14}" text-anchor="middle">${label}</text>`,
  );
  const drawn = bars.map(({ label, parts }, k) => {
    const y = top + k * (barHeight + gap);
    let from = 0;
    const rects = parts.map(({ style, value }) => {
      const to = from + known(value);
      const rect = html`<rect style="color:${style.color}" fill="currentColor" x="${round(x.at(from))}" y="${y}" width="${round(x.at(to) - x.at(from))}" height="${barHeight}"><title>${style.label}: ${known(value).toFixed(2)}</title></rect>`;
      from = to;
      return rect;
    });
    return html`<text x="${left - 8}" y="${y + barHeight / 2 + 3.5}" text-anchor="end">${label}</text>${rects}<text class="value" x="${round(x.at(from) + 4)}" y="${y + barHeight / 2 + 3.5}">${from.toFixed(0)}</text>`;
  });
  return html`<figure class="plot"><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${width} ${base + bottom}" role="img" aria-label="${title}: ${valueLabel}">
${grid}${labels}${drawn}
<line class="zero" x1="${round(x.at(0))}" x2="${round(x.at(0))}" y1="${top}" y2="${base}"/>
<text class="axis" x="${(left + width - right) / 2}" y="${base + 32}" text-anchor="middle">${valueLabel}</text>
</svg></figure>`;
}

const known = (value: number | null): number => (value !== null && Number.isFinite(value) ? Math.max(0, value) : 0);
const round = (value: number): number => Number(value.toFixed(2));
