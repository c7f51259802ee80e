import { sessionNames } from '../enter-session';
import type { XrMode } from '../../xr/xr-mode';
import type { AppState } from '../store';

/** What the button says and whether it can be pressed; `why` is shown beside it whenever it cannot. */
export type XrOffer = { label: string; does: 'enter' | 'exit' | 'nothing'; why: string | null };

type Known = Pick<AppState, 'xr' | 'arHere' | 'alive' | 'opening' | 'notices'>;

/** What the VR button offers; null: it is not shown, because the AR button says how to leave. */
export function vrOffer(state: Omit<Known, 'arHere'>): XrOffer | null {
  const { xr } = state;
  if (xr.status === 'unavailable') return { label: 'Enter VR', does: 'nothing', why: xr.reason };
  if (xr.status === 'checking') return { label: 'Enter VR', does: 'nothing', why: 'Looking for a headset…' };
  return offerOf('immersive-vr', state);
}

/** What the AR button offers; null: it is not shown, as on all devices without AR. */
export function arOffer(state: Known): XrOffer | null {
  return state.arHere ? offerOf('immersive-ar', state) : null;
}

function offerOf(mode: XrMode, { xr, alive, opening, notices }: Omit<Known, 'arHere'>): XrOffer | null {
  const name = sessionNames[mode];
  if (xr.status === 'presenting') return xr.mode === mode ? { label: `Exit ${name}`, does: 'exit', why: null } : null;
  if (alive) return { label: `Enter ${name}`, does: 'enter', why: null };
  if (opening === null && notices.some((notice) => notice.level === 'error')) {
    return { label: `Enter ${name}`, does: 'nothing', why: 'No world is running yet; pick one below.' };
  }
  return { label: 'Preparing…', does: 'nothing', why: `${name} opens with the first picture of a world.` };
}
