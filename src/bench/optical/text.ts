import type { Measurement } from '../../latency/optical/measure';
import type { OpticalLatency } from '../../latency/optical/latency';

/** The result as lines for a terminal. Estimates stand in a part of their own. */
export function measurementText(result: Measurement, about: { light: string; onsets: string }): string {
  const { samples, edges, onsets } = result;
  const lines = [
    'OPTICALLY MEASURED',
    row('light', `${about.light}: ${samples.n} samples, ${ms(samples.seconds, 1)} s, one in ${ms(samples.periodMs, 3)} ms`),
    row('onsets', onsets === null ? 'none recorded' : `${onsets} from ${about.onsets}`),
    row('flips', `${edges.found} found: ${edges.brighter} to white, ${edges.darker} to black`),
  ];
  if (onsets !== null) {
    lines.push('', row('', 'mean ± error'.padStart(18) + ['n', 'p50', 'p95', 'min', 'max'].map((it) => it.padStart(9)).join('') + '   ms'));
    lines.push(latencyRow('onset to light', result.latency), latencyRow('  black to white', result.brighter), latencyRow('  white to black', result.darker));
    lines.push(row('left out', `${result.missing} without an answer, ${result.extra} without an onset, ${result.ambiguous} unclear`));
  }
  const { trace } = result;
  if (trace) {
    lines.push('', row('trace', `${trace.seen} of its ${trace.flips} flips seen, ${trace.missing} not, ${trace.extra} changes of light are not in it`));
    lines.push(row('clocks', `the page's runs ${ms(trace.driftPpm, 0)} ± ${ms(trace.driftErrorPpm, 0)} ppm faster`));
    lines.push(row('jitter', `${ms(trace.jitterMs, 2)} ms around the expected display`));
    if (trace.lightAfterExpected.n > 0) lines.push(latencyRow('expected to light', trace.lightAfterExpected));
    lines.push('', 'ESTIMATED BY THE PAGE, no light in it');
    lines.push(row('onset to display', `${ms(trace.estimated.meanMs, 2)} ms mean, ${trace.estimated.n} flips`));
  }
  if (result.notes.length > 0) lines.push('', ...result.notes.map((note) => `- ${note}`));
  return lines.join('\n');
}

/** The result as JSON; missing values are null. */
export function measurementJson(result: Measurement, about: { light: string; onsets: string }): string {
  return `${JSON.stringify({ format: 'reverie-optical', version: 1, ...about, ...result }, null, 2)}\n`;
}

function latencyRow(name: string, { n, meanMs, standardErrorMs, p50Ms, p95Ms, minMs, maxMs }: OpticalLatency): string {
  const mean = n === 0 ? 'n/a' : `${ms(meanMs, 2)} ± ${ms(standardErrorMs, 2)}`;
  const others = [p50Ms, p95Ms, minMs, maxMs].map((value) => ms(value, 2).padStart(9)).join('');
  return row(name, `${mean.padStart(18)}${String(n).padStart(9)}${others}`);
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(18)}${text}`.trimEnd();
}

function ms(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : 'n/a';
}
