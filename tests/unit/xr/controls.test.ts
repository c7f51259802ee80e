import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyDeadZone,
  createControls,
  pressButton,
  readDevices,
  takePointer,
  type InputDevice,
} from '../../../src/xr/controls';

describe('controls', () => {
  test('are the sum of all devices, afresh in every frame', () => {
    const stick = {
      attach() {},
      detach() {},
      update: (controls) => void (controls.moveRight += 0.5),
    } satisfies InputDevice;
    const trigger = {
      attach() {},
      detach() {},
      update: (controls) => {
        pressButton(controls, 'triggerRight', 0.4);
        pressButton(controls, 'triggerRight', 0.2);
      },
    } satisfies InputDevice;
    const controls = createControls();
    for (let frame = 0; frame < 3; frame++) readDevices([stick, trigger, stick], controls, 0.01);
    expect(controls.moveRight).toBe(1);
    expect(controls.buttons[1]).toBeCloseTo(0.4);
    readDevices([], controls, 0.01);
    expect(controls).toEqual(createControls());
  });

  test('have two pointers and no more', () => {
    const controls = createControls();
    const taken = [takePointer(controls), takePointer(controls), takePointer(controls)];
    expect(taken.map((pointer) => pointer !== null)).toEqual([true, true, false]);
  });

  test('a dead zone is silent inside, reaches full outside, keeps the direction and never jumps', () => {
    const axis = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(axis, axis, (x, y) => {
        const [outX, outY] = applyDeadZone(x, y, 0.15, [0, 0]);
        const length = Math.hypot(x, y);
        expect(Math.hypot(outX, outY)).toBeCloseTo(Math.min(Math.max((length - 0.15) / 0.85, 0), 1), 9);
        expect(outX * y - outY * x).toBeCloseTo(0, 9);
        expect(outX * x + outY * y).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
