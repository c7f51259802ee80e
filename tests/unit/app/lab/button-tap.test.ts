import { expect, test } from 'vitest';
import { buttonNames } from '../../../../src/action/action';
import { ButtonTap } from '../../../../src/app/lab/button-tap';
import { createControls, pressButton } from '../../../../src/xr/controls';

const b = buttonNames.indexOf('secondaryRight');

/** One display frame. @returns what the world hears of B, and whether the page does */
function frame(tap: ButtonTap, value: number): { world: number; page: boolean } {
  const controls = createControls();
  pressButton(controls, 'secondaryRight', value);
  pressButton(controls, 'triggerRight', 1);
  tap.update(controls);
  expect(controls.buttons[buttonNames.indexOf('triggerRight')]).toBe(1);
  return { world: controls.buttons[b]!, page: tap.takePress() };
}

test('a button is the world’s until the page wants it, and then only the page’s', () => {
  const tap = new ButtonTap(['secondaryLeft', 'secondaryRight']);
  frame(tap, 0);
  expect(frame(tap, 1)).toEqual({ world: 1, page: false });
  frame(tap, 0);
  tap.isWanted = true;
  expect(frame(tap, 1)).toEqual({ world: 0, page: true });
  // Held on: one press.
  expect(frame(tap, 1)).toEqual({ world: 0, page: false });
  frame(tap, 0);
  expect(frame(tap, 1)).toEqual({ world: 0, page: true });
});

test('a button that is held while it becomes wanted does nothing on the page', () => {
  const tap = new ButtonTap(['secondaryRight']);
  frame(tap, 0);
  frame(tap, 1);
  tap.isWanted = true;
  expect(frame(tap, 1)).toEqual({ world: 0, page: false });
});
