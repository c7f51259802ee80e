import { describe, expect, test } from 'vitest';
import { PlacingStick } from '../../../../src/app/ar/placing-stick';
import { createControls, readDevices, type InputDevice } from '../../../../src/xr/controls';

function device(moveRight: number, moveBack: number, stickTurn: number): InputDevice {
  return {
    attach: () => {},
    detach: () => {},
    update(controls) {
      controls.moveRight += moveRight;
      controls.moveBack += moveBack;
      controls.stickTurn += stickTurn;
      controls.snapTurn = Math.sign(stickTurn);
    },
  };
}

/** Two seconds at 100 frames a second. */
function twoSeconds(stick: PlacingStick, other: InputDevice) {
  const devices = [stick, other];
  const controls = createControls();
  for (let i = 0; i < 200; i++) {
    stick.stayLast(devices);
    readDevices(devices, controls, 0.01);
  }
  return { controls, devices };
}

describe('the stick while a form is placed', () => {
  test('turns it and sizes it, and moves nobody', () => {
    let [turnedRad, size] = [0, 1];
    const stick = new PlacingStick((angle) => (turnedRad += angle), (factor) => (size *= factor));
    stick.isActive = true;
    const { controls } = twoSeconds(stick, device(0, -0.6, 1));
    expect([controls.moveRight, controls.moveBack, controls.stickTurn, controls.snapTurn]).toEqual([0, 0, 0, 0]);
    expect(turnedRad).toBeCloseTo(2.4);
    expect(size).toBeCloseTo(2);
  });

  test('the walking stick turns it to the other side when it is pushed to the right', () => {
    let turnedRad = 0;
    const stick = new PlacingStick((angle) => (turnedRad += angle), () => {});
    stick.isActive = true;
    twoSeconds(stick, device(0.5, 0, 0));
    expect(turnedRad).toBeCloseTo(-1.2);
  });

  test('leaves everything to the others at other times, and is there once', () => {
    const stick = new PlacingStick(() => expect.unreachable(), () => expect.unreachable());
    const { controls, devices } = twoSeconds(stick, device(0.5, -1, 1));
    expect([controls.moveRight, controls.moveBack, controls.stickTurn]).toEqual([0.5, -1, 1]);
    expect(devices.filter((each) => each === stick)).toEqual([devices.at(-1)]);
  });
});
