import { useStore } from 'zustand';
import { appStore } from '../store';
import { debugChoices } from './settings-choices';

/** What the colours of the debug view mean, while one is shown. */
export function DebugLegend() {
  const debug = useStore(appStore, (state) => state.options.debug);
  const shown = debugChoices.find(({ value }) => value === debug);
  return (
    <div role="status">
      {shown && debug !== 'none' && (
        <p className="chip" data-kind="debug">
          <strong>{shown.label}</strong> {shown.explains}
        </p>
      )}
    </div>
  );
}
