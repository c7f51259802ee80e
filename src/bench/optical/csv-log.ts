import type { Recording } from '../../latency/optical/recording';

/** What to read of a brightness log; columns by name, or by number from 1. */
export type LogColumns = { timeColumn: string | null; timeUnit: string | null; levelColumn: string | null; onsetColumn: string | null };

export type BrightnessLog = { light: Recording; onset: Recording | null; onsetName: string | null };

const msOfUnit: Readonly<Record<string, number>> = { s: 1000, sec: 1000, seconds: 1000, ms: 1, us: 1e-3, 'µs': 1e-3, 'μs': 1e-3, ns: 1e-6 };
const unitInName = /(?:^|[^a-z])(s|sec|seconds|ms|us|µs|μs|ns)[)\]]?$/i;

/** A log cannot be read: a sentence that names the file and the line. */
export class LogError extends Error {
  override readonly name = 'LogError';
}

/**
 * Reads a brightness log: one sample a line, separated by commas, semicolons or tabs, with a line of names above them or
 * without. Lines that begin with # are comments.
 * @param name of the file, for its errors
 * @throws LogError
 */
export function parseLog(text: string, name: string, wish: LogColumns): BrightnessLog {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex(isContent);
  if (first < 0) throw new LogError(`${name} is empty: it needs a time and a brightness in each line.`);
  const separator = ['\t', ';', ','].find((it) => lines[first]!.includes(it));
  if (!separator) throw new LogError(`${name}, line ${first + 1}: "${short(lines[first]!)}" has one column; two are needed, separated by a comma, a semicolon or a tab.`);
  const cells = (line: string): string[] => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const head = cells(lines[first]!);
  const names = head.some((cell) => !isNumber(cell)) ? head : null;
  const columns = columnsOf(names, head.length, name, wish);
  const scale = scaleOf(names?.[columns.time] ?? null, name, wish.timeUnit);
  const from = names ? first + 1 : first;
  const count = lines.length - from;
  const times = new Float64Array(count);
  const levels = new Float64Array(count);
  const onsets = columns.onset === null ? null : new Float64Array(count);
  let n = 0;
  for (let i = from; i < lines.length; i++) {
    if (!isContent(lines[i]!)) continue;
    const row = cells(lines[i]!);
    const read = (column: number): number => numberOf(row, column, names, separator, `${name}, line ${i + 1}`);
    times[n] = read(columns.time) * scale;
    levels[n] = read(columns.level);
    if (onsets) onsets[n] = read(columns.onset!);
    if (n > 0 && times[n]! <= times[n - 1]!) {
      throw new LogError(`${name}, line ${i + 1}: its time (${row[columns.time]}) is not after that of the line before. Was the counter reset, or are two recordings in one file?`);
    }
    n++;
  }
  if (n < 2) throw new LogError(`${name} has ${n} lines with numbers; a recording needs many.`);
  const timesMs = times.subarray(0, n);
  const onsetName = columns.onset === null ? null : (names?.[columns.onset] ?? `column ${columns.onset + 1}`);
  return {
    light: { timesMs, levels: levels.subarray(0, n) },
    onset: onsets ? { timesMs, levels: onsets.subarray(0, n) } : null,
    onsetName,
  };
}

function columnsOf(names: string[] | null, count: number, file: string, wish: LogColumns): { time: number; level: number; onset: number | null } {
  const wished = (column: string | null, option: string): number | null => {
    if (column === null) return null;
    const byName = names?.findIndex((it) => it.toLowerCase() === column.toLowerCase()) ?? -1;
    if (byName >= 0) return byName;
    const number = Number(column);
    if (Number.isInteger(number) && number >= 1 && number <= count) return number - 1;
    const there = names ? names.map((it) => `"${it}"`).join(', ') : `1 to ${count}, without names`;
    throw new LogError(`${file} has no column "${column}" (${option}); its columns are ${there}.`);
  };
  const named = (pattern: RegExp): number | null => {
    const at = names?.findIndex((it) => pattern.test(it)) ?? -1;
    return at < 0 ? null : at;
  };
  const time = wished(wish.timeColumn, '--time') ?? named(/^(time|t\b|t_|timestamp)/i) ?? 0;
  const level = wished(wish.levelColumn, '--level') ?? named(/^(level|brightness|light|photodiode|luminance)/i) ?? (time === 1 ? 0 : 1);
  const onset = wished(wish.onsetColumn, '--onset') ?? named(/^onset/i);
  if (level >= count) throw new LogError(`${file} has one column; a time and a brightness are needed.`);
  return { time, level, onset };
}

function scaleOf(timeName: string | null, file: string, unit: string | null): number {
  const known = 's, ms, us or ns';
  if (unit !== null) {
    const scale = msOfUnit[unit.toLowerCase()];
    if (scale === undefined) throw new LogError(`--time-unit "${unit}" is not known; it is ${known}.`);
    return scale;
  }
  const inName = timeName === null ? null : unitInName.exec(timeName);
  if (inName) return msOfUnit[inName[1]!.toLowerCase()]!;
  const what = timeName === null ? 'has no line of names that could' : `has a time column "${timeName}", which does not`;
  throw new LogError(`${file} ${what} tell the unit of its times. Give --time-unit (${known}), or name the column time_ms.`);
}

function numberOf(row: readonly string[], column: number, names: readonly string[] | null, separator: string, where: string): number {
  const cell = row[column];
  const label = names?.[column] ?? `column ${column + 1}`;
  if (cell === undefined) throw new LogError(`${where}: "${label}" is missing; the line has ${row.length} columns.`);
  if (isNumber(cell)) return Number(cell);
  const comma = separator !== ',' && isNumber(cell.replace(',', '.'));
  throw new LogError(`${where}: "${label}" is "${short(cell)}", not a number.${comma ? ' Write decimals with a point.' : ''}`);
}

const isContent = (line: string): boolean => line.trim() !== '' && !line.startsWith('#');
const isNumber = (cell: string): boolean => cell !== '' && Number.isFinite(Number(cell));
const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
