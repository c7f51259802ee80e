import type { Controls, InputDevice } from '../../xr/controls';

/** Radians a second with the stick fully to the side; the form doubles or halves in this many seconds. */
const turnRadPerS = 1.2;
const doublingS = 1.2;

/**
 * While the visitor places a form, the sticks turn and size it and move nobody. It takes the wishes of all devices before
 * it, so it has to be the last one.
 */
export class PlacingStick implements InputDevice {
  isActive = false;

  /** @param turnBy radians, positive to the left @param scaleBy a factor */
  constructor(
    private readonly turnBy: (angleRad: number) => void,
    private readonly scaleBy: (factor: number) => void,
  ) {}

  attach(): void {
    // It reads what other devices say.
  }

  detach(): void {
    this.isActive = false;
  }

  /** Puts itself behind every other device. */
  stayLast(devices: InputDevice[]): void {
    if (devices.at(-1) === this) return;
    const at = devices.indexOf(this);
    if (at >= 0) devices.splice(at, 1);
    devices.push(this);
  }

  update(controls: Controls, dtS: number): void {
    if (!this.isActive) return;
    const sideways = clamp(controls.stickTurn - controls.moveRight);
    const forward = clamp(-controls.moveBack);
    controls.moveRight = 0;
    controls.moveBack = 0;
    controls.moveUp = 0;
    controls.turn = 0;
    controls.stickTurn = 0;
    controls.snapTurn = 0;
    controls.teleportSide = null;
    if (sideways !== 0) this.turnBy(sideways * turnRadPerS * dtS);
    if (forward !== 0) this.scaleBy(2 ** ((forward * dtS) / doublingS));
  }
}

function clamp(value: number): number {
  return Math.min(Math.max(value, -1), 1);
}
