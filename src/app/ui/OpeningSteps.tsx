import { useStore } from 'zustand';
import type { OpenProgress } from '../../world/contracts';
import { appStore, type AppState } from '../store';
import { formatBytes, providerName } from './format';

const commonSteps = ['download', 'compile', 'self-check'] as const;
/** Only some worlds imagine, and one hears of it when they do. */
const imagineSteps = [...commonSteps, 'imagine'] as const;
const stepWords = { download: 'Download', compile: 'Compile', 'self-check': 'Self-check', imagine: 'Imagine' } as const;

function stepIndex(progress: OpenProgress | null): number {
  if (progress === null) return 0;
  return progress.step === 'done' ? commonSteps.length : imagineSteps.indexOf(progress.step);
}

/** How much of the step is done, 0 … 1; undefined where nobody knows. */
function shareOf(progress: OpenProgress | null): number | undefined {
  switch (progress?.step) {
    case 'done':
      return 1;
    case 'download':
      return progress.totalBytes > 0 ? Math.min(1, progress.loadedBytes / progress.totalBytes) : undefined;
    case 'imagine':
      return progress.total > 0 ? progress.done / progress.total : undefined;
    default:
      return undefined;
  }
}

/** The step in a few words, without bytes: what a live region says once for each step. */
export function stepSentence(progress: OpenProgress | null): string {
  if (progress === null) return 'starting';
  if (progress.step === 'download') return 'downloading';
  if (progress.step === 'compile') return 'compiling';
  if (progress.step === 'imagine') return 'imagining what is there';
  if (progress.step === 'self-check') return `checking itself on ${providerName(progress.provider)}`;
  return 'ready';
}

/**
 * '2.1 MB of 5.7 MB'; only what has come when the server does not say how much there is. Of a map that is imagined:
 * '34 % imagined'.
 */
export function amountSentence(progress: OpenProgress | null): string {
  if (progress?.step === 'imagine') return `${Math.floor(100 * (shareOf(progress) ?? 0))} % imagined`;
  if (progress?.step !== 'download') return '';
  const loaded = formatBytes(progress.loadedBytes);
  return progress.totalBytes > 0 ? `${loaded} of ${formatBytes(progress.totalBytes)}` : loaded;
}

/** The catalogue's name of the world that is loading. */
export function openingName(state: Pick<AppState, 'opening' | 'worlds'>): string {
  const id = state.opening?.worldId ?? '';
  return state.worlds.find((entry) => entry.id === id)?.name ?? id;
}

/** Download, compile, self-check, and for some worlds imagine: where the world that is loading has got to. Nothing when nothing loads. */
export function OpeningSteps({ compact = false }: { compact?: boolean }) {
  const opening = useStore(appStore, (state) => state.opening);
  const name = useStore(appStore, openingName);
  if (!opening) return null;
  const { progress } = opening;
  const at = stepIndex(progress);
  const steps = progress?.step === 'imagine' ? imagineSteps : commonSteps;
  const now = steps[at];
  return (
    <section className="opening" data-compact={compact} aria-label={`Opening ${name}`}>
      <p className="opening-title">
        <span>Opening {name}</span>
        <span className="numbers">{amountSentence(progress) || stepSentence(progress)}</span>
      </p>
      <progress
        aria-label={`Opening ${name}: ${now ? stepWords[now] : 'Done'}`}
        max={1}
        value={shareOf(progress)}
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
