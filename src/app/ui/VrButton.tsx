import { useId } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { XrMode } from '../../xr/xr-mode';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { askToEnter, askToLeave } from './ask';
import { arOffer, vrOffer, type XrOffer } from './vr-offer';

type ButtonProps = { commands: Commands; compact?: boolean };

/** `compact` shows nothing when there can be no VR here at all. */
export function VrButton({ commands, compact = false }: ButtonProps) {
  const offer = useStore(appStore, useShallow(vrOffer));
  const neverHere = useStore(appStore, (state) => state.xr.status === 'unavailable');
  if (!offer || (compact && neverHere)) return null;
  return <SessionButton mode="immersive-vr" offer={offer} commands={commands} compact={compact} />;
}

/** Only where the device has AR; elsewhere nobody would know what it is for. */
export function ArButton({ commands, compact = false }: ButtonProps) {
  const offer = useStore(appStore, useShallow(arOffer));
  return offer && <SessionButton mode="immersive-ar" offer={offer} commands={commands} compact={compact} />;
}

const keys: Record<XrMode, string> = { 'immersive-vr': 'V', 'immersive-ar': 'X' };

/**
 * Enter or leave a session. When it cannot be pressed it stays in the Tab order (aria-disabled), so that everybody can
 * read why. `compact` leaves the reason to screen readers and the tooltip.
 */
function SessionButton({ mode, offer, commands, compact }: { mode: XrMode; offer: XrOffer; commands: Commands; compact: boolean }) {
  const whyId = useId();
  const press = () => {
    if (offer.does === 'enter') askToEnter(commands, mode);
    if (offer.does === 'exit') askToLeave(commands);
  };
  return (
    <>
      <button
        type="button"
        className="button button-primary"
        aria-disabled={offer.does === 'nothing'}
        aria-describedby={offer.why ? whyId : undefined}
        aria-keyshortcuts={keys[mode]}
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
