import { useStore } from 'zustand';
import { appStore } from '../store';
import { statsRows } from './stats-rows';

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
            {statsRows(stats).map(({ title, rows }) => (
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
