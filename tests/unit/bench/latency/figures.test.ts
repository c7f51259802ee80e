import { describe, expect, test } from 'vitest';
import { withRatios, type Stretch } from '../../../../src/bench/latency/display-figures';
import { summariseLatency } from '../../../../src/bench/latency/summary';
import { injectedRow, stageRows, sumErrorMsMax } from '../../../../src/bench/latency/trace-figures';
import { moment, momentCount, type Span } from '../../../../src/latency/stages';
import { displayRow, motionRow, totals } from './fabricated-latency';

const stretch = (condition: Stretch['condition'], displayHz: number, round = 0): Stretch => ({
  kind: 'display',
  world: 'light',
  round,
  condition,
  displayHz,
  frames: 100,
  modelHz: 0,
});

describe('ratios of display rates', () => {
  test('a machine that slows down all the while does not lower them', () => {
    const order = ['idle', 'stalled', 'idle', 'slow', 'idle'] as const;
    const rows = withRatios(order.map((condition, k) => stretch(condition, 60 - 5 * k)));
    expect(rows[1]!.ratio).toBeCloseTo(1, 9);
    expect(rows[3]!.ratio).toBeCloseTo(1, 9);
  });

  test('a crash is compared with the idle stretch before it, never with another round', () => {
    const rows = withRatios([stretch('idle', 50), stretch('crashed', 45), stretch('idle', 10, 1), stretch('crashed', 10, 1)]);
    expect(rows[1]!.ratio).toBeCloseTo(0.9, 9);
    expect(rows[3]!.ratio).toBeCloseTo(1, 9);
    // It has no idle neighbour.
    expect(rows[0]!.ratio).toBeNaN();
  });
});

/** A frame of the model, moments in ms. */
function span(times: Partial<Record<keyof typeof moment, number>>): Span {
  const moments = new Float64Array(momentCount).fill(Number.NaN);
  for (const [name, atMs] of Object.entries(times)) moments[moment[name as keyof typeof moment]] = atMs;
  return { frameId: 1, actionId: 1, moments, uploadMs: 0 };
}

describe('what the trace says', () => {
  const spans = [500, 502, 505].map((heldMs) => span({ sampled: 0, stepBegun: 5, meshed: 60, sent: 60 + heldMs, expectedDisplay: 700 }));
  const frames = { addLatencyMs: 500, spans, displayPeriodMs: 16 };

  test('the injected latency is what lies between meshing and sending', () => {
    expect(injectedRow(frames)).toMatchObject({ n: 3, measuredMsP50: 502, errorMsP50: 2 });
  });

  test('parts go from each moment that is there to the next one', () => {
    expect(stageRows(frames).map(({ part, msP50 }) => [part, msP50])).toEqual([
      ['sampled>stepBegun', 5],
      ['stepBegun>meshed', 55],
      ['meshed>sent', 502],
      ['sent>expectedDisplay', 138],
    ]);
  });

  test('parts in order add up; a clock that is off by 3 ms is an error of as much', () => {
    expect(sumErrorMsMax([frames])).toBe(0);
    const off = { ...frames, spans: [...spans, span({ sampled: 0, stepBegun: -3, expectedDisplay: 100 })] };
    expect(sumErrorMsMax([frames, off])).toBeCloseTo(3, 9);
    expect(sumErrorMsMax([])).toBeNaN();
  });
});

describe('the summary', () => {
  const rows = [
    motionRow('off', 0, 'rotation', [2, 3]),
    motionRow('off', 500, 'rotation', [8, 9]),
    motionRow('off', 500, 'translation', [7, 9]),
    motionRow('rotation', 500, 'rotation', [1, 1]),
    motionRow('rotation', 500, 'translation', [9, 10]),
    motionRow('quad', 500, 'translation', [6, 6]),
    motionRow('layers', 500, 'rotation', [1, 2]),
    motionRow('mesh', 500, 'translation', [1, 1]),
  ];

  test('takes the worst of the modes that are bound, and leaves the others out', () => {
    expect(summariseLatency(rows, totals)).toMatchObject({
      rotationFramesMax: 2,
      translationFramesMax: 1,
      offFramesMin: 7,
      flatTranslationFramesMin: 9,
    });
  });

  test('a change that never showed is no number, in the modes that are bound', () => {
    const never = [...rows, motionRow('mesh', 0, 'rotation', [1, Number.NaN])];
    expect(summariseLatency(never, totals).rotationFramesMax).toBeNaN();
  });

  test('display ratios are medians, in the light world where there is one', () => {
    const display = [0.99, 0.5, 0.98].map((ratio) => displayRow('light', 'stalled', ratio));
    const all = [...rows, ...display, displayRow('shipped', 'stalled', 0.1), displayRow('shipped', 'busy', 0.7)];
    expect(summariseLatency(all, totals)).toMatchObject({ displayRatioStalled: 0.98, displayRatioBusy: 0.7, displayRatioSlow: Number.NaN });
  });
});
