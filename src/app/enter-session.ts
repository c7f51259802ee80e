import { xrModes, type XrMode } from '../xr/xr-mode';
import { reasonOf } from './reason';
import type { StageHooks } from './stage-hooks';
import { dismiss, notify } from './store';

/** What people call them. */
export const sessionNames: Readonly<Record<XrMode, string>> = { 'immersive-vr': 'VR', 'immersive-ar': 'AR' };

/** Starts a session, or says in a sentence why there is none, and throws. */
export async function enterSession(stage: StageHooks, mode: XrMode): Promise<void> {
  if (!xrModes.includes(mode)) {
    throw new RangeError(`Reverie cannot enter "${String(mode)}"; the modes it knows are ${xrModes.join(' and ')}.`);
  }
  try {
    await stage.enter(mode);
    dismiss('xr');
  } catch (error) {
    notify({ id: 'xr', level: 'error', text: `${sessionNames[mode]} could not start: ${reasonOf(error)}` });
    throw error;
  }
}
