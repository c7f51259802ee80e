/** Whether "Enter VR" can work here; when it cannot, `reason` is a sentence that says what to do, else it is empty. */
export type XrCapability = { vr: boolean; reason: string };

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

/** Asks the browser whether an immersive VR session is possible. Never rejects. */
export async function detectXr(surroundings: XrSurroundings = browserSurroundings()): Promise<XrCapability> {
  // First, because browsers hide navigator.xr on insecure pages and "no WebXR" would send people after another browser.
  if (!surroundings.isSecureContext) return { vr: false, reason: reasons.insecure };
  if (!surroundings.xr) return { vr: false, reason: reasons.noWebXr };
  try {
    const vr = await surroundings.xr.isSessionSupported('immersive-vr');
    return vr ? { vr, reason: '' } : { vr, reason: reasons.noHeadset };
  } catch (error) {
    if (error instanceof Error && error.name === 'SecurityError') return { vr: false, reason: reasons.blocked };
    const message = error instanceof Error ? error.message : String(error);
    return { vr: false, reason: `The search for a headset failed (${message}). Reload the page to try again.` };
  }
}

/** True in the browser of a standalone headset, by its user agent: there the emulator must never be installed. */
export function isHeadsetBrowser(userAgent: string): boolean {
  return /OculusBrowser|Quest|PicoBrowser|\bPico\b|Wolvic|Android XR|\bVR\b|VisionOS|Apple Vision/i.test(userAgent);
}
