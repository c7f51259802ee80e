import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Flip } from '../../latency/optical/align';
import { measure, onsetsOfFlips, type Measurement, type Onsets } from '../../latency/optical/measure';
import { findOnsets } from '../../latency/optical/onsets';
import { samplePeriodMs, type Recording } from '../../latency/optical/recording';
import { flipsOfTrace } from '../../latency/optical/trace-flips';
import { UsageError } from '../arguments';
import { checkWritable } from '../output';
import { help, numbersIn, parseOpticalArguments, type OpticalOptions } from './arguments';
import { LogError, parseLog } from './csv-log';
import { measurementJson, measurementText } from './text';
import { readFrames } from './video-frames';

/** What was recorded, and where its onsets are; `signal`: recorded beside the light. */
type Recorded = { light: Recording; signal: Recording | null; lightName: string; signalName: string };

/**
 * The tool from its arguments to its text; writes the file of `--json`.
 * @param progress gets lines such as "240 of 4800 frames"
 * @throws UsageError or LogError with a sentence for the person
 */
export function runOptical(argv: readonly string[], progress: (line: string) => void = () => {}): string {
  const options = parseOpticalArguments(argv);
  if (!options) return help;
  checkWritable('--json', options.json);
  const flips = options.trace === null ? null : readTrace(options.trace, options.source);
  const recorded = readLight(options, progress);
  const { onsets, name } = onsetsOf(options, recorded, flips);
  if (!onsets && !flips) {
    throw new UsageError(
      'Nothing says when the onsets were: give --onset COLUMN, --onset-mark, --onsets or --trace; see --help.',
    );
  }
  const about = { light: recorded.lightName, onsets: name };
  const result = measured(options, recorded.light, onsets, flips);
  if (options.json !== null) writeFileSync(options.json, measurementJson(result, about));
  return measurementText(result, about);
}

function measured(options: OpticalOptions, light: Recording, onsets: Onsets | null, flips: Flip[] | null): Measurement {
  const { at, windowMs, minHoldMs, minMs, maxMs, clockOffsetMs } = options;
  try {
    return measure(light, onsets, flips, clockOffsetMs, { at, windowMs, minHoldMs, minMs, maxMs });
  } catch (error) {
    if (error instanceof RangeError) throw new LogError(error.message);
    throw error;
  }
}

function readLight({ light }: OpticalOptions, progress: (line: string) => void): Recorded {
  if (light.kind === 'log') {
    const log = parseLog(readText(light.file, '--log'), light.file, light);
    return { light: log.light, signal: log.onset, lightName: light.file, signalName: `column "${log.onsetName}"` };
  }
  const { folder, fps, patch, onsetMark } = light;
  const told = (done: number, all: number): void => {
    if (done % 240 === 0) progress(`${done} of ${all} frames`);
  };
  const [patchLight, markLight] = readFrames(folder, fps, onsetMark ? [patch, onsetMark] : [patch], told);
  const signalName = onsetMark ? `the region ${Object.values(onsetMark).join(',')}` : '';
  return { light: patchLight!, signal: markLight ?? null, lightName: `${folder} at ${fps} frames a second`, signalName };
}

function onsetsOf(options: OpticalOptions, { light, signal, signalName }: Recorded, flips: Flip[] | null): { onsets: Onsets | null; name: string } {
  const periodMs = samplePeriodMs(light);
  if (options.onsets === 'trace') return { onsets: onsetsOfFlips(flips!, options.clockOffsetMs!), name: 'the trace' };
  if (options.onsets !== null) {
    const numbers = readNumbers(options.onsets).sort((a, b) => a - b);
    if (options.light.kind === 'log') return { onsets: { timesMs: Float64Array.from(numbers), periodMs: 0 }, name: '--onsets' };
    // The first frame that shows it was preceded by one that did not: half a frame before is the best guess.
    const { fps } = options.light;
    const timesMs = Float64Array.from(numbers, (frame) => ((frame - 0.5) * 1000) / fps);
    return { onsets: { timesMs, periodMs }, name: 'frame numbers' };
  }
  if (!signal) return { onsets: null, name: '' };
  const timesMs = findOnsets(signal, { at: options.onsetAt, edge: options.onsetEdge });
  return { onsets: { timesMs, periodMs }, name: signalName };
}

/** A list on the command line, or a file with a number in each line. */
function readNumbers(listOrFile: string): number[] {
  if (!existsSync(listOrFile)) return numbersIn(listOrFile, '--onsets', 'numbers separated by commas, or a file that exists');
  const lines = readText(listOrFile, '--onsets').split(/\r?\n/);
  const numbers: number[] = [];
  for (const [k, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const value = Number(line);
    if (!Number.isFinite(value)) throw new LogError(`${listOrFile}, line ${k + 1}: "${line.trim()}" is not a number.`);
    numbers.push(value);
  }
  return numbers;
}

function readTrace(file: string, source: string | null): Flip[] {
  const text = readText(file, '--trace');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LogError(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  try {
    return flipsOfTrace(json, source);
  } catch (error) {
    if (error instanceof RangeError) throw new LogError(`${file} ${error.message}`);
    throw error;
  }
}

function readText(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code || String(error);
    throw new LogError(`${option} cannot read "${file}": ${why}.`);
  }
}
