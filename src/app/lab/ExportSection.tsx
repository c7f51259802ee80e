import type { LabHost } from './lab-host';
import { saveFile } from './save-file';

const files = [
  { label: 'Chrome trace', format: 'chrome', type: 'application/json', name: 'reverie-trace', ending: '.json' },
  { label: 'JSON', format: 'json', type: 'application/json', name: 'reverie-latency', ending: '.json' },
  { label: 'CSV', format: 'csv', type: 'text/csv', name: 'reverie-latency', ending: '.csv' },
] as const;

/** All that the visit has in its rings, as files. */
export function ExportSection({ host }: { host: LabHost }) {
  return (
    <>
      <div className="lab-buttons">
        {files.map(({ label, format, type, name, ending }) => (
          <button key={format} type="button" className="button" onClick={() => saveFile(host.file(format), type, name, ending)}>
            {label}
          </button>
        ))}
      </div>
      <p className="field-hint">
        What the last two minutes left behind. The Chrome trace opens in ui.perfetto.dev: every stage of every frame, and what was decided when.
      </p>
    </>
  );
}
