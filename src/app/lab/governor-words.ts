import type { EventArgs } from '../../latency/span-log';
import type { GovernorState } from '../store';

/** How the governor stands, as one sentence. @param state null: it asks for nothing less */
export function governorWords(isOn: boolean, state: GovernorState | null): string {
  if (!isOn) return 'Off: the model may take what it can get.';
  if (!state) return 'At ease: the model may run as fast as its own limit.';
  return `Holding back: ${limitWords(state)}${state.reason ? ` (${state.reason})` : ''}.`;
}

/** A decision as its event tells it: why, and what the model may do from then on. */
export function decisionWords(args: EventArgs): string {
  const { reason, missedPct } = args;
  const why = [reason, typeof missedPct === 'number' && Number.isFinite(missedPct) ? `${missedPct.toFixed(0)} % missed` : ''];
  return `${why.filter((part) => part !== '' && part !== undefined).join(', ')}: ${limitWords(args)}`;
}

type Limits = { [name in 'modelHzCap' | 'resolutionScale' | 'layerScale']?: number | string };

function limitWords({ modelHzCap, resolutionScale, layerScale }: Limits): string {
  const parts: string[] = [];
  if (typeof modelHzCap === 'number' && Number.isFinite(modelHzCap)) parts.push(`at most ${Number(modelHzCap.toFixed(1))} steps/s`);
  if (typeof resolutionScale === 'number' && resolutionScale < 1) parts.push(`${Math.round(100 * resolutionScale)} % resolution`);
  if (typeof layerScale === 'number' && layerScale < 1) parts.push(`${Math.round(100 * layerScale)} % of the older frames`);
  return parts.join(', ') || 'no limit';
}
