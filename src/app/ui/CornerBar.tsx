import type { Commands } from '../commands';
import { ChevronIcon } from './icons';
import { OpeningSteps } from './OpeningSteps';
import { openLanding } from './page-state';
import { ArButton, VrButton } from './VrButton';

/** What is left of the landing panel while the visitor walks. */
export function CornerBar({ commands }: { commands: Commands }) {
  return (
    <div className="corner-bar">
      <OpeningSteps compact />
      <div className="corner-bar-row">
        <button type="button" className="button wordmark" aria-label="Reverie: show the worlds (Esc)" onClick={openLanding}>
          <ChevronIcon />
          Reverie
        </button>
        <VrButton commands={commands} compact />
        <ArButton commands={commands} compact />
      </div>
    </div>
  );
}
