import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCounts, closingLine, countCheck, countTests } from '../../../scripts/test-report.mjs';

function report(passed: number, failed: number, pending = 0, files: string[][] = []) {
  return {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: 0,
    testResults: files.map((tests) => ({
      status: tests.length === 0 || tests.includes('failed') ? 'failed' : 'passed',
      assertionResults: tests.map((status) => ({ status })),
    })),
  };
}

describe('what a stage counts for', () => {
  test('a check is one, and one that was killed has failed', () => {
    expect(countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countCheck(2).failed).toBe(1);
    expect(countCheck(null).failed).toBe(1);
  });

  test('tests are counted one by one', () => {
    expect(countTests(report(7, 2, 3, [['passed', 'failed']]), 1)).toEqual({ passed: 7, failed: 2, skipped: 3 });
    expect(countTests(report(7, 0), 0)).toEqual({ passed: 7, failed: 0, skipped: 0 });
  });

  test('a file that could not be loaded is a failure beside the tests that ran', () => {
    expect(countTests(report(5, 1, 0, [['passed', 'failed'], []]), 1)).toEqual({ passed: 5, failed: 2, skipped: 0 });
  });

  test('no report, no tests, only skipped tests and a bad exit code are failures', () => {
    expect(countTests(null, 0).failed).toBe(1);
    expect(countTests(report(0, 0), 0).failed).toBe(1);
    expect(countTests(report(0, 0, 4), 0).failed).toBe(1);
    expect(countTests(report(5, 0), 1).failed).toBe(1);
    expect(countTests(report(5, 0), null).failed).toBe(1);
  });
});

describe('the closing line', () => {
  test('names skipped tests only when there are some', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(closingLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
  });

  test('holds the sum of all stages', () => {
    const counts = fc.record({ passed: fc.nat(999), failed: fc.nat(999), skipped: fc.nat(999) });
    fc.assert(
      fc.property(fc.array(counts), (stages) => {
        const total = addCounts(stages);
        expect(total.passed).toBe(stages.reduce((sum, stage) => sum + stage.passed, 0));
        expect(total.failed).toBe(stages.reduce((sum, stage) => sum + stage.failed, 0));
        expect(total.skipped).toBe(stages.reduce((sum, stage) => sum + stage.skipped, 0));
      }),
    );
  });
});
