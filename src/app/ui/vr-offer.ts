import type { AppState } from '../store';

/** What the VR button says and whether it can be pressed; `why` is shown beside it whenever it cannot. */
export type VrOffer = { label: string; does: 'enter' | 'exit' | 'nothing'; why: string | null };

export function vrOffer({ xr, alive, opening, notices }: Pick<AppState, 'xr' | 'alive' | 'opening' | 'notices'>): VrOffer {
  if (xr.status === 'presenting') return { label: 'Exit VR', does: 'exit', why: null };
  if (xr.status === 'unavailable') return { label: 'Enter VR', does: 'nothing', why: xr.reason };
  if (xr.status === 'checking') return { label: 'Enter VR', does: 'nothing', why: 'Looking for a headset…' };
  if (alive) return { label: 'Enter VR', does: 'enter', why: null };
  if (opening === null && notices.some((notice) => notice.level === 'error')) {
    return { label: 'Enter VR', does: 'nothing', why: 'No world is running yet; pick one below.' };
  }
  return { label: 'Preparing…', does: 'nothing', why: 'VR opens with the first picture of a world.' };
}
