import type { Ref } from 'react';
import type { Commands } from '../commands';
import { OpeningSteps } from './OpeningSteps';
import { foldLanding } from './page-state';
import { ArButton, VrButton } from './VrButton';
import { WorldPicker } from './WorldPicker';

/** Name, sentence, the way in, the worlds; the running world shows behind it. */
export function Landing({ commands, ref }: { commands: Commands; ref: Ref<HTMLDivElement> }) {
  return (
    <div className="landing" ref={ref} tabIndex={-1}>
      <div className="landing-body">
        <h1>Reverie</h1>
        <p className="lead">Step inside a world that a neural network dreams around you.</p>
        <div className="ways-in">
          <VrButton commands={commands} />
          <ArButton commands={commands} />
          <button type="button" className="button" onClick={foldLanding}>
            Explore here
          </button>
        </div>
        <WorldPicker commands={commands} />
        <OpeningSteps />
        <p className="hint">
          <span className="hint-fine">
            Drag to look, <kbd>W</kbd> <kbd>A</kbd> <kbd>S</kbd> <kbd>D</kbd> to walk, <kbd>H</kbd> for help.
          </span>
          <span className="hint-coarse">Left thumb walks, right thumb looks around.</span>
        </p>
      </div>
    </div>
  );
}
