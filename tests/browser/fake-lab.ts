import { vi } from 'vitest';
import type { HeadMotion, LabHost } from '../../src/app/lab/lab-host';
import { Contention } from '../../src/latency/contention';
import { SpanLog } from '../../src/latency/span-log';
import { momentCount } from '../../src/latency/stages';
import { reportOf } from '../unit/app/lab/fabricated-report';

/** A lab over a log that a test fills; nothing moves the head. */
export function fakeLab() {
  const spans = new SpanLog();
  const head = {
    traces: vi.fn<HeadMotion['traces']>(() => [
      { id: 'sine', name: 'Shaking the head', seconds: 8 },
      { id: 'walk', name: 'Walking', seconds: 12 },
    ]),
    play: vi.fn<HeadMotion['play']>(),
    stop: vi.fn<HeadMotion['stop']>(),
    record: vi.fn<HeadMotion['record']>(),
    keep: vi.fn<HeadMotion['keep']>(() => 'walk'),
    file: vi.fn<HeadMotion['file']>(() => new Uint8Array(8)),
    load: vi.fn<HeadMotion['load']>(() => 'walk'),
  };
  const lab = {
    spans,
    contention: new Contention(),
    report: vi.fn<LabHost['report']>(() => reportOf(12.5)),
    file: vi.fn<LabHost['file']>(() => '{}'),
    head,
  };
  return lab satisfies LabHost;
}

/** Display frames of 20 ms with one of 80, and model frames every 100 ms that took 5 ms a part, up to now. */
export function fillLog(log: SpanLog, seconds = 10): void {
  const nowMs = performance.now();
  for (let atMs = nowMs - 1000 * seconds; atMs < nowMs - 500; atMs += 20) {
    const row = log.display.begin();
    log.display.set(row, 'atMs', atMs);
    log.display.set(row, 'frameAgeMs', 120);
    log.display.set(row, 'poseGapDeg', 2);
    log.display.set(row, 'poseGapM', 0.05);
  }
  const late = log.display.begin();
  log.display.set(late, 'atMs', log.display.get(late - 1, 'atMs') + 80);
  for (let atMs = nowMs - 1000 * seconds; atMs < nowMs - 200; atMs += 100) {
    const moments = Float64Array.from({ length: momentCount }, (_, k) => atMs + 5 * k);
    log.frames.add(1, 1, moments, 1);
  }
}
