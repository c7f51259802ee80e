import { variants, type DriftRow, type FrameRow, type WorldRow } from '../world/result';
import { collapsedAt, rowsOf } from '../world/summary';
import { html, type Html } from './html';
import { linePlot, type LineSeries } from './line-plot';
import { legend } from './series';
import { variantStyles } from './world-words';

/** Plots have a tick at every point, so a long walk is shown by so many points at most. */
const mostPoints = 60;

/** PSNR and sharpness over the frames of each walk. */
export function walkPlots(rows: readonly WorldRow[], worldId: string): Html {
  const frames = rowsOf(rows, 'frame').filter((row) => row.world === worldId);
  const walks = [...new Set(frames.map((row) => `${row.seed} ${row.hour}`))];
  const plots = walks.flatMap((walk) => {
    const own = frames.filter((row) => `${row.seed} ${row.hour}` === walk);
    return [
      framePlot(`World ${walk}: PSNR`, 'dB', own, (row) => row.psnrDb),
      framePlot(`World ${walk}: sharpness over the truth’s`, 'ratio', own, (row) => row.sharpnessRatio),
    ];
  });
  return html`${legend(variants.map((variant) => variantStyles[variant]))}<div class="plots">${plots}</div>`;
}

function framePlot(title: string, yLabel: string, rows: readonly FrameRow[], of: (row: FrameRow) => number): Html {
  const series = variants.toReversed().map((variant): LineSeries => ({
    style: variantStyles[variant],
    points: rows.filter((row) => row.variant === variant).map((row) => ({ x: row.frame, y: of(row) })),
  }));
  return linePlot({ title, xLabel: 'frame', yLabel, stretch: 'linear', roundX: true, series });
}

const driftFigures: readonly { title: string; yLabel: string; of: (row: DriftRow) => number | null }[] = [
  { title: 'Sharpness', yLabel: 'gradient a pixel', of: (row) => row.sharpness },
  { title: 'Brightness', yLabel: 'mean luma', of: (row) => row.brightness },
  { title: 'Contrast', yLabel: 'deviation of luma', of: (row) => row.contrast },
  { title: 'Red minus green', yLabel: 'mean', of: (row) => row.redness },
  { title: 'Blue minus green', yLabel: 'mean', of: (row) => row.blueness },
  { title: 'Inverse depth', yLabel: '1/m', of: (row) => row.inverseDepth },
  { title: 'Depth that agrees with the map', yLabel: '%', of: (row) => row.depthAgreementPct },
];

/** What the pictures of the long walks are like as a whole, over their frames. */
export function driftPlots(rows: readonly WorldRow[]): Html {
  const drift = rowsOf(rows, 'drift');
  const seeds = [...new Set(drift.map((row) => row.seed))];
  const styles = seeds.map((seed, k) => ({
    label: `world ${seed}, ${verdictOf(drift.filter((row) => row.seed === seed))}`,
    color: ['var(--blue)', 'var(--orange)', 'var(--green)', 'var(--purple)'][k % 4],
    marker: 'none' as const,
    dash: null,
    width: 1.5,
  }));
  const plots = driftFigures.map(({ title, yLabel, of }) =>
    linePlot({
      title,
      xLabel: 'frame',
      yLabel,
      stretch: 'linear',
      roundX: true,
      series: seeds.map((seed, k) => ({ style: styles[k], points: thinned(drift.filter((row) => row.seed === seed), of) })),
    }),
  );
  return html`${legend(styles)}<div class="plots">${plots}</div>`;
}

function verdictOf(rows: readonly DriftRow[]): string {
  const frame = collapsedAt(rows);
  return frame === null ? 'never collapsed' : `collapsed at frame ${frame}`;
}

/** Means over as many stretches as there are points. */
function thinned(rows: readonly DriftRow[], of: (row: DriftRow) => number | null): { x: number; y: number | null }[] {
  const every = Math.max(1, Math.ceil(rows.length / mostPoints));
  return Array.from({ length: Math.ceil(rows.length / every) }, (_, k) => {
    const part = rows.slice(k * every, (k + 1) * every);
    const values = part.map(of).filter((value): value is number => value !== null);
    return { x: part[0].frame, y: values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null };
  });
}
