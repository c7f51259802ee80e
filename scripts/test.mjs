/** `npm test`: every check there is, one after the other, and one closing line. `npm test -- unit` runs only that. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './ensure-packages.mjs';
import { findChromium } from './find-chromium.mjs';
import { programPath, runCommand } from './run-command.mjs';
import { addCounts, closingLine, countCheck, countTests } from './test-report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, '.cache', 'test');
const minuteMs = 60_000;

/**
 * @typedef {{ name: string, needsChromium?: boolean, limitMs: number, run: (limitMs: number) => Promise<Result> }} Stage
 * @typedef {import('./test-report.mjs').Counts & { note?: string }} Result
 */

/** @param {import('./run-command.mjs').Outcome} outcome @param {number} limitMs @returns {string | undefined} */
function noteOf({ exitCode, timedOut }, limitMs) {
  if (timedOut) return `stopped after ${limitMs / 1000} s`;
  return exitCode === null ? 'it crashed' : undefined;
}

/** @param {string} name @param {() => string[]} command program of Node and its arguments @returns {Stage} */
function check(name, command) {
  return {
    name,
    limitMs: 3 * minuteMs,
    async run(limitMs) {
      const outcome = await runCommand(process.execPath, command(), { cwd: root, limitMs });
      return { ...countCheck(outcome.exitCode), note: noteOf(outcome, limitMs) };
    },
  };
}

/** @param {string} name the Vitest project @param {number} limitMs @param {boolean} needsChromium @returns {Stage} */
function vitest(name, limitMs, needsChromium) {
  return {
    name,
    limitMs,
    needsChromium,
    async run() {
      const file = join(reports, `${name}.json`);
      rmSync(file, { force: true });
      const args = ['run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const outcome = await runCommand(process.execPath, [programPath('vitest'), ...args], { cwd: root, limitMs });
      const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
      const counts = countTests(report, outcome.exitCode);
      const silent = !report ? 'no report was written' : counts.passed + counts.skipped === 0 ? 'no test passed' : undefined;
      return { ...counts, note: noteOf(outcome, limitMs) ?? silent };
    },
  };
}

/** @type {Stage[]} */
const stages = [
  check('lint', () => [programPath('oxlint'), '--deny-warnings']),
  check('types', () => [programPath('typescript', 'tsc'), '--noEmit', '--allowJs', '--checkJs']),
  vitest('unit', 10 * minuteMs, false),
  vitest('browser', 8 * minuteMs, true),
  check('build', () => [programPath('vite'), 'build', '--logLevel', 'warn']),
  vitest('e2e', 40 * minuteMs, true),
];

/** @returns {string} path of a Chromium, installed if need be and possible */
function chromiumOrExit() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen && !existsSync(chosen)) fail(`CHROME_PATH is "${chosen}", but there is no such file. Correct or unset it.`);
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!findChromium() && isDebianRoot) {
    console.log("No Chromium found: installing the distribution's.");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      spawnSync('apt-get', args, { stdio: 'inherit', env });
    }
  }
  return (
    findChromium() ??
    fail(
      'No Chromium found, and the browser tests need one. Install Chromium or Chrome, or set CHROME_PATH to its ' +
        'program, or run "npx playwright install chromium"; then run npm test again.',
    )
  );
}

/** @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** @param {readonly string[]} names @returns {Stage[]} */
function chooseStages(names) {
  const known = stages.map(({ name }) => name);
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined) fail(`There is no test stage "${strange}". Choose from: ${known.join(', ')}.`);
  return names.length === 0 ? stages : stages.filter(({ name }) => names.includes(name));
}

/** @param {Stage} stage @returns {Promise<Result>} */
async function runStage({ run, limitMs }) {
  try {
    return await run(limitMs);
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, note: error instanceof Error ? error.message : String(error) };
  }
}

async function main() {
  const begunMs = performance.now();
  const chosen = chooseStages(process.argv.slice(2));
  ensurePackages(root);
  if (chosen.some(({ needsChromium }) => needsChromium)) process.env['CHROME_PATH'] = chromiumOrExit();
  mkdirSync(reports, { recursive: true });
  /** @type {Result[]} */
  const results = [];
  /** @type {string[]} */
  const lines = [];
  for (const stage of chosen) {
    console.log(`\n--- ${stage.name}`);
    const stageBegunMs = performance.now();
    const result = await runStage(stage);
    const seconds = ((performance.now() - stageBegunMs) / 1000).toFixed(1);
    results.push(result);
    lines.push(`${stage.name.padEnd(8)} ${closingLine(result)} (${seconds} s)${result.note ? `: ${result.note}` : ''}`);
    console.log(lines.at(-1));
    // What was just built is what the end-to-end tests drive.
    if (stage.name === 'build' && result.failed === 0) process.env['REVERIE_SKIP_BUILD'] = '1';
  }
  const total = addCounts(results);
  console.log(`\n${lines.join('\n')}\ntotal    ${((performance.now() - begunMs) / 1000).toFixed(1)} s`);
  console.log(closingLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

try {
  await main();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
