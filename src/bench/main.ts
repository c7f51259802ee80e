/**
 * Benchmarks. Quality against the simulator's truth, times as they come out on this machine (printed, never asserted).
 * usage: npm run bench -- simulator|world|reprojection|display|latency|physics [--quick] [--seed N] [--json FILE] [--html FILE]
 */
import { parseBenchArguments, UsageError } from './arguments';
import { checkWritable, writeFiles } from './output';
import { createProgress } from './progress';
import { suites } from './suites';

function help(): string {
  const names = Object.entries(suites).map(([name, { about }]) => `  ${name.padEnd(14)}${about}`);
  return `usage: npm run bench -- SUITE [options]

${names.join('\n')}

  --quick       a representative subset, in minutes
  --seed N      which worlds (default 6)
  --json FILE   the whole report as data
  --html FILE   the report as one page that needs no network
  --png FILE    world only: moments of every walk, painted above truth`;
}

async function main(argv: readonly string[]): Promise<void> {
  const call = parseBenchArguments(argv, Object.keys(suites));
  if (call.kind === 'help') {
    console.log(help());
    return;
  }
  const { options } = call;
  for (const name of ['json', 'html', 'png'] as const) checkWritable(`--${name}`, options[name]);
  const progress = createProgress(process.stderr);
  try {
    const outcome = await suites[call.suite]!.run(options, progress);
    progress.done();
    console.log(outcome.table);
    writeFiles(outcome, options);
  } finally {
    progress.done();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
