import { presetFor } from '../reproject/presets';
import type { HostSettings } from '../world/control';
import { browserFacts, deviceClassOf } from '../xr/device-class';
import type { AppState } from './store';

/** What the worker is told of the options and of the device. */
export function hostSettingsOf({ options, xr }: Pick<AppState, 'options' | 'xr'>): HostSettings {
  const { modelHz, addLatencyMs, quality, preset, palette, hour } = options;
  const device = { ...deviceClassOf(browserFacts()), presenting: xr.status === 'presenting' };
  return { modelHz, addLatencyMs, layers: presetFor(quality, device, preset).budget, light: { palette, hour } };
}
