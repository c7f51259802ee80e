import uPlot from 'uplot';
import { emptyRows, fillRows, type PlotRows, type PlotSource } from './plot-rows';

export type PlotSeries = {
  color: string;
  /** The area down to 0 is filled: bands of a pile, drawn largest first. */
  isBand?: boolean;
  /** Has its own scale, at the right. */
  atRight?: boolean;
};

export type PlotLook = {
  series: readonly PlotSeries[];
  /** The scale shows at least from 0 to this. */
  atLeast: number;
  /** A value holds until the next one, instead of a line between them. */
  isStepped?: boolean;
  heightPx: number;
};

/** Rows that are drawn at most: about one for every two pixels of a narrow panel. */
const mostRows = 240;
const inkSoft = '#ccd0d9';
const gridLine = 'rgb(255 255 255 / 0.09)';
const axisWidthPx = 38;

/** One live plot; give it its source from time to time. Nothing happens between two calls of `draw`. */
export class PlotView {
  private readonly plot: uPlot;
  private readonly rows: PlotRows;

  constructor(
    private readonly holder: HTMLElement,
    private readonly look: PlotLook,
    private readonly spanS: number,
  ) {
    this.rows = emptyRows(look.series.length);
    this.plot = new uPlot(this.options(), this.rows, holder);
  }

  draw(source: PlotSource, nowMs: number): void {
    fillRows(source, nowMs, this.spanS, mostRows, this.rows);
    this.plot.setData(this.rows);
  }

  /** After the holder changed its width. */
  fit(): void {
    const width = this.holder.clientWidth;
    if (width > 0 && width !== this.plot.width) this.plot.setSize({ width, height: this.look.heightPx });
  }

  dispose(): void {
    this.plot.destroy();
  }

  private options(): uPlot.Options {
    const { series, atLeast, isStepped, heightPx } = this.look;
    const hasRight = series.some(({ atRight }) => atRight);
    const scaleFrom0 = (_: uPlot, __: number | null, max: number | null): uPlot.Range.MinMax => [0, Math.max(atLeast, 1.08 * (max ?? 0))];
    const paths = isStepped ? uPlot.paths.stepped!({ align: 1 }) : undefined;
    const axis = {
      stroke: inkSoft,
      font: '11px system-ui, sans-serif',
      gap: 4,
      size: axisWidthPx,
      space: 18,
      ticks: { show: false },
      grid: { stroke: gridLine, width: 1 },
    } satisfies uPlot.Axis;
    return {
      width: Math.max(60, this.holder.clientWidth),
      height: heightPx,
      padding: [6, hasRight ? 0 : 8, 2, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: () => [-this.spanS, 0] },
        y: { range: scaleFrom0 },
        ...(hasRight ? { right: { range: scaleFrom0 } } : {}),
      },
      axes: [
        { show: false },
        axis,
        ...(hasRight ? [{ ...axis, scale: 'right', side: 1, grid: { show: false } } satisfies uPlot.Axis] : []),
      ],
      series: [
        {},
        ...series.map(
          ({ color, isBand, atRight }): uPlot.Series => ({
            scale: atRight ? 'right' : 'y',
            stroke: color,
            width: isBand ? 0 : 1.5,
            fill: isBand ? color : undefined,
            points: { show: false },
            paths,
          }),
        ),
      ],
    };
  }
}
