import type { SpanLog } from '../../latency/span-log';
import type { ReprojectionMode } from '../../reproject/modes';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { otherMode, sideOf } from './ab';
import { labStore } from './lab-store';

/** Shows another mode, and writes down when: what is seen from now on belongs to it. */
export function showMode(commands: Pick<Commands, 'set'>, log: Pick<SpanLog, 'event'>, to: ReprojectionMode): void {
  const from = appStore.getState().options.reprojection;
  if (to === from) return;
  commands.set({ reprojection: to });
  log.event('mode', performance.now(), { from, to, side: sideOf(labStore.getState().ab, to) ?? '' });
}

/** The button that goes between A and B; it rests while a suite chooses the modes. @returns the mode that is shown */
export function switchAb(commands: Pick<Commands, 'set'>, log: Pick<SpanLog, 'event'>): ReprojectionMode {
  const { ab, suite } = labStore.getState();
  if (suite === null) showMode(commands, log, otherMode(ab, appStore.getState().options.reprojection));
  return appStore.getState().options.reprojection;
}
