import type { XRDevice } from 'iwer';
import { detectXr, isHeadsetBrowser } from './capabilities';

/** What decides whether an emulated headset may stand in for a real one. */
export type EmulatorSurroundings = { isDevelopment: boolean; hostname: string; userAgent: string; hasHeadset: boolean };

/** Only for developers, on their own machine, and never in the place of a real headset. */
export function shouldEmulate({ isDevelopment, hostname, userAgent, hasHeadset }: EmulatorSurroundings): boolean {
  const isLocal = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return isDevelopment && isLocal && !hasHeadset && !isHeadsetBrowser(userAgent);
}

/**
 * Installs an emulated Quest 3 in stereo, in a captured room, where {@link shouldEmulate} allows it; a production build has no code for it.
 * Call it before the XR store and the canvas exist: both look at `navigator.xr` once.
 * @returns the device, whose head and controllers scripts can move; null when nothing was installed.
 */
export async function installEmulator(): Promise<XRDevice | null> {
  if (!import.meta.env.DEV) return null;
  const { vr, ar } = await detectXr();
  const hasHeadset = vr || ar;
  const { hostname } = globalThis.location;
  if (!shouldEmulate({ isDevelopment: true, hostname, userAgent: navigator.userAgent, hasHeadset })) return null;
  const [{ XRDevice: Device, metaQuest3 }, { SyntheticEnvironmentModule }] = await Promise.all([
    import('iwer'),
    import('@iwer/sem'),
  ]);
  // Without these two IWER draws one eye, and a stereo bug stays hidden until a real headset shows it.
  const device = new Device(metaQuest3, { stereoEnabled: true, ipd: 0.063 });
  // Desktop Chromium has a navigator.xr without a headset behind it; IWER leaves that alone unless it is told.
  device.installRuntime({ forceInstall: true });
  // A captured room with a table: what AR sees of the world outside, its planes and its depth included.
  device.installSEM(SyntheticEnvironmentModule);
  await device.sem?.loadDefaultEnvironment('meeting_room');
  return device;
}
