import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { LogEvent, SpanLog } from '../../latency/span-log';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { ChoiceField } from '../ui/fields';
import { opticalChoicesShown } from './optical-choices';
import { decisionWords, governorWords } from './governor-words';

const refreshMs = 1000;
const shownDecisions = 6;

/** What the product does about latency by itself, its switches, and what it has decided. */
export function GovernSection({ commands, log }: { commands: Commands; log: SpanLog }) {
  const { governor, prediction, optical } = useStore(appStore, (state) => state.options);
  const state = useStore(appStore, (app) => app.governor);
  const { decisions, nowMs } = useDecisions(log);
  return (
    <>
      <label className="check">
        <input type="checkbox" checked={governor} onChange={(event) => commands.set({ governor: event.currentTarget.checked })} />
        Governor: ask less of the model while display frames are missed
      </label>
      <p className="lab-governor">{governorWords(governor, state)}</p>
      {decisions.length > 0 && (
        <ol className="lab-decisions" aria-label="Decisions of the governor, newest first">
          {decisions.map(({ atMs, args }, k) => (
            <li key={`${atMs} ${k}`}>
              <span className="numbers quiet">{Math.max(0, (nowMs - atMs) / 1000).toFixed(0)} s ago</span> {decisionWords(args)}
            </li>
          ))}
        </ol>
      )}
      <label className="check">
        <input type="checkbox" checked={prediction} onChange={(event) => commands.set({ prediction: event.currentTarget.checked })} />
        Prediction: paint for where the head will be
      </label>
      <ChoiceField
        legend="Optical patch"
        choices={opticalChoicesShown}
        value={optical}
        onChange={(chosen) => commands.set({ optical: chosen })}
        compact
      />
    </>
  );
}

/** The newest decisions, and when they were read. */
function useDecisions(log: SpanLog): { decisions: readonly LogEvent[]; nowMs: number } {
  const [read, setRead] = useState<{ decisions: readonly LogEvent[]; nowMs: number }>({ decisions: [], nowMs: 0 });
  useEffect(() => {
    const look = (): void => {
      setRead({ decisions: log.events('governor').slice(-shownDecisions).toReversed(), nowMs: performance.now() });
    };
    look();
    const timer = setInterval(look, refreshMs);
    return () => clearInterval(timer);
  }, [log]);
  return read;
}
