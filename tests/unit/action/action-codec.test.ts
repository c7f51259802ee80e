import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../../src/action/action';
import {
  actionLength,
  actionOffsets,
  createAction,
  decodeAction,
  encodeAction,
} from '../../../src/action/action-codec';

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const single = fc.float({ noNaN: true, noDefaultInfinity: true });
const pose = fc.array(single, { minLength: 16, maxLength: 16 }).map((values) => Float32Array.from(values));
const pointer = fc.record({ worldFromPointer: pose, pressed: number });
const anyAction: fc.Arbitrary<Action> = fc.record({
  id: fc.nat(),
  atMs: number,
  dtMs: number,
  worldFromHead: pose,
  worldFromPredictedHead: pose,
  intent: fc.record({
    move: fc.tuple(number, number, number),
    turnRadPerS: number,
    buttons: fc.array(single, { minLength: 8, maxLength: 8 }).map((values) => Float32Array.from(values)),
    pointers: fc.array(pointer, { maxLength: 2 }),
  }),
});

describe('the flat form of an action', () => {
  test('comes back exactly, into an object that held any other action', () => {
    fc.assert(
      fc.property(anyAction, anyAction, (before, action) => {
        const values = new Float64Array(actionLength);
        const out = decodeAction(encodeAction(before, values), createAction());
        expect(decodeAction(encodeAction(action, values), out)).toEqual(action);
      }),
    );
  });

  test('has no part that overlaps another', () => {
    const starts = [...Object.values(actionOffsets), actionLength];
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(new Set(starts).size).toBe(starts.length);
    expect(actionLength).toBe(3 + 2 * 16 + 3 + 1 + 8 + 1 + 2 * 17);
  });

  test('decodes without new objects when the pointers stay', () => {
    const action = createAction();
    action.intent.pointers.push({ worldFromPointer: new Float32Array(16), pressed: 1 });
    const values = encodeAction(action, new Float64Array(actionLength));
    const out = decodeAction(values, createAction());
    const { worldFromHead, intent } = out;
    const [first] = intent.pointers;
    decodeAction(values, out);
    expect(out.worldFromHead).toBe(worldFromHead);
    expect(out.intent).toBe(intent);
    expect(out.intent.pointers[0]).toBe(first);
  });

  test('is refused when it is too short or carries an impossible number of pointers', () => {
    expect(() => decodeAction(new Float64Array(3), createAction())).toThrow(/numbers, but the array has 3/);
    const values = encodeAction(createAction(), new Float64Array(actionLength));
    values[actionOffsets.pointerCount] = 3;
    expect(() => decodeAction(values, createAction())).toThrow(/0 to 2 pointers, not 3/);
    values[actionOffsets.pointerCount] = Number.NaN;
    expect(() => decodeAction(values, createAction())).toThrow(RangeError);
  });
});
