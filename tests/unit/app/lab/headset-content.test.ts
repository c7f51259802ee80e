import { expect, test } from 'vitest';
import { firstAb } from '../../../../src/app/lab/ab';
import { decisionWords, governorWords } from '../../../../src/app/lab/governor-words';
import { headsetContent } from '../../../../src/app/lab/headset-content';
import { RecentSpans } from '../../../../src/app/lab/live-sources';
import { defaultOptions } from '../../../../src/app/options';
import { SpanLog } from '../../../../src/latency/span-log';

const state = { options: { ...defaultOptions, reprojection: 'off' } as const, governor: null };

test('the panel says n/a where nothing was measured yet', () => {
  const { side, mode, rows } = headsetContent(new SpanLog(), new RecentSpans(), state, firstAb, 1000);
  expect([side, mode]).toEqual(['B', 'Off']);
  for (const [, value] of rows) expect(value).toContain('n/a');
});

test('the panel counts the last seconds only', () => {
  const log = new SpanLog();
  for (let atMs = 0; atMs < 20_000; atMs += 20) {
    const row = log.display.begin();
    log.display.set(row, 'atMs', atMs);
    // Bad at first, then one in a hundred.
    log.display.set(row, 'missed', atMs < 10_000 ? 5 : Number(atMs % 2000 === 0));
  }
  const { rows } = headsetContent(log, new RecentSpans(), state, firstAb, 20_000);
  expect(rows[0]).toEqual(['Display', '50.0 Hz, 0.8 % missed']);
});

test('the governor is told in one sentence', () => {
  expect(governorWords(false, null)).toContain('Off');
  expect(governorWords(true, null)).toContain('At ease');
  const cap = { modelHzCap: 7.5, resolutionScale: 0.5, layerScale: 1, reason: 'display frames were missed' };
  expect(governorWords(true, cap)).toBe('Holding back: at most 7.5 steps/s, 50 % resolution (display frames were missed).');
  expect(decisionWords({ ...cap, missedPct: 12.3 })).toBe(
    'display frames were missed, 12 % missed: at most 7.5 steps/s, 50 % resolution',
  );
  expect(decisionWords({ reason: 'calm', modelHzCap: Number.POSITIVE_INFINITY, missedPct: Number.NaN })).toBe('calm: no limit');
});
