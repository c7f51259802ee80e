/**
 * Whether "Enter VR" and "Enter AR" can work here. When VR cannot, `reason` is a sentence that says what to do, else it is
 * empty; where there is no AR, nothing is said, because few devices have it.
 */
export type XrCapability = { vr: boolean; ar: boolean; reason: string };

/** What the answer depends on. */
export type XrSurroundings = {
  xr: Pick<XRSystem, 'isSessionSupported'> | undefined;
  isSecureContext: boolean;
};

const reasons = {
  insecure:
    'Browsers allow headsets only on secure pages, and this one came over plain http. ' +
    'Run "npm start -- --host" and open the https address that it prints.',
  noWebXr:
    'This browser has no WebXR. Open this page in the browser of a headset, ' +
    'or in Chrome or Edge on a computer with a headset connected.',
  noHeadset:
    'No VR headset was found. Connect one and reload this page, or open this address in the browser of the headset.',
  blocked:
    'The page around this one keeps it from using headsets. Open Reverie in a tab of its own, ' +
    'or add allow="xr-spatial-tracking" to the iframe.',
} as const;

function browserSurroundings(): XrSurroundings {
  return { xr: navigator.xr, isSecureContext: globalThis.isSecureContext };
}

/** Asks the browser which immersive sessions are possible. Never rejects. */
export async function detectXr(surroundings: XrSurroundings = browserSurroundings()): Promise<XrCapability> {
  // First, because browsers hide navigator.xr on insecure pages and "no WebXR" would send people after another browser.
  if (!surroundings.isSecureContext) return { vr: false, ar: false, reason: reasons.insecure };
  if (!surroundings.xr) return { vr: false, ar: false, reason: reasons.noWebXr };
  const { xr } = surroundings;
  // Asked apart: a browser that fails at one mode may have the other.
  const ar = await xr.isSessionSupported('immersive-ar').catch(() => false);
  try {
    const vr = await xr.isSessionSupported('immersive-vr');
    return { vr, ar, reason: vr ? '' : reasons.noHeadset };
  } catch (error) {
    if (error instanceof Error && error.name === 'SecurityError') return { vr: false, ar, reason: reasons.blocked };
    const message = error instanceof Error ? error.message : String(error);
    return { vr: false, ar, reason: `The search for a headset failed (${message}). Reload the page to try again.` };
  }
}

/** True in the browser of a standalone headset, by its user agent: there the emulator must never be installed. */
export function isHeadsetBrowser(userAgent: string): boolean {
  return /OculusBrowser|Quest|PicoBrowser|\bPico\b|Wolvic|Android XR|\bVR\b|VisionOS|Apple Vision/i.test(userAgent);
}
