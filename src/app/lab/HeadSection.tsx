import { useId, useRef } from 'react';
import { useStore } from 'zustand';
import { reasonOf } from '../reason';
import type { HeadMotion } from './lab-host';
import { labStore } from './lab-store';
import { saveTrace } from './record-movement';

/** A head that moves the same way each time: synthetic, recorded here, or from a file. */
export function HeadSection({ head }: { head: HeadMotion }) {
  const { traces, traceId, head: now, suite } = useStore(labStore);
  const picker = useRef<HTMLInputElement>(null);
  const selectId = useId();
  const isResting = suite !== null;
  const trace = traces.find(({ id }) => id === traceId);

  /** Whatever goes wrong stands in the panel. */
  const attempt = (work: () => void): void => {
    if (isResting) return;
    try {
      work();
      labStore.setState({ problem: null });
    } catch (error) {
      head.stop();
      labStore.setState({ head: 'free', problem: reasonOf(error) });
    }
  };
  const keep = (): void => {
    const id = head.keep();
    labStore.setState({ head: 'free', traces: head.traces(), traceId: id ?? traceId });
  };
  const stop = (): void => {
    if (now === 'recording') keep();
    head.stop();
    labStore.setState({ head: 'free' });
  };
  const play = (): void => {
    head.play(traceId);
    labStore.setState({ head: 'playing' });
  };
  const choose = (id: string): void => {
    labStore.setState({ traceId: id });
    if (now === 'playing') head.play(id);
  };
  const load = async (file: File): Promise<void> => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    attempt(() => {
      const id = head.load(bytes, file.name);
      labStore.setState({ traces: head.traces(), traceId: id });
    });
  };

  return (
    <>
      <div className="field-line lab-select">
        <label htmlFor={selectId}>Trace</label>
        <select id={selectId} value={traceId} disabled={isResting} onChange={(event) => choose(event.currentTarget.value)}>
          {traces.map(({ id, name, seconds }) => (
            <option key={id} value={id}>
              {name} ({seconds.toFixed(seconds < 10 ? 1 : 0)} s)
            </option>
          ))}
        </select>
      </div>
      <div className="lab-buttons">
        <button
          type="button"
          className="button"
          aria-disabled={isResting || !trace || now === 'recording'}
          onClick={() => now !== 'recording' && trace && attempt(now === 'playing' ? stop : play)}
        >
          {now === 'playing' ? 'Stop' : 'Play'}
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={isResting || now === 'playing'}
          onClick={() =>
            now !== 'playing' &&
            attempt(() => {
              if (now === 'recording') keep();
              else {
                head.record();
                labStore.setState({ head: 'recording' });
              }
            })
          }
        >
          {now === 'recording' ? 'End recording' : 'Record'}
        </button>
        <button
          type="button"
          className="button button-quiet"
          aria-disabled={!trace}
          onClick={() =>
            trace && attempt(() => saveTrace(head, trace.id))
          }
        >
          Save
        </button>
        <button type="button" className="button button-quiet" aria-disabled={isResting} onClick={() => !isResting && picker.current?.click()}>
          Load…
        </button>
        <input
          ref={picker}
          type="file"
          accept=".headtrace"
          hidden
          aria-label="Head trace to load"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            // So that the same file can be chosen again.
            event.currentTarget.value = '';
            if (file) void load(file);
          }}
        />
      </div>
      <p className="field-hint">
        The head follows the trace from where you stand, again and again; in a headset it moves what the model paints for, not
        your eyes. Recordings are not rounded; they end up in the list.
      </p>
    </>
  );
}
