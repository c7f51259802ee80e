import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runOptical } from '../../../../src/bench/optical/run';
import type { Measurement } from '../../../../src/latency/optical/measure';
import { createRandom } from '../../../../src/math/hash';
import { badDisplay, cleanDisplay, gaussian, line, photodiode, presses } from '../../latency/optical/synthetic';
import { markRegion, patchRegion, writeCsv, writeFrames, writeTrace } from './synthetic-files';

let dir: string;
const file = (name: string): string => path.join(dir, name);
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'reverie-optical-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Runs the tool and reads its JSON. */
function run(...argv: string[]): Measurement & { text: string } {
  const text = runOptical([...argv, '--json', file('out.json')]);
  return { ...(JSON.parse(readFileSync(file('out.json'), 'utf8')) as Measurement), text };
}

/** A log with noise, mains flicker, drift and a dimmed backlight, on a clock that runs off. */
function log(name: string, latencyMs: number, hz: number, count = 24): ReturnType<typeof presses> & { lengthMs: number } {
  const truth = presses(count, latencyMs, { seed: latencyMs });
  const lengthMs = truth.changesMs.at(-1)! + 400;
  const light = photodiode(truth.changesMs, lengthMs, hz, badDisplay, latencyMs);
  writeCsv(file(name), light, line(truth.onsetsMs, light.timesMs, 30, 4));
  return { ...truth, lengthMs };
}

describe('a photodiode', () => {
  test.each([
    [12, 1000], [40, 1000], [140, 1000], [12, 10_000], [40, 5000], [140, 10_000],
  ])('a latency of %i ms is found within 1 ms at %i samples a second, with noise, flicker, drift and a dimmed backlight', (latencyMs, hz) => {
    log('log.csv', latencyMs, hz);
    const { latency, brighter, darker, samples, missing, extra } = run('--log', file('log.csv'));
    expect(latency.n).toBe(24);
    expect(Math.abs(latency.meanMs - latencyMs)).toBeLessThan(1);
    // The truth lies within the error that the tool itself claims (4 of them), and that is small.
    expect(Math.abs(latency.meanMs - latencyMs)).toBeLessThan(4 * latency.standardErrorMs + 0.05);
    expect(latency.standardErrorMs).toBeLessThan(0.5);
    expect(latency.minMs).toBeGreaterThan(latencyMs - 2.5);
    expect(latency.maxMs).toBeLessThan(latencyMs + 2.5);
    expect([brighter.n, darker.n, missing, extra]).toEqual([12, 12, 0, 0]);
    expect(samples.periodMs).toBeCloseTo(1000 / hz);
  });

  test('flips that never came are counted; a flash beside a flip may cost that flip, but shifts none', () => {
    const truth = presses(30, 40, { seed: 5 });
    const lengthMs = truth.changesMs.at(-1)! + 400;
    // A press that the page did not see flips nothing: the ones after it flip the other way.
    const changesMs = truth.changesMs.filter((_, k) => k % 10 !== 4);
    const light = photodiode(changesMs, lengthMs, 2000, badDisplay);
    for (const k of [7, 15, 22]) {
      for (const [i, atMs] of light.timesMs.entries()) {
        if (atMs > truth.onsetsMs[k]! + 10 && atMs < truth.onsetsMs[k]! + 25) light.levels[i]! += 1.5;
      }
    }
    writeCsv(file('log.csv'), light, line(truth.onsetsMs, light.timesMs));
    const { latency, missing, notes } = run('--log', file('log.csv'), '--latency-ms', '0,200');
    expect(missing).toBeGreaterThanOrEqual(3);
    expect(missing).toBeLessThanOrEqual(6);
    expect(latency.n + missing).toBe(30);
    expect(Math.abs(latency.meanMs - 40)).toBeLessThan(1);
    expect(latency.maxMs - latency.minMs).toBeLessThan(4);
    expect(notes.join(' ')).toContain(`${missing} onsets had no answer in time.`);
  });

  test('a trace on another clock tells the patch from lamps that are switched; no latency comes from the trace alone', () => {
    const { onsetsMs, changesMs, lengthMs } = log('log.csv', 40, 1000, 30);
    const light = photodiode(changesMs, lengthMs, 1000, badDisplay, 3);
    // A lamp that goes out 5 ms after some presses, after 200 ms: as long as a flip, and before the patch.
    for (const k of [3, 9, 14, 20, 27]) {
      for (const [i, atMs] of light.timesMs.entries()) if (atMs > onsetsMs[k]! - 200 && atMs < onsetsMs[k]! + 5) light.levels[i]! += 1;
    }
    writeCsv(file('log.csv'), light, line(onsetsMs, light.timesMs));
    const normal = gaussian(8);
    const page = (ms: number): number => 987_654 + 1.0004 * ms;
    const flips = changesMs.map((ms, k) => ({ displayMs: page(ms) - 11 + normal(), onsetMs: page(onsetsMs[k]!) + 3 }));
    writeTrace(file('trace.json'), flips);
    const alone = run('--log', file('log.csv'), '--latency-ms', '0,200');
    expect(Math.abs(alone.latency.meanMs - 40)).toBeGreaterThan(2);
    const both = run('--log', file('log.csv'), '--trace', file('trace.json'), '--latency-ms', '0,200');
    expect(both.latency.n).toBeGreaterThanOrEqual(24);
    expect(Math.abs(both.latency.meanMs - 40)).toBeLessThan(1);
    expect(both.extra).toBeGreaterThanOrEqual(3);
    expect(Math.abs(both.trace!.driftPpm - 400)).toBeLessThan(4 * both.trace!.driftErrorPpm + 10);
    expect(both.trace!.jitterMs).toBeLessThan(3);
    expect(both.trace!.lightAfterExpected.n).toBe(0);
    expect(both.trace!.lightAfterExpected.meanMs).toBeNull();
    expect(both.trace!.estimated.kind).toBe('estimated');
    expect(both.trace!.estimated.meanMs).toBeCloseTo(40 - 11 - 3, 0);
    // The estimate stands below its own heading.
    expect(both.text.indexOf('ESTIMATED')).toBeGreaterThan(both.text.indexOf('OPTICALLY'));

    writeCsv(file('plain.csv'), photodiode(changesMs, lengthMs, 1000, badDisplay, 3), null);
    const traced = run('--log', file('plain.csv'), '--trace', file('trace.json'));
    expect(traced.latency.n).toBe(0);
    expect(traced.latency.meanMs).toBeNull();
    expect(traced.trace!.seen).toBe(30);
    expect(traced.notes.join(' ')).toContain('its latency cannot be known');
    expect(traced.text).toContain('none recorded');
  });

  test('on one clock the trace gives the onsets, and how late the display is', () => {
    const { onsetsMs, changesMs } = log('log.csv', 40, 1000);
    const offsetMs = 5000;
    writeTrace(file('trace.json'), changesMs.map((ms, k) => ({ displayMs: ms + offsetMs - 11, onsetMs: onsetsMs[k]! + offsetMs + 3 })));
    const { latency, trace } = run('--log', file('log.csv'), '--trace', file('trace.json'), '--onsets', 'trace', '--clock-offset-ms', '5000');
    expect(Math.abs(latency.meanMs - 37)).toBeLessThan(1);
    expect(Math.abs(trace!.lightAfterExpected.meanMs - 11)).toBeLessThan(1);
    const wrong = run('--log', file('log.csv'), '--trace', file('trace.json'), '--clock-offset-ms', '0');
    expect(wrong.notes.join(' ')).toContain('the clocks do not agree');
  });

  test('presses that come faster than the light answers are not passed off as a short latency', () => {
    const { onsetsMs, changesMs } = presses(30, 700, { spacingMs: 400 });
    const light = photodiode(changesMs, changesMs.at(-1)! + 300, 1000, badDisplay);
    writeCsv(file('fast.csv'), light, line(onsetsMs, light.timesMs));
    const { rivalMs, notes } = run('--log', file('fast.csv'));
    expect(Math.abs(rivalMs - 700)).toBeLessThan(1);
    expect(notes[0]).toMatch(/^WARNING: the answers fit earlier onsets much better, at about 700 ms/);
    // Whoever knows about how long it takes says so.
    const known = run('--log', file('fast.csv'), '--latency-ms', '550,850');
    expect(known.latency.n).toBe(30);
    expect(Math.abs(known.latency.meanMs - 700)).toBeLessThan(1);
    expect(known.notes.join(' ')).not.toContain('WARNING');
  });

  test('a dark log, a quiet onset line and lost samples are said', () => {
    const light = photodiode([], 3000, 1000, badDisplay);
    const keep = light.timesMs.map((_, i) => (i % 1000 === 500 ? 0 : 1));
    const broken = { timesMs: light.timesMs.filter((_, i) => keep[i]), levels: light.levels.filter((_, i) => keep[i]) };
    writeCsv(file('dark.csv'), broken, { timesMs: broken.timesMs, levels: broken.timesMs.map(() => 0) });
    const { notes, latency, text } = run('--log', file('dark.csv'));
    expect(latency.n).toBe(0);
    expect(notes).toEqual([
      'The light never flips: is the sensor on the patch, and the option "optical" on?',
      'The onset signal never leaves its rest: is it the right column or region?',
      'The recording has 3 gaps: samples are missing there.',
    ]);
    expect(text).toContain('n/a');
    writeCsv(file('dark.csv'), broken, null);
    expect(() => run('--log', file('dark.csv'))).toThrow('Nothing says when the onsets were: give --onset COLUMN');
  });

  test('onsets from a list or a file', () => {
    const { onsetsMs } = log('log.csv', 40, 1000);
    const listed = run('--log', file('log.csv'), '--onsets', onsetsMs.map((ms) => ms.toFixed(2)).join(','));
    expect(Math.abs(listed.latency.meanMs - 40)).toBeLessThan(1);
    writeFileSync(file('onsets.txt'), `# ms\n${onsetsMs.join('\n')}\n`);
    expect(run('--log', file('log.csv'), '--onsets', file('onsets.txt')).latency.meanMs).toBeCloseTo(listed.latency.meanMs, 1);
  });
});

describe('a camera of 240 frames a second', () => {
  // 20 flicks at uneven times: the quantum of 4.2 ms at both ends asks for 12 to know the mean to 1 ms.
  test.each([
    [12, 1], [40, 0.25], [140, 1],
  ])('a latency of %i ms is found within 1 ms, exposed for %f of each frame', (latencyMs, exposure) => {
    const folder = file(`frames-${latencyMs}`);
    const { onsetsMs, changesMs } = presses(20, latencyMs, { spacingMs: latencyMs + 140, startMs: 150, seed: latencyMs });
    const lengthMs = changesMs.at(-1)! + 150;
    const normal = gaussian(3);
    const display = { ...badDisplay, drift: 0.1, noise: 0, flicker: 0.05 };
    writeFrames(folder, { fps: 240, exposure, firstMs: 1.3 }, changesMs, onsetsMs, lengthMs, display, () => 0.02 * normal());
    const { latency, brighter, darker, quantisation, notes } = run('--frames', folder, '--fps', '240', '--patch', patchRegion, '--onset-mark', markRegion);
    expect(latency.n).toBe(20);
    expect(Math.abs(latency.meanMs - latencyMs)).toBeLessThan(1);
    // Half lit frames are weighed as light, so both directions agree.
    for (const { meanMs } of [brighter, darker]) expect(Math.abs(meanMs - latencyMs)).toBeLessThan(exposure === 1 ? 0.5 : 1.5);
    expect(quantisation.deviationMs).toBeCloseTo(1.701, 2);
    expect(quantisation.flipsForOneMs).toBeLessThanOrEqual(20);
    expect(notes.join(' ')).toMatch(/About \d+ flips make the mean certain to 1 ms \(95 %\); there are 20\./);
  });

  test('onsets as the numbers of the first frames that show them', () => {
    const { onsetsMs, changesMs } = presses(20, 40, { spacingMs: 180, startMs: 150, seed: 40 });
    const first = onsetsMs.map((ms) => Math.ceil((ms - 1.3) / (1000 / 240)));
    expect(changesMs).toHaveLength(20);
    const { latency } = run('--frames', file('frames-40'), '--fps', '240', '--patch', patchRegion, '--onsets', first.join(','));
    expect(latency.n).toBe(20);
    expect(Math.abs(latency.meanMs - 40)).toBeLessThan(1.5);
  });

  test('broken folders are refused with the file', () => {
    const folder = file('frames-12');
    const call = (...more: string[]): string => runOptical(['--frames', folder, '--fps', '240', '--onsets', '5', ...more]);
    expect(() => call('--patch', '20,5,9,4')).toThrow(/The region 20,5,9,4 does not lie within .*frame_00001\.png, which is 24 x 14\./);
    writeFileSync(path.join(folder, 'frame_00004.png'), 'no picture');
    expect(() => call('--patch', patchRegion)).toThrow(/frame_00004\.png cannot be read as a PNG: /);
    rmSync(path.join(folder, 'frame_00003.png'));
    expect(() => call('--patch', patchRegion)).toThrow('frame_00002.png and frame_00004.png in');
    expect(() => runOptical(['--frames', file('none'), '--fps', '240', '--patch', patchRegion, '--onsets', '5'])).toThrow('There is no folder');
  });
});

test('unevenly sampled logs do as well as even ones', () => {
  const { onsetsMs, changesMs } = presses(24, 40);
  const lengthMs = changesMs.at(-1)! + 400;
  const random = createRandom(2);
  const even = photodiode(changesMs, lengthMs, 4000, cleanDisplay);
  const keep = even.timesMs.map(() => (random() < 0.4 ? 1 : 0));
  const light = { timesMs: even.timesMs.filter((_, i) => keep[i]), levels: even.levels.filter((_, i) => keep[i]) };
  writeCsv(file('uneven.csv'), light, line(onsetsMs, light.timesMs));
  const { latency } = run('--log', file('uneven.csv'));
  expect(latency.n).toBe(24);
  expect(Math.abs(latency.meanMs - 40)).toBeLessThan(0.5);
});

test('the program itself: a table on its output, JSON in the file, a sentence and 2 for a mistake', () => {
  log('log.csv', 40, 1000);
  const program = (...argv: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, ['scripts/run-ts.mjs', 'src/bench/optical/main.ts', ...argv], { encoding: 'utf8' });
  const good = program('--log', file('log.csv'), '--json', file('cli.json'));
  expect(good.stderr).toBe('');
  expect(good.status).toBe(0);
  expect(good.stdout).toMatch(/OPTICALLY MEASURED[^]*24 from column "onset"[^]*onset to light +\d\d\.\d\d ± 0\.\d\d +24 /);
  const json = JSON.parse(readFileSync(file('cli.json'), 'utf8')) as Measurement & { format: string };
  expect(json).toMatchObject({ format: 'reverie-optical', version: 1, kind: 'optically measured', trace: null });
  expect(Math.abs(json.latency.meanMs - 40)).toBeLessThan(1);
  const bad = program('--log', file('no.csv'));
  expect(bad.status).toBe(2);
  expect(bad.stderr).toBe(`--log cannot read "${file('no.csv')}": there is no such file.\n`);
  expect(existsSync(file('no.json'))).toBe(false);
});
