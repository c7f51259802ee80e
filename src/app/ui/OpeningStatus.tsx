import { useStore } from 'zustand';
import { appStore, type AppState } from '../store';
import { openingName, stepSentence } from './OpeningSteps';

function sentence(state: AppState): string {
  if (state.opening) return `Opening ${openingName(state)}: ${stepSentence(state.opening.progress)}.`;
  return state.world ? `${state.world.name} is running.` : '';
}

/** Says the progress of opening a world to a screen reader: once a step, never once a byte. */
export function OpeningStatus() {
  const said = useStore(appStore, sentence);
  return (
    <p role="status" className="visually-hidden">
      {said}
    </p>
  );
}
