import { useId } from 'react';
import { useStore } from 'zustand';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { askToOpen } from './ask';
import { kindWords } from './world-words';

/** Every world as a button; the one that is drawn now and the one that is loading say so. */
export function WorldPicker({ commands }: { commands: Commands }) {
  const worlds = useStore(appStore, (state) => state.worlds);
  const world = useStore(appStore, (state) => state.world);
  const openingId = useStore(appStore, (state) => state.opening?.worldId);
  const headingId = useId();
  const isPackage = world !== null && !worlds.some(({ id }) => id === world.id);
  return (
    <section className="worlds" aria-labelledby={headingId}>
      <div className="worlds-head">
        <h2 id={headingId}>Worlds</h2>
        <button
          type="button"
          className="button button-quiet"
          aria-keyshortcuts="N"
          title="The same kind of world from another random seed (N)"
          onClick={() => commands.newSeed()}
        >
          New world
        </button>
      </div>
      <ul>
        {worlds.map((entry) => (
          <li key={entry.id}>
            <WorldButton
              name={entry.name}
              kind={kindWords[entry.kind]}
              description={entry.description}
              state={entry.id === openingId ? 'opening' : entry.id === world?.id ? 'here' : 'elsewhere'}
              onPick={() => askToOpen(commands, entry.id)}
            />
          </li>
        ))}
        {isPackage && (
          <li>
            <WorldButton name={world.name} kind="Package from an address" description={world.description} state="here" />
          </li>
        )}
      </ul>
    </section>
  );
}

type WorldButtonProps = {
  name: string;
  kind: string;
  description: string;
  state: 'here' | 'opening' | 'elsewhere';
  onPick?: () => void;
};

const stateWords = { here: 'You are here', opening: 'Opening…', elsewhere: '' } as const;

function WorldButton({ name, kind, description, state, onPick }: WorldButtonProps) {
  const descriptionId = useId();
  return (
    <button
      type="button"
      className="world"
      data-state={state}
      aria-current={state === 'here' ? 'true' : undefined}
      aria-busy={state === 'opening' ? 'true' : undefined}
      aria-describedby={descriptionId}
      onClick={onPick}
    >
      <span className="world-name">{name}</span>
      {state !== 'elsewhere' && <span className="world-state">{stateWords[state]}</span>}
      <span className="world-about">
        <span className="world-kind">{kind}</span>
        <span id={descriptionId} className="world-description">
          {description}
        </span>
      </span>
    </button>
  );
}
