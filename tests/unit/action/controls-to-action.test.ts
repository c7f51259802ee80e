import { describe, expect, test } from 'vitest';
import { createAction } from '../../../src/action/action-codec';
import {
  fillAction,
  smoothTurnRadPerS,
  wishedVelocity,
  type ActionSample,
} from '../../../src/action/controls-to-action';
import { createPose, multiplyPose, poseFromYawPitch } from '../../../src/math/pose';
import { createControls, pressButton, takePointer } from '../../../src/xr/controls';

function sample(changes: Partial<ActionSample> = {}): ActionSample {
  return {
    wishes: createControls(),
    worldFromRoom: poseFromYawPitch([3, 0, -2], 0.7, 0),
    worldFromHead: poseFromYawPitch([3, 1.6, -2], 0.7, 0.1),
    nowMs: 1000,
    dtS: 0.01,
    walkSpeedMps: 1.6,
    turn: 'snap',
    ...changes,
  };
}

describe('an action made from controls', () => {
  test('counts up from 1 and tells the time since the one before', () => {
    const action = createAction();
    fillAction(action, sample());
    expect(action).toMatchObject({ id: 1, atMs: 1000, dtMs: 0 });
    fillAction(action, sample({ nowMs: 1016 }));
    expect(action).toMatchObject({ id: 2, atMs: 1016, dtMs: 16 });
  });

  test('carries the time of its newest event, and never runs backwards', () => {
    const action = fillAction(createAction(), sample());
    const wishes = createControls();
    wishes.lastEventMs = 1010;
    fillAction(action, sample({ wishes, nowMs: 1016 }));
    expect(action.atMs).toBe(1010);
    wishes.lastEventMs = 990;
    fillAction(action, sample({ wishes, nowMs: 1032 }));
    expect(action).toMatchObject({ atMs: 1010, dtMs: 0 });
  });

  test('walks diagonally no faster than straight, and twice as fast when running', () => {
    const wishes = createControls();
    wishes.moveRight = 1;
    wishes.moveBack = -1;
    expect(Math.hypot(...wishedVelocity(wishes, 1.6, [0, 0, 0]))).toBeCloseTo(1.6);
    wishes.speedFactor = 2;
    const [right, up, back] = wishedVelocity(wishes, 1.6, [0, 0, 0]);
    expect(Math.hypot(right, up, back)).toBeCloseTo(3.2);
    expect([right > 0, back < 0]).toEqual([true, true]);
    wishes.moveRight = 0;
    wishes.moveBack = -0.5;
    wishes.speedFactor = 1;
    expect(fillAction(createAction(), sample({ wishes })).intent.move).toEqual([0, 0, -0.8]);
  });

  test('turns by the axis and by the mouse, and by the headset stick only when turning is smooth', () => {
    const wishes = createControls();
    wishes.turn = 0.5;
    wishes.stickTurn = -1;
    wishes.lookYawRad = 0.02;
    const snap = fillAction(createAction(), sample({ wishes, turn: 'snap' })).intent.turnRadPerS;
    expect(snap).toBeCloseTo(0.5 * smoothTurnRadPerS + 2);
    const smooth = fillAction(createAction(), sample({ wishes, turn: 'smooth' })).intent.turnRadPerS;
    expect(smooth).toBeCloseTo(-0.5 * smoothTurnRadPerS + 2);
  });

  test('puts pointers of the room and of the head into the world', () => {
    const wishes = createControls();
    const ray = poseFromYawPitch([0.2, 1, -0.3], 0.3, -0.2);
    for (const space of ['room', 'head'] as const) {
      const pointer = takePointer(wishes)!;
      pointer.space = space;
      pointer.spaceFromPointer.set(ray);
      pointer.pressed = space === 'room' ? 0.25 : 1;
    }
    const input = sample({ wishes });
    const { pointers } = fillAction(createAction(), input).intent;
    expect(pointers.map((pointer) => pointer.pressed)).toEqual([0.25, 1]);
    expect(pointers[0].worldFromPointer).toEqual(multiplyPose(createPose(), input.worldFromRoom, ray));
    expect(pointers[1].worldFromPointer).toEqual(multiplyPose(createPose(), input.worldFromHead, ray));
    expect(fillAction(createAction(), sample()).intent.pointers).toEqual([]);
  });

  test('copies poses and buttons, so that later frames do not change it', () => {
    const input = sample();
    pressButton(input.wishes as ReturnType<typeof createControls>, 'gripLeft', 0.5);
    const action = fillAction(createAction(), input);
    input.worldFromHead.fill(0);
    input.wishes.buttons.fill(0);
    expect(action.worldFromHead[13]).toBeCloseTo(1.6);
    expect(action.worldFromPredictedHead).toEqual(action.worldFromHead);
    expect([...action.intent.buttons]).toEqual([0, 0, 0.5, 0, 0, 0, 0, 0]);
  });
});
