import { methods, type Method } from '../reprojection/result';
import { html, type Html } from './html';

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'down' | 'none';

/** How one series looks in every plot, table and legend of a report. Told apart by colour, by marker and by dash. */
export type SeriesStyle = { label: string; color: string; marker: Marker; dash: string | null; width: number };

/**
 * Colours after Okabe and Ito (https://jfly.uni-koeln.de/color/), which people with any kind of colour vision tell
 * apart; they are variables of the style sheet, so that each scheme has shades that stand out from its ground.
 */
export const methodStyles: Readonly<Record<Method, SeriesStyle>> = {
  off: { label: 'off', color: 'var(--grey)', marker: 'cross', dash: null, width: 1.5 },
  rotation: { label: 'rotation', color: 'var(--orange)', marker: 'triangle', dash: null, width: 1.5 },
  quad: { label: 'quad at 2 m', color: 'var(--green)', marker: 'square', dash: null, width: 1.5 },
  uncut: { label: 'uncut mesh', color: 'var(--vermillion)', marker: 'down', dash: null, width: 1.5 },
  mesh: { label: 'cut mesh', color: 'var(--purple)', marker: 'diamond', dash: null, width: 1.5 },
  layers: { label: 'layers (ours)', color: 'var(--blue)', marker: 'circle', dash: null, width: 3 },
  limit: { label: 'limit', color: 'var(--text)', marker: 'none', dash: '5 3', width: 1.5 },
};

/** The methods in the order of legends and tables; the last is drawn first, so that ours lies on top. */
export const methodOrder: readonly Method[] = methods;

/** A marker around a point, in the current colour; an empty text for `none`. */
export function markerAt(marker: Marker, x: number, y: number, radius: number): Html | null {
  const [cx, cy, r] = [x, y, radius].map((value) => Number(value.toFixed(2))) as [number, number, number];
  const n = (value: number): number => Number(value.toFixed(2));
  switch (marker) {
    case 'none':
      return null;
    case 'circle':
      return html`<circle cx="${cx}" cy="${cy}" r="${r}" fill="currentColor"/>`;
    case 'square':
      return html`<rect x="${n(cx - r)}" y="${n(cy - r)}" width="${n(2 * r)}" height="${n(2 * r)}" fill="currentColor"/>`;
    case 'triangle':
      return polygon([[cx, cy - 1.2 * r], [cx + 1.2 * r, cy + r], [cx - 1.2 * r, cy + r]]);
    case 'down':
      return polygon([[cx, cy + 1.2 * r], [cx + 1.2 * r, cy - r], [cx - 1.2 * r, cy - r]]);
    case 'diamond':
      return polygon([[cx, cy - 1.4 * r], [cx + 1.4 * r, cy], [cx, cy + 1.4 * r], [cx - 1.4 * r, cy]]);
    case 'cross':
      return html`<path d="M${n(cx - r)} ${n(cy - r)}L${n(cx + r)} ${n(cy + r)}M${n(cx - r)} ${n(cy + r)}L${n(cx + r)} ${n(cy - r)}" stroke="currentColor" stroke-width="1.5" fill="none"/>`;
  }
}

function polygon(points: readonly (readonly [number, number])[]): Html {
  const text = points.map(([x, y]) => `${Number(x.toFixed(2))},${Number(y.toFixed(2))}`).join(' ');
  return html`<polygon points="${text}" fill="currentColor"/>`;
}

/** A legend for plots: a short line with its marker, and the name. */
export function legend(styles: readonly SeriesStyle[]): Html {
  return html`<ul class="legend">${styles.map((style) => html`<li>${swatch(style)}${style.label}</li>`)}</ul>`;
}

/** The line and marker of one series, as it stands in legends and tables. */
export function swatch({ color, marker, dash, width }: SeriesStyle): Html {
  return html`<svg class="swatch" viewBox="0 0 28 12" width="28" height="12" aria-hidden="true" style="color:${color}"><line x1="1" y1="6" x2="27" y2="6" stroke="currentColor" stroke-width="${width}"${dash && html` stroke-dasharray="${dash}"`}/>${markerAt(marker, 14, 6, 3.5)}</svg>`;
}
