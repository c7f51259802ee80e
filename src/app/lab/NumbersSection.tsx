import { useEffect, useState } from 'react';
import type { LatencyReport } from '../../latency/lab-report';
import type { LabHost } from './lab-host';
import { metricWords, showBare, showNumber, unitWords } from './metric-words';
import { metricNames } from './suite-result';

/** The report sorts thousands of numbers, so it is made rarely, and only while somebody looks. */
const refreshMs = 2000;
const spanMs = 30_000;

/** Every metric of the last half minute, with its tail. */
export function NumbersSection({ host }: { host: LabHost }) {
  const [report, setReport] = useState<LatencyReport | null>(null);
  useEffect(() => {
    const read = (): void => {
      if (!document.hidden) setReport(host.report(performance.now() - spanMs));
    };
    read();
    const timer = setInterval(read, refreshMs);
    return () => clearInterval(timer);
  }, [host]);
  if (!report) return null;
  const { display, contention } = report;
  return (
    <>
      <div className="lab-table" role="region" aria-label="All numbers" tabIndex={0}>
        <table>
          <caption>Estimated, the last {spanMs / 1000} s</caption>
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col">p50</th>
              <th scope="col">p95</th>
              <th scope="col">p99</th>
              <th scope="col">max</th>
              <th scope="col">n</th>
            </tr>
          </thead>
          <tbody>
            {metricNames.map((name) => {
              const { p50, p95, p99, max, n, unit } = report.estimated[name];
              return (
                <tr key={name}>
                  <th scope="row">
                    {metricWords[name]} <span className="quiet">{unitWords[unit] ?? unit}</span>
                  </th>
                  {[p50, p95, p99, max].map((value, k) => (
                    <td key={['p50', 'p95', 'p99', 'max'][k]}>{showBare(value, unit)}</td>
                  ))}
                  <td>{n}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <dl className="lab-facts">
        <Fact name="Display" says={showNumber(display.hz, 'Hz')} />
        <Fact name="Missed" says={`${showNumber(display.missedPct, '%')} of ${display.frames + display.missed}`} />
        <Fact name="Longest run missed" says={String(display.longestRunMissed)} />
        <Fact name="Pose-pixel mismatch" says={showNumber(report.poseMismatchPct, '%')} />
        <Fact name="Parts off their sum by" says={showNumber(report.sumErrorMsMax, 'ms')} />
        <Fact name="Contention" says={showNumber(contention.contentionPct, '%')} />
      </dl>
      {report.notes.map((note) => (
        <p key={note} className="field-hint">
          {note}
        </p>
      ))}
    </>
  );
}

function Fact({ name, says }: { name: string; says: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="numbers">{says}</dd>
    </div>
  );
}
