import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Iwer from 'iwer';

/** Eye distance of the emulated headset, metres. */
export const eyeDistanceM = 0.063;
/** Vertical field of view of each eye, radians (IWER's own); an eye's picture is square when the page is twice as wide as high. */
export const eyeFovYRad = Math.PI / 2;

export type HeadsetOptions = {
  /**
   * How long after the begin of a display frame the runtime expects it to be seen, ms. IWER itself says 0; real headsets
   * say 20 to 50.
   */
  displayOffsetMs?: number;
};

/** What the script leaves on `window.headset`. */
export type EmulatedHeadset = { device: Iwer.XRDevice };

/** Runs in the page: it may use nothing from outside. */
function install(ipd: number, displayOffsetMs: number): void {
  const { XRDevice, metaQuest3 } = (window as unknown as { IWER: typeof Iwer }).IWER;
  // Without these two IWER draws one eye.
  const device = new XRDevice(metaQuest3, { stereoEnabled: true, ipd });
  device.installRuntime({ forceInstall: true });
  if (displayOffsetMs !== 0) {
    const own = Object.getOwnPropertyDescriptor(XRFrame.prototype, 'predictedDisplayTime')!;
    Object.defineProperty(XRFrame.prototype, 'predictedDisplayTime', {
      ...own,
      get(this: XRFrame): number {
        return (own.get!.call(this) as number) + displayOffsetMs;
      },
    });
  }
  Object.assign(window, { headset: { device } });
}

/**
 * A script to run in a page before its own code: a Quest 3 (IWER) in stereo, forced over the browser's own WebXR, so that
 * the production build, which has no emulator, finds a headset.
 */
export function emulatedHeadsetScript({ displayOffsetMs = 0 }: HeadsetOptions = {}): string {
  const iwer = readFileSync(createRequire(import.meta.url).resolve('iwer/build/iwer.min.js'), 'utf8');
  return `${iwer}\n;(${install.toString()})(${eyeDistanceM}, ${displayOffsetMs});`;
}
