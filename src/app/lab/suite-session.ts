import type { LatencyReport } from '../../latency/lab-report';
import type { Commands } from '../commands';
import { appStore } from '../store';
import type { LabHost } from './lab-host';
import { labStore } from './lab-store';
import { planSuite, suiteMs, type SuiteCell, type SuiteSize } from './suite-plan';
import { fillContention } from './suite-result';
import { SuiteRun } from './suite-run';

const tickMs = 100;

let cancelRunning: (() => void) | null = null;

/** Starts a suite with the chosen trace; nothing happens while one runs. It goes on when the panel is closed. */
export function startSuite(host: LabHost, commands: Pick<Commands, 'set'>, size: SuiteSize, cells = planSuite(size)): void {
  const { suite, head, traceId, traces } = labStore.getState();
  if (suite !== null) return;
  if (head === 'recording') {
    labStore.setState({ problem: 'The head is being recorded; end the recording first, because the suite moves the head.' });
    return;
  }
  const { options, world } = appStore.getState();
  const begunAt = new Date().toISOString();
  const run = new SuiteRun<LatencyReport>(cells, {
    options: () => appStore.getState().options,
    set: (changes) => commands.set(changes),
    play: () => host.head.play(traceId),
    stop: () => host.head.stop(),
    read: (sinceMs) => host.report(sinceMs),
  });
  const timer = setInterval(() => advance(), tickMs);
  const advance = (): void => {
    const nowMs = performance.now();
    const before = run.cell;
    run.tick(nowMs);
    if (run.cell && run.cell !== before) host.spans.event('suite', nowMs, { cell: run.cell.id });
    if (run.outcome === 'running') labStore.setState({ suite: progressOf(run, nowMs) });
    else finish();
  };
  const finish = (): void => {
    clearInterval(timer);
    cancelRunning = null;
    const { outcome, problem, results } = run;
    if (outcome === 'running') return;
    fillContention(host.contention, results);
    labStore.setState({
      suite: null,
      head: 'free',
      problem: problem === null ? null : `The suite stopped: ${problem}`,
      result: {
        kind: 'estimated',
        size,
        outcome,
        problem,
        begunAt,
        userAgent: navigator.userAgent,
        world: world?.id ?? '',
        provider: world?.provider ?? '',
        trace: traces.find(({ id }) => id === traceId)?.name ?? '',
        options,
        cells: results,
        contention: host.contention.result(),
      },
    });
  };
  cancelRunning = () => {
    run.cancel();
    finish();
  };
  labStore.setState({ head: 'playing', problem: null });
  advance();
}

/** Ends the suite that runs, if one does; what it has measured stays. */
export function cancelSuite(): void {
  cancelRunning?.();
}

function progressOf(run: SuiteRun<LatencyReport>, nowMs: number): { cell: string; index: number; count: number; share: number; leftS: number } {
  const share = run.share(nowMs);
  return {
    cell: cellWords(run.cell),
    index: run.results.length,
    count: run.cells.length,
    share,
    leftS: Math.ceil(((1 - share) * suiteMs(run.cells)) / 1000),
  };
}

function cellWords(cell: SuiteCell | null): string {
  if (!cell) return '';
  return cell.kind === 'grid' ? `${cell.reprojection}, ${cell.addLatencyMs} ms added` : cell.kind;
}
