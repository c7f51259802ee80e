import type * as Iwer from 'iwer';
import type { Page } from 'playwright';
import { headsetScript } from './headset';

/** A place and a direction in the tracked room, metres and radians; positive yaw to the left, positive pitch up. */
export type Aim = { x: number; y: number; z: number; yawRad: number; pitchRad: number };
export type Side = 'left' | 'right';

type InputWindow = { headset: { device: Iwer.XRDevice; gaze: { aim: Aim | null; handedness: XRHandedness } } };

/**
 * Runs in the page after the emulated headset, which knows no gaze-and-pinch: an input that is there while
 * `headset.gaze.aim` is set, as the headsets of Apple and Samsung give it.
 */
function addGaze(): void {
  const { headset } = window as unknown as InputWindow;
  const gaze: InputWindow['headset']['gaze'] = { aim: null, handedness: 'right' };
  const raySpace = {} as XRSpace;
  let source: XRInputSource | null = null;
  const inputSources = Object.getOwnPropertyDescriptor(XRSession.prototype, 'inputSources')!.get!;
  Object.defineProperty(XRSession.prototype, 'inputSources', {
    get(this: XRSession) {
      const own = inputSources.call(this) as XRInputSource[];
      if (!gaze.aim) source = null;
      else {
        source ??= {
          handedness: gaze.handedness,
          targetRayMode: 'transient-pointer',
          targetRaySpace: raySpace,
          profiles: ['generic-hand-select'],
        } as unknown as XRInputSource;
      }
      return source ? [...own, source] : own;
    },
  });
  const { getPose } = XRFrame.prototype;
  XRFrame.prototype.getPose = function (this: XRFrame, space: XRSpace, base: XRSpace) {
    if (space !== raySpace) return getPose.call(this, space, base);
    // Null is what the standard says; the types say undefined.
    if (!gaze.aim) return null as unknown as undefined;
    const { x, y, z, yawRad, pitchRad } = gaze.aim;
    const [sy, cy, sp, cp] = [Math.sin(yawRad / 2), Math.cos(yawRad / 2), Math.sin(pitchRad / 2), Math.cos(pitchRad / 2)];
    const transform = new XRRigidTransform({ x, y, z }, { x: cy * sp, y: sy * cp, z: -sy * sp, w: cy * cp });
    return { transform, emulatedPosition: false } as unknown as XRPose;
  };
  Object.assign(headset, { gaze });
}

/** The script for `openPage({ initScript })`: an emulated headset that also has gaze-and-pinch. */
export function handInputsScript(): string {
  return `${headsetScript()}\n;(${addGaze.toString()})();`;
}

/** What the visitor holds: controllers, or nothing; and which of the two hands are there. */
export async function useInputs(page: Page, mode: 'controller' | 'hand', sides: readonly Side[]): Promise<void> {
  await page.evaluate(
    (wanted) => {
      const { device } = (window as unknown as InputWindow).headset;
      device.primaryInputMode = wanted.mode;
      for (const side of ['left', 'right'] as const) {
        const inputs = wanted.mode === 'controller' ? device.controllers : device.hands;
        inputs[side]!.connected = wanted.sides.includes(side);
      }
    },
    { mode, sides: [...sides] },
  );
}

/** Points a controller or a bare hand. */
export async function point(page: Page, mode: 'controller' | 'hand', side: Side, aim: Aim): Promise<void> {
  await page.evaluate(
    (to) => {
      const { device } = (window as unknown as InputWindow).headset;
      const input = (to.mode === 'controller' ? device.controllers : device.hands)[to.side]!;
      const { x, y, z, yawRad, pitchRad } = to.aim;
      const [sy, cy, sp, cp] = [Math.sin(yawRad / 2), Math.cos(yawRad / 2), Math.sin(pitchRad / 2), Math.cos(pitchRad / 2)];
      input.position.set(x, y, z);
      input.quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp);
    },
    { mode, side, aim },
  );
}

/** Pinches a bare hand, or lets go. @param value 0 … 1 */
export async function pinch(page: Page, side: Side, value: number): Promise<void> {
  await page.evaluate(
    (wanted) => {
      (window as unknown as InputWindow).headset.device.hands[wanted.side]!.updatePinchValue(wanted.value);
    },
    { side, value },
  );
}

/** Looks at something and pinches; null lets go. */
export async function gazePinch(page: Page, aim: Aim | null, handedness: XRHandedness = 'right'): Promise<void> {
  await page.evaluate(
    (wanted) => {
      const { gaze } = (window as unknown as InputWindow).headset;
      gaze.handedness = wanted.handedness;
      gaze.aim = wanted.aim;
    },
    { aim, handedness },
  );
}
