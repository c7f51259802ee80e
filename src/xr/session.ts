import { createXRStore } from '@react-three/xr';
import { applyFrameRate } from './frame-rate';
import { sessionInitOf } from './session-init';
import type { XrMode } from './xr-mode';

let framebufferScale = 1;
/** Of the session that runs, or was asked for last. A session that a headset starts by itself is a VR session. */
let mode: XrMode = 'immersive-vr';

/** What the running session was asked for as. */
export function sessionMode(): XrMode {
  return mode;
}

/** Size of the eye pictures against what the headset recommends; used from the next session on. */
export function setFramebufferScale(scale: number): void {
  framebufferScale = scale;
}

/**
 * The XR store of the page: nothing that asks for permissions we do not use, no models fetched from elsewhere (the
 * library's controllers come from a public server), no emulator but our own, frame rate chosen by us.
 */
export const xrStore = createXRStore({
  // The library wants a profile for each controller even when it draws none, and would ask a public server for it; ours
  // is one plain profile for all (buttons and sticks are read from the gamepad itself, see devices/xr-controllers.ts).
  baseAssetPath: new URL('input-profiles/', globalThis.location.href).href,
  defaultControllerProfileId: 'xr-standard',
  emulate: false,
  offerSession: false,
  enterGrantedSession: ['immersive-vr'],
  frameRate: false,
  frameBufferScaling: () => framebufferScale,
  // The library's own switches are the same for VR and AR; this is asked anew for each session.
  get customSessionInit() {
    return sessionInitOf(mode);
  },
  domOverlay: false,
  controller: false,
  hand: false,
  gaze: false,
  screenInput: false,
  transientPointer: false,
});

// However it ended: what a headset starts by itself afterwards is VR.
xrStore.subscribe((state, before) => {
  if (before.session && !state.session) mode = 'immersive-vr';
});

/** Starts an immersive session; call it from a click. @throws Error with the browser's reason */
export async function enterXr(wanted: XrMode): Promise<void> {
  const before = mode;
  mode = wanted;
  try {
    const session = await xrStore.enterXR(wanted);
    if (session) await applyFrameRate(session);
  } catch (error) {
    // Another session may be running all the while.
    mode = before;
    throw error;
  }
}

export async function exitXr(): Promise<void> {
  await xrStore.getState().session?.end();
}
