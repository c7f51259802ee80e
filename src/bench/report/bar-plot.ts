import { html, type Html } from './html';
import { linearScale, spreadTicks, type Scale } from './scale';
import type { SeriesStyle } from './series';

/** Bars of one thing, such as one latency of the model. Null: not measured, written as a dash. */
export type BarGroup = { label: string; bars: readonly { style: SeriesStyle; value: number | null }[] };

export type BarPlot = {
  title: string;
  /** Name with unit. */
  valueLabel: string;
  groups: readonly BarGroup[];
  /** How a value is written at the end of its bar. */
  format: (value: number) => string;
  /** A bar of the issue: drawn as a dashed line. */
  limit?: number;
};

const width = 380;
const left = 96;
/** Room for the number at the end of the longest bar. */
const right = 48;
const top = 8;
const barHeight = 12;
const groupGap = 10;
const bottom = 40;

/** Horizontal bars in groups, both sides of zero, as an SVG that scales with the page. */
export function barPlot(plot: BarPlot): Html {
  const values = plot.groups.flatMap((group) => group.bars.map((bar) => bar.value ?? Number.NaN));
  const limits = plot.limit === undefined ? [] : [plot.limit];
  // Zeros alone: an axis to the right of zero, not around it.
  const room = [...values, ...limits].some((value) => Number.isFinite(value) && value !== 0) ? [0] : [0, 1];
  const x = linearScale([...room, ...values, ...limits], left, width - right, 4);
  const bars = plot.groups.reduce((sum, group) => sum + group.bars.length, 0);
  const base = top + bars * barHeight + plot.groups.length * groupGap;
  let y = top;
  const groups = plot.groups.map((group) => {
    const drawn = groupOf(group, x, y, plot.format);
    y += group.bars.length * barHeight + groupGap;
    return drawn;
  });
  return html`<figure class="plot"><figcaption>${plot.title}</figcaption>
<svg viewBox="0 0 ${width} ${base + bottom}" role="img" aria-label="${plot.title}: ${plot.valueLabel}">
${grid(x, base, plot)}${groups}
</svg></figure>`;
}

function grid(x: Scale, base: number, { limit, valueLabel }: BarPlot): Html {
  const zero = round(x.at(0));
  const lines = x.ticks.map(({ value }) => html`<line class="grid" x1="${round(x.at(value))}" x2="${round(x.at(value))}" y1="${top}" y2="${base}"/>`);
  const labels = spreadTicks(x, 34).map(
    ({ value, label }) => html`<text x="${round(x.at(value))}" y="${base + 14}" text-anchor="middle">${label}</text>`,
  );
  const middle = (left + width - right) / 2;
  return html`${lines}${labels}
${limit !== undefined && html`<line class="limit" x1="${round(x.at(limit))}" x2="${round(x.at(limit))}" y1="${top}" y2="${base}"/>`}
<line class="zero" x1="${zero}" x2="${zero}" y1="${top}" y2="${base}"/>
<text class="axis" x="${middle}" y="${base + 32}" text-anchor="middle">${valueLabel}</text>`;
}

function groupOf({ label, bars }: BarGroup, x: Scale, top: number, format: (value: number) => string): Html {
  const zero = x.at(0);
  const middle = top + (bars.length * barHeight) / 2;
  const drawn = bars.map(({ style, value }, k) => {
    const y = top + k * barHeight;
    const at = value === null ? Number.NaN : x.at(value);
    if (value === null || !Number.isFinite(at)) return html`<text class="value" x="${round(zero + 4)}" y="${y + 9.5}">–</text>`;
    // A bar below zero has its number on the other side of zero, where nothing else is.
    const text = Math.max(at, zero) + 4;
    return html`<rect style="color:${style.color}" fill="currentColor" x="${round(Math.min(at, zero))}" y="${y + 1}" width="${round(Math.max(0.75, Math.abs(at - zero)))}" height="${barHeight - 2}"/><text class="value" x="${round(text)}" y="${y + 9.5}">${format(value)}</text>`;
  });
  return html`<text x="${left - 8}" y="${round(middle + 3.5)}" text-anchor="end">${label}</text>${drawn}`;
}

const round = (value: number): number => Number(value.toFixed(2));
