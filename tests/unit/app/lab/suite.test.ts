import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSuite, suiteMs, suiteOptions, suiteSizes } from '../../../../src/app/lab/suite-plan';
import { SuiteRun, type SuiteHost } from '../../../../src/app/lab/suite-run';
import { defaultOptions, type Options } from '../../../../src/app/options';
import { validateOptions } from '../../../../src/app/validate-options';
import { reprojectionModes } from '../../../../src/reproject/modes';

const own: Options = { ...defaultOptions, reprojection: 'mesh', addLatencyMs: 33, modelHz: 12, governor: true, seed: 9 };

type Fake = SuiteHost<{ options: Options; measuredMs: number; sinceSetMs: number }> & { playing: boolean; log: string[]; nowMs: number };

/** Says what a report was read under: options, over how long, and how long after they had been set that time began. */
function fakeHost(): Fake {
  let options: Options = { ...own };
  let setMs = Number.NaN;
  const host: Fake = {
    playing: false,
    log: [],
    nowMs: 0,
    options: () => options,
    set(changes) {
      options = { ...options, ...validateOptions(changes) };
      setMs = host.nowMs;
    },
    play() {
      host.playing = true;
      host.log.push('play');
    },
    stop() {
      host.playing = false;
      host.log.push('stop');
    },
    read: (sinceMs) => ({ options: { ...options }, measuredMs: host.nowMs - sinceMs, sinceSetMs: sinceMs - setMs }),
  };
  return host;
}

function runFor(run: SuiteRun<unknown>, host: Fake, ms: number, stepMs = 97): void {
  for (let t = 0; t <= ms && run.outcome === 'running'; t += stepMs) {
    run.tick(host.nowMs);
    host.nowMs += stepMs;
  }
}

describe('the plan of a suite', () => {
  test.each(suiteSizes)('of size %s holds every mode at every latency once, and the model on and at rest', (size) => {
    const cells = planSuite(size);
    const grid = cells.filter(({ kind }) => kind === 'grid');
    const latencies = new Set(grid.map(({ addLatencyMs }) => addLatencyMs));
    expect(grid).toHaveLength(latencies.size * reprojectionModes.length);
    expect(latencies.has(0)).toBe(true);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    const contention = cells.filter(({ kind }) => kind !== 'grid').map(({ kind }) => kind);
    expect(contention).toEqual(['model on', 'model at rest', 'model at rest', 'model on']);
    for (const cell of grid) expect(cell.settleMs).toBeGreaterThan(cell.addLatencyMs);
  });

  test('quick takes less than two minutes', () => {
    expect(suiteMs(planSuite('quick'))).toBeLessThan(120_000);
  });
});

describe('a run of a suite', () => {
  test('measures each cell under its own options, and only after they had time to show', () => {
    const host = fakeHost();
    const cells = planSuite('quick');
    const run = new SuiteRun(cells, host);
    runFor(run, host, 2 * suiteMs(cells));
    expect(run.outcome).toBe('done');
    expect(run.share(host.nowMs)).toBe(1);
    expect(run.results.map(({ cell }) => cell)).toEqual(cells);
    for (const { cell, report } of run.results) {
      expect(report.options).toMatchObject({ reprojection: cell.reprojection, addLatencyMs: cell.addLatencyMs, governor: false });
      expect(report.options.modelHz).toBe(cell.modelHz ?? own.modelHz);
      expect(report.measuredMs).toBeGreaterThanOrEqual(cell.measureMs);
      expect(report.sinceSetMs).toBeGreaterThanOrEqual(cell.settleMs);
    }
    expect(host.options()).toEqual(own);
    expect(host.playing).toBe(false);
    expect(host.log.filter((entry) => entry === 'play')).toHaveLength(cells.length);
  });

  test('gives options and head back wherever it is cancelled, and keeps what it has', () => {
    const cells = planSuite('quick');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: suiteMs(cells) }), (ms) => {
        const host = fakeHost();
        const run = new SuiteRun(cells, host);
        runFor(run, host, ms);
        const measured = run.results.length;
        run.cancel();
        run.tick(host.nowMs + 1e6);
        expect(run.outcome).toBe('cancelled');
        expect(run.results).toHaveLength(measured);
        expect(host.options()).toEqual(own);
        expect(host.playing).toBe(false);
      }),
    );
  });

  test.each(['set', 'play', 'read'] as const)('ends with a sentence and everything as before when %s fails', (step) => {
    const host = fakeHost();
    const works = host[step] as (given: never) => unknown;
    let calls = 0;
    // The third call is in the middle of a cell; giving back works again.
    (host[step] as unknown) = (given: never) => {
      calls++;
      if (calls === 3) throw new Error('The trace has no poses; choose another.');
      return works(given);
    };
    const run = new SuiteRun(planSuite('quick'), host);
    runFor(run, host, 1e6);
    expect(run.outcome).toBe('failed');
    expect(run.problem).toBe('The trace has no poses; choose another.');
    expect(host.options()).toEqual(own);
    expect(host.playing).toBe(false);
  });

  test('gives the options back even when the head cannot be given back', () => {
    const host = fakeHost();
    host.stop = () => {
      throw new Error('The trace does not stop.');
    };
    const run = new SuiteRun(planSuite('quick'), host);
    runFor(run, host, 5000);
    run.cancel();
    expect(run.outcome).toBe('failed');
    expect(run.problem).toBe('The trace does not stop.');
    expect(host.options()).toEqual(own);
  });

  test('tells a progress that never falls, up to 1', () => {
    const host = fakeHost();
    const cells = planSuite('quick');
    const run = new SuiteRun(cells, host);
    let last = 0;
    while (run.outcome === 'running') {
      run.tick(host.nowMs);
      const share = run.share(host.nowMs);
      expect(share).toBeGreaterThanOrEqual(last);
      expect(share).toBeLessThanOrEqual(1);
      last = share;
      host.nowMs += 250;
    }
    expect(last).toBe(1);
  });

  test('changes only what it names', () => {
    const host = fakeHost();
    const changed = new Set<string>();
    const { set } = host;
    host.set = (changes) => {
      for (const name of Object.keys(changes)) changed.add(name);
      set(changes);
    };
    const run = new SuiteRun(planSuite('quick'), host);
    runFor(run, host, 1e6);
    expect([...changed].toSorted()).toEqual([...suiteOptions].toSorted());
  });

  test('needs a cell', () => {
    expect(() => new SuiteRun([], fakeHost())).toThrow('at least one cell');
  });
});
