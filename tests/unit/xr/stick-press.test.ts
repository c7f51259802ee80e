import { expect, test } from 'vitest';
import { StickPress } from '../../../src/xr/stick-press';

type Controller = { handedness?: XRHandedness; pressed?: boolean; x?: number; y?: number; hand?: boolean };

function sources(...controllers: Controller[]): XRInputSource[] {
  return controllers.map(({ handedness = 'right', pressed = false, x = 0, y = 0, hand = false }) => {
    const buttons = [0, 1, 2, 3, 4, 5].map((i) => ({ pressed: i === 3 && pressed, touched: false, value: 0 }));
    const gamepad = { axes: [0, 0, x, y], buttons };
    return { handedness, gamepad, hand: hand ? {} : undefined } as unknown as XRInputSource;
  });
}

test('a press counts once, however long it is held', () => {
  const press = new StickPress();
  const seen = [false, true, true, true, false, true].map((pressed) => press.update(sources({ pressed })));
  expect(seen).toEqual([false, true, false, false, false, true]);
});

test('a stick that is held when the session begins counts for nothing', () => {
  const press = new StickPress();
  expect(press.update(null)).toBe(false);
  expect(press.update(sources({ pressed: true }))).toBe(false);
  press.update(sources({}));
  expect(press.update(sources({ pressed: true }))).toBe(true);
});

test('a controller that goes and comes back pressed counts for nothing', () => {
  const press = new StickPress();
  press.update(sources({}));
  expect(press.update([])).toBe(false);
  expect(press.update(sources({ pressed: true }))).toBe(false);
});

test('a stick that turns or walks is not pressed on purpose', () => {
  const press = new StickPress();
  press.update(sources({ x: 0.9 }));
  expect(press.update(sources({ x: 0.9, pressed: true }))).toBe(false);
  expect(press.update(sources({ x: 0.1, pressed: true }))).toBe(false);
  press.update(sources({}));
  expect(press.update(sources({ x: 0.1, y: -0.1, pressed: true }))).toBe(true);
});

test('the left stick counts only beside a right one', () => {
  const left = new StickPress('left');
  left.update(sources({ handedness: 'left' }, { handedness: 'right' }));
  expect(left.update(sources({ handedness: 'left' }, { handedness: 'right', pressed: true }))).toBe(false);
  expect(left.update(sources({ handedness: 'left', pressed: true }, { handedness: 'right' }))).toBe(true);
  // Alone it is what the right one is: the same press must not mean two things.
  const alone = new StickPress('left');
  alone.update(sources({ handedness: 'left' }));
  expect(alone.update(sources({ handedness: 'left', pressed: true }))).toBe(false);
});

test('of two the right one counts, of one any, of hands none', () => {
  const both = new StickPress();
  both.update(sources({ handedness: 'left' }, { handedness: 'right' }));
  expect(both.update(sources({ handedness: 'left', pressed: true }, { handedness: 'right' }))).toBe(false);
  expect(both.update(sources({ handedness: 'left' }, { handedness: 'right', pressed: true }))).toBe(true);
  const one = new StickPress();
  one.update(sources({ handedness: 'left' }));
  expect(one.update(sources({ handedness: 'left', pressed: true }))).toBe(true);
  const hands = new StickPress();
  hands.update(sources({ hand: true }));
  expect(hands.update(sources({ hand: true, pressed: true }))).toBe(false);
});
