import { useStore } from 'zustand';
import type { SpanLog } from '../../latency/span-log';
import type { ReprojectionMode } from '../../reproject/modes';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { ChoiceField } from '../ui/fields';
import { reprojections } from '../ui/settings-choices';
import { otherMode, sideOf, type AbChoice } from './ab';
import { labStore } from './lab-store';
import { showMode, switchAb } from './switch-mode';

const choices = reprojections.map(({ value, label }) => ({ value, label }));
const labelOf = (mode: ReprojectionMode): string => choices.find(({ value }) => value === mode)!.label;

/** Two ways to redraw, and the button that goes between them. */
export function CompareSection({ commands, log }: { commands: Commands; log: SpanLog }) {
  const ab = useStore(labStore, (state) => state.ab);
  const isResting = useStore(labStore, (state) => state.suite !== null);
  const mode = useStore(appStore, (state) => state.options.reprojection);
  const side = sideOf(ab, mode);
  const next = otherMode(ab, mode);
  const nextSide = side === 'A' ? 'B' : 'A';

  /** The side that is shown follows its new choice. */
  const choose = (which: 'A' | 'B', chosen: ReprojectionMode): void => {
    const choice: AbChoice = which === 'A' ? { ...ab, a: chosen } : { ...ab, b: chosen };
    labStore.setState({ ab: choice });
    if (side === which) showMode(commands, log, chosen);
  };

  return (
    <div className="lab-compare">
      <div className="lab-ab">
        <p className="lab-shown" role="status">
          <span className="quiet">Shown</span> {side !== null && <b>{side}</b>} {labelOf(mode)}
        </p>
        <button
          type="button"
          className="button"
          aria-keyshortcuts="B"
          aria-disabled={isResting}
          onClick={() => switchAb(commands, log)}
        >
          Show {nextSide}: {labelOf(next)} <kbd>B</kbd>
        </button>
      </div>
      <ChoiceField legend="A" choices={choices} value={ab.a} onChange={(chosen) => choose('A', chosen)} compact />
      <ChoiceField legend="B" choices={choices} value={ab.b} onChange={(chosen) => choose('B', chosen)} compact />
    </div>
  );
}
