import { beforeEach, describe, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { createHands, type HandState, type Hands } from '../../../../src/xr/hand-state';
import { Teleporter, type TeleportWishes } from '../../../../src/xr/hands/teleporter';

const landing = { collider: null, hasWalls: true, floorY: 0 };
let hands: Hands;
let teleporter: Teleporter;
let wishes: TeleportWishes;

beforeEach(() => {
  hands = createHands();
  teleporter = new Teleporter();
  wishes = { isAllowed: true, pressAims: true, stickSide: null };
  for (const hand of hands.all) {
    hand.kind = 'controller';
    aim(hand, 0, -0.3);
  }
});

function aim(hand: HandState, yawRad: number, pitchRad: number): void {
  hand.worldFromAim.set(poseFromYawPitch([0, 1.1, 0], yawRad, pitchRad));
}

/** One display frame, with this hand's press at `value`. */
function frame(hand: HandState, value: number): boolean {
  if (!hand.isPressed) hand.claim = null;
  const isPressed = value >= 0.5;
  hand.pressBegan = isPressed && !hand.isPressed;
  hand.pressEnded = !isPressed && hand.isPressed;
  hand.isPressed = isPressed;
  hand.press = value;
  return teleporter.update(hands, wishes, landing);
}

const distance = () => -teleporter.arc.target.z;

describe('a press', () => {
  test.each(['left', 'right'] as const)('of the %s hand aims while it is held, and goes when it ends', (side) => {
    const hand = hands[side];
    expect(frame(hand, 1)).toBe(false);
    expect(teleporter.hand).toBe(null);
    expect(frame(hand, 1)).toBe(false);
    expect(teleporter.hand).toBe(hand);
    expect(hand.claim).toBe('teleport');
    aim(hand, 0, 0.2);
    frame(hand, 1);
    const far = distance();
    expect(frame(hand, 0)).toBe(true);
    expect(distance()).toBe(far);
    expect(far).toBeGreaterThan(4);
    expect(frame(hand, 0)).toBe(false);
    expect(teleporter.hand).toBe(null);
  });

  test('that somebody else claims is left alone, menu before and things after', () => {
    for (const claim of ['menu', 'objects'] as const) {
      frame(hands.right, 1);
      hands.right.claim = claim;
      frame(hands.right, 1);
      expect(teleporter.hand).toBe(null);
      expect(frame(hands.right, 0)).toBe(false);
      expect(hands.right.claim).toBe(claim);
      frame(hands.right, 0);
    }
  });

  test('throws and does not move while that is the tool, also when the tool changes under the held press', () => {
    wishes.pressAims = false;
    frame(hands.right, 1);
    wishes.pressAims = true;
    frame(hands.right, 1);
    expect(frame(hands.right, 0)).toBe(false);
    expect(hands.right.claim).toBe(null);
  });

  test('as short as a tap goes where it pointed', () => {
    frame(hands.right, 1);
    expect(frame(hands.right, 0)).toBe(true);
    expect(distance()).toBeGreaterThan(2);
  });

  test('keeps its aim while the finger comes off, when the hand jerks', () => {
    frame(hands.right, 1);
    frame(hands.right, 1);
    const held = distance();
    aim(hands.right, 0, 0.3);
    frame(hands.right, 0.7);
    expect(frame(hands.right, 0.2)).toBe(true);
    expect(distance()).toBe(held);
  });

  test('of a hand that is lost goes nowhere', () => {
    frame(hands.right, 1);
    frame(hands.right, 1);
    hands.right.wasLost = true;
    expect(frame(hands.right, 0)).toBe(false);
    expect(teleporter.hand).toBe(null);
  });

  test('at something one cannot stand on goes nowhere', () => {
    aim(hands.right, 0, -0.3);
    frame(hands.right, 1);
    frame(hands.right, 1);
    const abyss = { ...landing, floorY: -50 };
    teleporter.update(hands, wishes, abyss);
    hands.right.isPressed = false;
    expect(teleporter.update(hands, wishes, abyss)).toBe(false);
  });

  test('of the other hand waits until the first one is done', () => {
    frame(hands.left, 1);
    frame(hands.left, 1);
    frame(hands.right, 1);
    frame(hands.right, 1);
    expect(teleporter.hand).toBe(hands.left);
    expect(hands.right.claim).toBe(null);
  });
});

describe('a stick', () => {
  test('pushed forward aims with its hand, and goes when it is let go, whatever the tool', () => {
    wishes.pressAims = false;
    wishes.stickSide = 'right';
    expect(frame(hands.right, 0)).toBe(false);
    expect(teleporter.hand).toBe(hands.right);
    aim(hands.right, 0, 0.1);
    frame(hands.right, 0);
    const held = distance();
    aim(hands.right, 0, -0.9);
    wishes.stickSide = null;
    expect(frame(hands.right, 0)).toBe(true);
    expect(distance()).toBe(held);
    expect(frame(hands.right, 0)).toBe(false);
  });

  test('does nothing where teleporting is not allowed, and stops when that begins', () => {
    wishes.isAllowed = false;
    wishes.stickSide = 'right';
    frame(hands.right, 0);
    expect(teleporter.hand).toBe(null);
    wishes.isAllowed = true;
    frame(hands.right, 0);
    wishes.isAllowed = false;
    frame(hands.right, 0);
    expect(teleporter.hand).toBe(null);
    wishes.stickSide = null;
    expect(frame(hands.right, 0)).toBe(false);
  });
});
