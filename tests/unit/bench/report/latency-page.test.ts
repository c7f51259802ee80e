import { describe, expect, test } from 'vitest';
import { latencyPage } from '../../../../src/bench/report/latency-page';
import { latencyTable, latencyVerdicts } from '../../../../src/bench/report/latency-tables';
import { renderPage } from '../../../../src/bench/report/page';
import { fabricatedLatency } from '../latency/fabricated-latency';

const machine = { processor: 'a', cores: 2, node: 'v', browser: 'c', date: '2026-11-22T00:00:00Z' };

describe('the report of latency', () => {
  const result = fabricatedLatency();
  const page = renderPage(latencyPage(result), 'latency', machine);

  test('has every section, and nothing that is undefined or not a number', () => {
    for (const { id } of latencyPage(result).sections) expect(page).toContain(`id="${id}"`);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(page).not.toContain('<b>');
  });

  test('a stacked bar ends at the sum of its parts', () => {
    // Parts of 4 and 500 ms.
    expect(page).toMatch(/500 ms injected<\/text>.*?>504<\/text>/s);
  });

  test('verdicts: one frame is met, a rate that is never restored is missed, what was not measured is neither', () => {
    const passed = (start: string): boolean | null => latencyVerdicts(result).find(({ label }) => label.startsWith(start))!.passed;
    expect(passed('Display frames until a turn')).toBe(true);
    expect(passed('Until the model has its rate back')).toBe(false);
    expect(passed('Until under 1 %')).toBe(true);
    expect(passed('Display rate over idle, crashed')).toBeNull();
    expect(passed('Display rate over idle, busy')).toBe(false);
    expect(passed('The same in mode off')).toBe(true);
  });

  test('a turn that never shows is a missed bar, not an unmeasured one', () => {
    const summary = { ...result.summary, rotationFramesMax: Number.NaN };
    const [turn] = latencyVerdicts({ ...result, summary });
    expect(turn).toMatchObject({ value: 'never', passed: false });
  });

  test('the terminal shows one line for each mode and motion, with every latency beside it', () => {
    const lines = latencyTable(result).split('\n');
    expect(lines.find((line) => /^rotation\s+off/.test(line))).toMatch(/3\s+12\s+any/);
    expect(lines.find((line) => /^translation\s+rotation/.test(line))).toMatch(/never\s+never\s+any/);
    expect(lines.find((line) => /^translation\s+layers/.test(line))).toMatch(/1\s+1\s+1/);
  });
});
