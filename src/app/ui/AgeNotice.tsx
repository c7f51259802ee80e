import { useStore } from 'zustand';
import { appStore } from '../store';
import { formatAge } from './format';

/**
 * Says that the picture stands, and for how long, while no new frame of the model comes. A screen reader hears once
 * that it stands: the seconds would never stop talking.
 */
export function AgeNotice() {
  const ageMs = useStore(appStore, (state) => state.stale?.ageMs ?? null);
  return (
    <>
      {ageMs !== null && (
        <p className="chip" aria-hidden="true" data-kind="age">
          Picture is <span className="numbers">{formatAge(ageMs)}</span> old
        </p>
      )}
      <div role="status" className="visually-hidden">
        {ageMs === null ? '' : 'No new picture comes; what you see stands still.'}
      </div>
    </>
  );
}
