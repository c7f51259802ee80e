import { useId, useState } from 'react';
import { useStore } from 'zustand';
import type { EstimateName } from '../../latency/lab-report';
import type { Commands } from '../commands';
import { ChoiceField } from '../ui/fields';
import type { LabHost } from './lab-host';
import { labStore } from './lab-store';
import { metricWords, showBare, showNumber, unitWords } from './metric-words';
import { saveFile } from './save-file';
import { planSuite, suiteMs, type SuiteSize } from './suite-plan';
import { metricNames, rowsOf, toCsv, toJson, type SuiteResult } from './suite-result';
import { cancelSuite, startSuite } from './suite-session';

const sizes = [
  { value: 'quick', label: `Quick, ${lengthWords('quick')}` },
  { value: 'full', label: `Full, ${lengthWords('full')}` },
] as const satisfies readonly { value: SuiteSize; label: string }[];

function lengthWords(size: SuiteSize): string {
  const seconds = suiteMs(planSuite(size)) / 1000;
  return seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** Every mode at several latencies over the same head movement, and the display with the model on and at rest. */
export function SuiteSection({ host, commands }: { host: LabHost; commands: Commands }) {
  const { suite, result } = useStore(labStore);
  const [size, setSize] = useState<SuiteSize>('quick');
  return (
    <>
      {suite === null ? (
        <>
          <ChoiceField legend="Size" choices={sizes} value={size} onChange={setSize} compact />
          <button type="button" className="button" onClick={() => startSuite(host, commands, size)}>
            Run suite
          </button>
          <p className="field-hint">
            The head follows the chosen trace; the governor rests. Afterwards everything is as it was.
          </p>
        </>
      ) : (
        <div className="lab-progress">
          <p role="status">
            {suite.index + 1} of {suite.count}: {suite.cell}
          </p>
          <progress value={suite.share} aria-label="Progress of the suite" />
          <div className="field-line">
            <span className="quiet numbers">{suite.leftS} s left</span>
            <button type="button" className="button" onClick={cancelSuite}>
              Cancel
            </button>
          </div>
        </div>
      )}
      {result && result.cells.length > 0 && <Results result={result} />}
    </>
  );
}

function Results({ result }: { result: SuiteResult }) {
  const [metric, setMetric] = useState<EstimateName>('mtpRotationMs');
  const selectId = useId();
  const rows = rowsOf(result, metric);
  const unit = rows[0]?.estimate.unit ?? 'ms';
  const { contention } = result;
  return (
    <div className="lab-results">
      <div className="field-line lab-select">
        <label htmlFor={selectId}>Metric</label>
        <select id={selectId} value={metric} onChange={(event) => setMetric(event.currentTarget.value as EstimateName)}>
          {metricNames.map((name) => (
            <option key={name} value={name}>
              {metricWords[name]}
            </option>
          ))}
        </select>
      </div>
      <div className="lab-table" role="region" aria-label="Results of the suite" tabIndex={0}>
        <table>
          <caption>
            {metricWords[metric]}, {unitWords[unit] ?? unit}, estimated{result.outcome === 'done' ? '' : `; ${result.outcome}`}
          </caption>
          <thead>
            <tr>
              <th scope="col">Mode</th>
              <th scope="col">added</th>
              <th scope="col">p50</th>
              <th scope="col">p95</th>
              <th scope="col">p99</th>
              <th scope="col">max</th>
              <th scope="col">n</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ mode, addLatencyMs, estimate: { p50, p95, p99, max, n } }) => (
              <tr key={`${mode} ${addLatencyMs}`}>
                <th scope="row">{mode}</th>
                <td>{addLatencyMs} ms</td>
                {[p50, p95, p99, max].map((value, k) => (
                  <td key={['p50', 'p95', 'p99', 'max'][k]}>{showBare(value, unit)}</td>
                ))}
                <td>{n}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        Contention: <span className="numbers">{showNumber(contention.contentionPct, '%')}</span>{' '}
        <span className="quiet">
          more display frames missed with the model on ({showNumber(contention.missedPctOn, '%')}) than at rest (
          {showNumber(contention.missedPctOff, '%')})
        </span>
      </p>
      <div className="lab-buttons">
        <button type="button" className="button" onClick={() => saveFile(toJson(result), 'application/json', 'latency-suite', '.json')}>
          Results as JSON
        </button>
        <button type="button" className="button" onClick={() => saveFile(toCsv(result), 'text/csv', 'latency-suite', '.csv')}>
          Results as CSV
        </button>
      </div>
    </div>
  );
}
