import { displayColumns } from './display-log';
import type { SpanLog } from './span-log';
import { momentNames, sumErrorMsOf, totalMsOf, type Span } from './stages';

/**
 * One row for each model frame that reached the screen (`frame`) and each action with an input event that did (`input`):
 * its moments in ms on the window's clock, its total, and how far its parts are from adding up to that. Missing: empty.
 */
export function toCsv(log: SpanLog): string {
  const times = momentNames.map((name) => `${name}Ms`);
  const header = ['kind', 'frameId', 'actionId', ...times, 'uploadCostMs', 'totalMs', 'sumErrorMs'];
  const line = (kind: string, { frameId, actionId, moments, uploadMs }: Span): string =>
    [kind, frameId, actionId, ...[...moments, uploadMs, totalMsOf(moments), sumErrorMsOf(moments)].map(cell)].join();
  const frames = log.frames.read().map((span) => line('frame', span));
  const inputs = log.inputs.read().map((span) => line('input', span));
  return `${[header.join(), ...frames, ...inputs].join('\n')}\n`;
}

/** One row for each display frame, with the columns of `display-log.ts`. */
export function displayToCsv({ display }: SpanLog): string {
  const lines = [displayColumns.join()];
  for (let row = display.total - display.count; row < display.total; row++) {
    lines.push(displayColumns.map((column) => cell(display.get(row, column))).join());
  }
  return `${lines.join('\n')}\n`;
}

function cell(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}
