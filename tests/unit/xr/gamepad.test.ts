import { describe, expect, test } from 'vitest';
import { buttonNames } from '../../../src/action/action';
import { createControls, readDevices } from '../../../src/xr/controls';
import { createGamepad } from '../../../src/xr/devices/gamepad';

function pad(axes: number[], pressed: number[] = [], changes: Partial<Gamepad> = {}): Gamepad {
  const buttons = Array.from({ length: 17 }, (_, i) => ({ value: pressed.includes(i) ? 1 : 0 }));
  return { axes, buttons, mapping: 'standard', connected: true, timestamp: 5, ...changes } as unknown as Gamepad;
}

function read(gamepads: (Gamepad | null)[], attached = true) {
  const device = createGamepad({ getGamepads: () => gamepads });
  if (attached) device.attach(null as unknown as HTMLElement);
  const controls = createControls();
  readDevices([device], controls, 0.1);
  return { device, controls };
}

describe('a gamepad', () => {
  test('walks with the left stick: pushed forward is forward', () => {
    const { controls } = read([null, pad([0, -1, 0, 0])]);
    expect(controls.moveBack).toBe(-1);
    expect(controls.moveRight).toBe(0);
  });

  test('looks with the right stick: right is to the right, forward is up', () => {
    const { controls } = read([pad([0, 0, 1, 0])]);
    expect(controls.lookYawRad).toBeCloseTo((-130 * Math.PI) / 1800, 6);
    expect(read([pad([0, 0, 0, -1])]).controls.lookPitchRad).toBeGreaterThan(0.1);
  });

  test('does nothing for sticks that drift, other layouts, and before it is attached', () => {
    const still = createControls();
    still.lastEventMs = 5;
    expect(read([pad([0.1, 0.08, -0.1, 0.1])]).controls).toEqual(still);
    expect(read([pad([1, 1, 1, 1], [0], { mapping: '' })]).controls).toEqual(createControls());
    expect(read([pad([1, 1, 1, 1], [0])], false).controls).toEqual(createControls());
  });

  test('maps triggers, shoulders and face buttons to the hands', () => {
    const wanted: Record<number, string> = {
      0: 'primaryRight', 1: 'secondaryRight', 2: 'primaryLeft', 3: 'secondaryLeft',
      4: 'gripLeft', 5: 'gripRight', 6: 'triggerLeft', 7: 'triggerRight',
    };
    for (const [index, name] of Object.entries(wanted)) {
      const { buttons } = read([pad([0, 0, 0, 0], [Number(index)])]).controls;
      expect(buttonNames.filter((_, i) => buttons[i] === 1)).toEqual([name]);
    }
  });

  test('tells when its state changed, once', () => {
    const { device, controls } = read([pad([0, 0, 0, 0])]);
    expect(controls.lastEventMs).toBe(5);
    readDevices([device], controls, 0.1);
    expect(controls.lastEventMs).toBe(0);
  });
});
