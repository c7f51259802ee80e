import { moment, partName, partsOf, sumErrorMsOf, type Span } from '../../latency/stages';
import { summarise } from '../../latency/summary';
import type { InjectedRow, StageRow } from './result';

/** Frames of the model that reached the screen while one latency was injected. */
export type TracedFrames = { addLatencyMs: number; spans: readonly Span[]; displayPeriodMs: number };

/** What the frames say of the latency that was set: from the end of meshing until they were sent. */
export function injectedRow({ addLatencyMs, spans, displayPeriodMs }: TracedFrames): InjectedRow {
  const { p50, p95, n } = summarise(spans.map(({ moments }) => moments[moment.sent]! - moments[moment.meshed]!));
  return {
    kind: 'injected',
    addLatencyMs,
    n,
    measuredMsP50: p50,
    measuredMsP95: p95,
    errorMsP50: p50 - addLatencyMs,
    displayPeriodMs,
  };
}

/** Median and tail of each part between neighbouring moments. */
export function stageRows({ addLatencyMs, spans }: TracedFrames): StageRow[] {
  const values = new Map<string, number[]>();
  for (const { moments } of spans) {
    for (const { from, to, ms } of partsOf(moments)) {
      const part = partName(from, to);
      const held = values.get(part);
      if (held) held.push(ms);
      else values.set(part, [ms]);
    }
  }
  return [...values].map(([part, held]) => {
    const { p50, p95, n } = summarise(held);
    return { kind: 'stage', addLatencyMs, part, msP50: p50, msP95: p95, n };
  });
}

/** The largest error of the sum of the parts against the total, ms; NaN without a frame. See `sumErrorMsOf`. */
export function sumErrorMsMax(all: readonly TracedFrames[]): number {
  return summarise(all.flatMap(({ spans }) => spans.map(({ moments }) => sumErrorMsOf(moments)))).max;
}
