import { useStore } from 'zustand';
import type { OpenProgress } from '../../world/contracts';
import { appStore, type AppState } from '../store';
import { formatBytes, providerName } from './format';

const steps = ['download', 'compile', 'self-check'] as const;
const stepWords = { download: 'Download', compile: 'Compile', 'self-check': 'Self-check' } as const;

function stepIndex(progress: OpenProgress | null): number {
  if (progress === null) return 0;
  return progress.step === 'done' ? steps.length : steps.indexOf(progress.step);
}

/** The step in a few words, without bytes: what a live region says once for each step. */
export function stepSentence(progress: OpenProgress | null): string {
  if (progress === null) return 'starting';
  if (progress.step === 'download') return 'downloading';
  if (progress.step === 'compile') return 'compiling';
  if (progress.step === 'self-check') return `checking itself on ${providerName(progress.provider)}`;
  return 'ready';
}

/** '2.1 MB of 5.7 MB'; only what has come when the server does not say how much there is. */
export function byteSentence(progress: OpenProgress | null): string {
  if (progress?.step !== 'download') return '';
  const loaded = formatBytes(progress.loadedBytes);
  return progress.totalBytes > 0 ? `${loaded} of ${formatBytes(progress.totalBytes)}` : loaded;
}

/** The catalogue's name of the world that is loading. */
export function openingName(state: Pick<AppState, 'opening' | 'worlds'>): string {
  const id = state.opening?.worldId ?? '';
  return state.worlds.find((entry) => entry.id === id)?.name ?? id;
}

/** Download, compile, self-check: where the world that is loading has got to. Nothing when nothing loads. */
export function OpeningSteps({ compact = false }: { compact?: boolean }) {
  const opening = useStore(appStore, (state) => state.opening);
  const name = useStore(appStore, openingName);
  if (!opening) return null;
  const { progress } = opening;
  const at = stepIndex(progress);
  const bytes = byteSentence(progress);
  const known = progress?.step === 'download' && progress.totalBytes > 0;
  return (
    <section className="opening" data-compact={compact} aria-label={`Opening ${name}`}>
      <p className="opening-title">
        <span>Opening {name}</span>
        <span className="numbers">{bytes || stepSentence(progress)}</span>
      </p>
      <progress
        aria-label={`Opening ${name}: ${steps[at] ? stepWords[steps[at]] : 'Done'}`}
        max={1}
        value={known ? Math.min(1, progress.loadedBytes / progress.totalBytes) : at >= steps.length ? 1 : undefined}
      />
      {!compact && (
        <ol>
          {steps.map((step, index) => (
            <li
              key={step}
              data-state={index < at ? 'done' : index === at ? 'now' : 'next'}
              aria-current={index === at ? 'step' : undefined}
            >
              {stepWords[step]}
              {index < at && <span className="visually-hidden"> done</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
