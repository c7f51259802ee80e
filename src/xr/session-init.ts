import type { XrMode } from './xr-mode';

/**
 * What a session asks for. Only the floor is required: whatever a headset lacks (or its owner refuses) is done without.
 * `depth-sensing` takes both usages, since headsets know one of them each; the formats are those that every version of
 * the standard has had, because a name that a browser does not know would be an error.
 */
export function sessionInitOf(mode: XrMode): XRSessionInit {
  if (mode === 'immersive-vr') return { requiredFeatures: ['local-floor'], optionalFeatures: ['hand-tracking'] };
  return {
    requiredFeatures: ['local-floor'],
    optionalFeatures: ['anchors', 'hit-test', 'plane-detection', 'depth-sensing', 'light-estimation', 'hand-tracking'],
    depthSensing: {
      usagePreference: ['gpu-optimized', 'cpu-optimized'],
      dataFormatPreference: ['luminance-alpha', 'float32'],
    },
  } satisfies DepthSensingInit;
}

/** What the module for depth sensing adds to the standard's own dictionary. */
type DepthSensingInit = XRSessionInit & {
  depthSensing: { usagePreference: string[]; dataFormatPreference: string[] };
};
