import { createXRStore } from '@react-three/xr';
import { applyFrameRate } from './frame-rate';
import type { XrMode } from './xr-mode';

let framebufferScale = 1;

/** Size of the eye pictures against what the headset recommends; used from the next session on. */
export function setFramebufferScale(scale: number): void {
  framebufferScale = scale;
}

/**
 * The XR store of the page: immersive VR only, nothing that asks for permissions we do not use, no models fetched from
 * elsewhere (the library's controllers come from a public server), no emulator but our own, frame rate chosen by us.
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
  anchors: false,
  handTracking: false,
  layers: false,
  meshDetection: false,
  planeDetection: false,
  hitTest: false,
  domOverlay: false,
  controller: false,
  hand: false,
  gaze: false,
  screenInput: false,
  transientPointer: false,
});

/** Starts an immersive session; call it from a click. @throws Error with the browser's reason */
export async function enterXr(mode: XrMode): Promise<void> {
  const session = mode === 'immersive-ar' ? await xrStore.enterAR() : await xrStore.enterVR();
  if (session) await applyFrameRate(session);
}

export async function exitXr(): Promise<void> {
  await xrStore.getState().session?.end();
}
