import { useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { VisitCommands } from '../commands';
import { visitsStore } from '../visits-store';
import { toggleVisits } from './ask';
import { askToImport, askToSave } from './ask-visits';
import { formatBytes } from './format';
import { CloseIcon } from './icons';
import { VisitLine } from './VisitLine';

/** Places to come back to. Not modal, as the settings. */
export function VisitsPanel({ visits }: { visits: VisitCommands }) {
  const { entries, problem, busy } = useStore(visitsStore);
  const panel = useRef<HTMLElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  // Before it leaves the page: after that, nothing in it has the focus any more.
  useLayoutEffect(() => {
    const element = panel.current;
    element?.focus();
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('visits-button')?.focus();
    };
  }, []);
  useEffect(() => {
    // Other tabs save as well. A failure stands in the panel.
    void visits.visits().then(
      (read) => visitsStore.setState({ entries: read, problem: null }),
      (error: unknown) => visitsStore.setState({ entries: null, problem: String((error as Error).message) }),
    );
  }, [visits]);

  const save = async (): Promise<void> => {
    const input = nameInput.current;
    if (busy !== null || !(await askToSave(visits, input?.value ?? ''))) return;
    if (input) input.value = '';
  };
  const bytes = entries?.reduce((sum, entry) => sum + entry.bytes, 0) ?? 0;

  return (
    <section className="panel settings visits" aria-labelledby="visits-title" aria-busy={busy !== null} ref={panel} tabIndex={-1}>
      <div className="panel-head">
        <h2 id="visits-title">Visits</h2>
        <button type="button" className="icon-button" aria-label="Close visits" onClick={toggleVisits}>
          <CloseIcon />
        </button>
      </div>
      <div className="settings-body">
        <form
          className="visits-save"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <input ref={nameInput} type="text" maxLength={80} aria-label="Name of this place" placeholder="Name, if you like" />
          <button type="submit" className="button" aria-disabled={busy !== null}>
            Save here
          </button>
        </form>
        {problem !== null && <p className="field-problem">{problem}</p>}
        {entries?.length === 0 && (
          <p className="field-hint">
            No visits yet. Save this place, and you can come back to it as you leave it now, also after closing the page.
            Where you are when you leave is kept by itself.
          </p>
        )}
        <ul className="visits-list">
          {entries?.map((entry) => (
            <VisitLine
              key={entry.id}
              entry={entry}
              visits={visits}
              isBusy={busy !== null}
              // The button that was pressed is about to go: keep the keyboard in the panel.
              onGone={() => panel.current?.focus()}
            />
          ))}
        </ul>
        <div className="visits-foot">
          <p className="field-hint" role="status">
            {busy ?? (entries && entries.length > 0 ? `${countOf(entries.length)}, ${formatBytes(bytes)} in this browser` : '')}
          </p>
          <button type="button" className="button button-quiet" onClick={() => picker.current?.click()}>
            Import…
          </button>
          <input
            ref={picker}
            type="file"
            accept=".reverie"
            hidden
            aria-label="Visit file to import"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              // So that the same file can be chosen again.
              event.currentTarget.value = '';
              if (file) void askToImport(visits, file);
            }}
          />
        </div>
      </div>
    </section>
  );
}

function countOf(visits: number): string {
  return visits === 1 ? '1 visit' : `${visits} visits`;
}
