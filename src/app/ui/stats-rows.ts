import type { Stats } from '../store';
import { formatNumber, providerName } from './format';

export type StatsRow = [label: string, value: string, unit: string];

/** What the statistics say, on the page and in the headset's menu. */
export function statsRows(stats: Stats): { title: string; rows: StatsRow[] }[] {
  const { display, model, frame } = stats;
  return [
    {
      title: 'Display',
      rows: [
        ['Rate', formatNumber(display.hz, 1), 'Hz'],
        ['Missed', formatNumber(display.missedPct, 1), '%'],
        ['Frame p50', formatNumber(display.frameMsP50, 1), 'ms'],
        ['Frame p99', formatNumber(display.frameMsP99, 1), 'ms'],
      ],
    },
    {
      title: 'Model',
      rows: [
        ['Runs on', providerName(model.provider), ''],
        ['Rate', formatNumber(model.hz, 1), 'Hz'],
        ['Step p50', formatNumber(model.stepMsP50, 1), 'ms'],
        ['Step p95', formatNumber(model.stepMsP95, 1), 'ms'],
        ['Frames', formatNumber(model.frames), ''],
      ],
    },
    {
      title: 'Newest frame',
      rows: [
        ['Age', formatNumber(frame.ageMs), 'ms'],
        ['Frame id', formatNumber(frame.id), ''],
        ['Action id', formatNumber(frame.actionId), ''],
      ],
    },
  ];
}
