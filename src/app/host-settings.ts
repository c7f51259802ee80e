import { presetFor } from '../reproject/presets';
import type { HostSettings } from '../world/control';
import { scaledBudget } from '../world/layer-budget';
import { browserFacts, deviceClassOf } from '../xr/device-class';
import type { AppState } from './store';

/** Often enough for a walk: the surfaces of what one sees stay, whatever comes. */
const surfacesHz = 4;

/** What the worker is told of the options, of the device, and of the governor's caps. */
export function hostSettingsOf({ options, xr, governor, bodies }: Pick<AppState, 'options' | 'xr' | 'governor' | 'bodies'>): HostSettings {
  const { modelHz, quality, preset, palette, hour } = options;
  const device = { ...deviceClassOf(browserFacts()), presenting: xr.status === 'presenting' };
  const { budget } = presetFor(quality, device, preset);
  return {
    modelHz: Math.min(modelHz, governor?.modelHzCap ?? modelHz),
    resolutionScale: governor?.resolutionScale ?? 1,
    delay: {
      addLatencyMs: options.addLatencyMs,
      jitterMs: options.latencyJitterMs,
      stallEveryS: options.stallEveryS,
      stallMs: options.stallMs,
      dropPct: options.dropPct,
      seed: options.latencySeed,
    },
    layers: governor ? scaledBudget(budget, governor.layerScale) : budget,
    light: { palette, hour },
    surfacesHz: bodies ? surfacesHz : 0,
  };
}
