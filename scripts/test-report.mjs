/** The sums of `npm test`: what a stage's outcome counts for, and the closing line. Pure. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The parts of Vitest's JSON report that are read here.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 */

/**
 * A stage that is one check: lint, types, build.
 * @param {number | null} exitCode null when it was killed
 * @returns {Counts}
 */
export function countCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * A stage run by Vitest. Whatever goes wrong outside a test (a file that cannot be loaded, an unhandled error, a crash,
 * no tests at all) counts as a failure: silence is not success.
 * @param {VitestReport | null} report null when Vitest wrote none
 * @param {number | null} exitCode null when it was killed
 * @returns {Counts}
 */
export function countTests(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + brokenFiles.length;
  const nothingRan = passed + failed === 0;
  return { passed, failed: failed === 0 && (exitCode !== 0 || nothingRan) ? 1 : failed, skipped };
}

/** @param {readonly Counts[]} counts @returns {Counts} */
export function addCounts(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** @param {Counts} total @returns {string} `N passed, N failed`, and `, N skipped` if there are any */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
