import { useEffect, useRef, useState } from 'react';
import type { SpanLog } from '../../latency/span-log';
import { livePlots, plotSpanS } from './live-plots';
import { RecentSpans } from './live-sources';
import { showNumber } from './metric-words';
import { PlotView } from './plot-view';
import { stageGroups } from './stage-groups';

/** Plots five times a second, numbers half as often: digits that change faster cannot be read. */
const drawEveryMs = 200;
const sayEvery = 2;
/** In a headset the page is seen by nobody, or by somebody beside the visitor: the frames of the headset go first. */
const inSessionEveryMs = 1000;

type Said = { plots: readonly string[]; groups: readonly string[] };

const nothingSaid: Said = { plots: livePlots.map(() => 'n/a'), groups: stageGroups.map(() => 'n/a') };

/** What happens now, over the last seconds. Draws from the visit's rings; React only sees the numbers beside the plots. */
export function LivePlots({ log, isPresenting }: { log: SpanLog; isPresenting: boolean }) {
  const root = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState(nothingSaid);

  useEffect(() => {
    const holders = [...root.current!.querySelectorAll<HTMLElement>('.lab-canvas')];
    const views = livePlots.map(({ look }, k) => new PlotView(holders[k]!, look, plotSpanS));
    const spans = new RecentSpans();
    let turn = 0;
    const draw = (): void => {
      if (document.hidden) return;
      const nowMs = performance.now();
      spans.read(log, nowMs - 1000 * plotSpanS);
      const sources = livePlots.map(({ source }) => source(log, spans));
      for (const [k, view] of views.entries()) view.draw(sources[k]!, nowMs);
      if (turn++ % sayEvery !== 0 && !isPresenting) return;
      setSaid({
        plots: livePlots.map(({ says }, k) => says(sources[k]!, spans, nowMs)),
        groups: stageGroups.map((_, k) => showNumber(spans.group(k).p50, 'ms')),
      });
    };
    draw();
    const timer = setInterval(draw, isPresenting ? inSessionEveryMs : drawEveryMs);
    const sizes = new ResizeObserver(() => {
      for (const view of views) view.fit();
    });
    sizes.observe(root.current!);
    return () => {
      clearInterval(timer);
      sizes.disconnect();
      for (const view of views) view.dispose();
    };
  }, [log, isPresenting]);

  return (
    <div className="lab-plots" ref={root}>
      {livePlots.map(({ id, title }, k) => (
        <figure key={id} className="lab-plot" data-plot={id}>
          <figcaption>
            <span className="lab-plot-title">{title}</span>
            <span className="numbers">{said.plots[k]}</span>
          </figcaption>
          <div className="lab-canvas" role="img" aria-label={`${title} over the last ${plotSpanS} seconds`} />
          {id === 'stages' && (
            <ul className="lab-stages">
              {stageGroups.map(({ name, color }, group) => (
                <li key={name}>
                  <span className="lab-swatch" style={{ background: color }} />
                  {name} <span className="numbers">{said.groups[group]}</span>
                </li>
              ))}
            </ul>
          )}
        </figure>
      ))}
      <p className="field-hint">
        Now is at the right. Estimated from the browser’s clocks.
      </p>
    </div>
  );
}
