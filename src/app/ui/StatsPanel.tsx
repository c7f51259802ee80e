import { useStore } from 'zustand';
import { appStore, type Stats } from '../store';
import { formatNumber, providerName } from './format';

type Row = [label: string, value: string, unit: string];

function rowsOf(stats: Stats): { title: string; rows: Row[] }[] {
  const { display, model, frame } = stats;
  return [
    {
      title: 'Display',
      rows: [
        ['Rate', formatNumber(display.hz, 1), 'Hz'],
        ['Missed', formatNumber(display.missedPct, 1), '%'],
        ['Frame p50', formatNumber(display.frameMsP50, 1), 'ms'],
        ['Frame p99', formatNumber(display.frameMsP99, 1), 'ms'],
      ],
    },
    {
      title: 'Model',
      rows: [
        ['Runs on', providerName(model.provider), ''],
        ['Rate', formatNumber(model.hz, 1), 'Hz'],
        ['Step p50', formatNumber(model.stepMsP50, 1), 'ms'],
        ['Step p95', formatNumber(model.stepMsP95, 1), 'ms'],
        ['Frames', formatNumber(model.frames), ''],
      ],
    },
    {
      title: 'Newest frame',
      rows: [
        ['Age', formatNumber(frame.ageMs), 'ms'],
        ['Frame id', formatNumber(frame.id), ''],
        ['Action id', formatNumber(frame.actionId), ''],
      ],
    },
  ];
}

/** Measured numbers, four times a second. Not a live region: it would never stop talking. */
export function StatsPanel() {
  const stats = useStore(appStore, (state) => state.stats);
  return (
    <section className="panel stats" aria-label="Statistics">
      {stats === null ? (
        <p className="quiet">No frame has been measured yet.</p>
      ) : (
        <>
          <p className="stats-model">{stats.model.id || 'No world'}</p>
          <div className="stats-groups">
            {rowsOf(stats).map(({ title, rows }) => (
              <div key={title}>
                <h2>{title}</h2>
                <dl>
                  {rows.map(([label, value, unit]) => (
                    <div key={label}>
                      <dt>{label}</dt>
                      <dd>
                        <span className="numbers">{value}</span>
                        <span className="unit">{unit}</span>
                      </dd>
                    </div>
                  ))}
                </dl>
              </div>
            ))}
          </div>
          {stats.errors.length > 0 && (
            <p className="stats-error">
              {stats.errors.length} {stats.errors.length === 1 ? 'error' : 'errors'}, the last: {stats.errors.at(-1)}
            </p>
          )}
        </>
      )}
    </section>
  );
}
