import type { SpanLog } from '../../latency/span-log';
import type { ReprojectionMode } from '../../reproject/modes';
import type { AppState } from '../store';
import { sideOf, type AbChoice } from './ab';
import { governorWords } from './governor-words';
import { displaySource, intervalSource, recent, type RecentSpans } from './live-sources';
import { showBare, showNumber } from './metric-words';

/** How far back the numbers and the line of the panel in the headset go, s. */
export const headsetSpanS = 5;

export type HeadsetContent = { side: string; mode: string; rows: [label: string, value: string][]; governor: string };

const modeWords: Readonly<Record<ReprojectionMode, string>> = {
  off: 'Off',
  rotation: 'Rotation',
  quad: 'Quad',
  mesh: 'Mesh',
  layers: 'Layers',
};

/** What the panel in the headset says: a few numbers only, over the last seconds. Made a few times a second, not a frame. */
export function headsetContent(
  log: SpanLog,
  spans: RecentSpans,
  { options, governor }: Pick<AppState, 'options' | 'governor'>,
  ab: AbChoice,
  nowMs: number,
): HeadsetContent {
  spans.read(log, nowMs - 1000 * headsetSpanS);
  const interval = recent(intervalSource(log.display), 0, nowMs, headsetSpanS);
  const display = displaySource(log.display, ['missed', 'frameAgeMs', 'poseGapDeg', 'mtpRotationMs']);
  const column = (index: number) => recent(display, index, nowMs, headsetSpanS);
  const total = spans.total();
  return {
    side: sideOf(ab, options.reprojection) ?? '',
    mode: modeWords[options.reprojection],
    rows: [
      ['Display', `${showNumber(1000 / interval.p50, 'Hz')}, ${showNumber(missedPct(log, nowMs), '%')} missed`],
      ['Model', showNumber(spans.rateHz(), 'Hz')],
      ['Motion to photon, turn', showNumber(column(3).p50, 'ms')],
      ['Action to photon', `${showBare(total.p50, 'ms')} · ${showNumber(total.p95, 'ms')}`],
      ['Frame age', `${showBare(column(1).p50, 'ms')} · ${showNumber(column(1).p95, 'ms')}`],
      ['Pose gap', `${showBare(column(2).p50, 'deg')} · ${showNumber(column(2).p95, 'deg')}`],
    ],
    governor: governorWords(options.governor, governor),
  };
}

/** Share of display frames of the last seconds that were missed, %; NaN without any. */
function missedPct({ display }: SpanLog, nowMs: number): number {
  let drawn = 0;
  let missed = 0;
  for (let row = display.total - 1; row >= display.total - display.count; row--) {
    if (display.get(row, 'atMs') < nowMs - 1000 * headsetSpanS) break;
    drawn++;
    missed += display.get(row, 'missed') || 0;
  }
  return drawn > 0 ? (100 * missed) / (drawn + missed) : Number.NaN;
}
