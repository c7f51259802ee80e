import type { Flip } from './align';

/** The name under which the page writes flips down. */
export const flipEventName = 'optical';

/**
 * The flips in an exported trace (Trace Event Format: microseconds in `ts`), oldest first.
 * @param trace parsed JSON
 * @param source only flips with this cause; null takes them all when they have one cause
 * @throws RangeError that names the field
 */
export function flipsOfTrace(trace: unknown, source: string | null = null): Flip[] {
  const events = Array.isArray(trace) ? trace : isRecord(trace) ? trace['traceEvents'] : undefined;
  if (!Array.isArray(events)) throw new RangeError('has no list "traceEvents": export the trace in the latency lab.');
  const flips: Flip[] = [];
  const sources = new Set<string>();
  for (const [k, event] of events.entries()) {
    if (!isRecord(event) || event['name'] !== flipEventName || event['ph'] === 'M') continue;
    const args = isRecord(event['args']) ? event['args'] : {};
    const cause = String(args['source']);
    if (source !== null && cause !== source) continue;
    sources.add(cause);
    const at = `traceEvents[${k}]`;
    const level = args['level'];
    if (level !== 0 && level !== 1) throw new RangeError(`has ${at}.args.level ${JSON.stringify(level)}; a flip has 0 or 1.`);
    flips.push({ displayMs: numberIn(event['ts'], `${at}.ts`) / 1000, level, onsetMs: onsetOf(args['onsetMs'], at) });
  }
  if (sources.size > 1) {
    throw new RangeError(`has flips of ${[...sources].sort().join(' and ')}: choose one with --source.`);
  }
  return flips.sort((a, b) => a.displayMs - b.displayMs);
}

function numberIn(value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RangeError(`has ${at} ${JSON.stringify(value)}; it must be a number.`);
}

function onsetOf(value: unknown, at: string): number {
  return value === null || value === undefined ? Number.NaN : numberIn(value, `${at}.args.onsetMs`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
