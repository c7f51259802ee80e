import { useId } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { askForVr, askToLeaveVr } from './ask';
import { vrOffer } from './vr-offer';

/**
 * Enter or leave VR. When it cannot be pressed it stays in the Tab order (aria-disabled), so that everybody can read why.
 * `compact` leaves the reason to screen readers and the tooltip, and shows nothing when there can be no VR here at all.
 */
export function VrButton({ commands, compact = false }: { commands: Commands; compact?: boolean }) {
  const offer = useStore(
    appStore,
    useShallow((state) => vrOffer(state)),
  );
  const whyId = useId();
  const neverHere = useStore(appStore, (state) => state.xr.status === 'unavailable');
  if (compact && neverHere) return null;
  const press = () => {
    if (offer.does === 'enter') askForVr(commands);
    if (offer.does === 'exit') askToLeaveVr(commands);
  };
  return (
    <>
      <button
        type="button"
        className="button button-primary"
        aria-disabled={offer.does === 'nothing'}
        aria-describedby={offer.why ? whyId : undefined}
        aria-keyshortcuts="V"
        title={offer.why && compact ? offer.why : undefined}
        onClick={press}
      >
        {offer.label}
      </button>
      {offer.why && (
        <p id={whyId} className={compact ? 'visually-hidden' : 'vr-reason'}>
          {offer.why}
        </p>
      )}
    </>
  );
}
