import fc from 'fast-check';
import { Matrix4, Quaternion, Vector3, Vector4 } from 'three';
import { describe, expect, test } from 'vitest';
import type { RoomLook } from '../../../src/reproject/room-look';
import { createRoomMask, dreamMask, maskFor, thingMask } from '../../../src/reproject/room-mask';

type Window = RoomLook & { form: 'window' };

const number = fc.double({ min: -4, max: 4, noNaN: true });
const point = fc.tuple(number, number, number).map(([x, y, z]) => new Vector3(x, y, z));
const turn = fc.tuple(point, fc.double({ min: -3, max: 3, noNaN: true })).map(([axis, angle]) => {
  const unit = axis.lengthSq() > 1e-3 ? axis.clone().normalize() : new Vector3(0, 1, 0);
  return new Quaternion().setFromAxisAngle(unit, angle);
});
const rigid = fc.tuple(point, turn).map(([at, by]) => new Matrix4().compose(at, by, new Vector3(1, 1, 1)));

function windowLook(worldFromPortal: Matrix4, isInside = false): Window {
  return { form: 'window', portalFromWorld: worldFromPortal.clone().invert(), widthM: 1.2, heightM: 0.8, isInside };
}

/** The mask of a point of the world for an eye; `scale` multiplies its homogeneous coordinates. */
function shown(look: RoomLook, worldFromView: Matrix4, at: Vector3, scale = 1, of = dreamMask): number {
  const mask = maskFor(look, worldFromView, createRoomMask());
  const inView = at.clone().applyMatrix4(worldFromView.clone().invert());
  return of(mask, inView.x * scale, inView.y * scale, inView.z * scale, scale);
}

describe('window', () => {
  test('from outside shows what lies behind it on a line through the opening, wherever both stand', () => {
    fc.assert(
      fc.property(rigid, point, point, turn, fc.double({ min: 0.01, max: 5, noNaN: true }), (portal, eye, at, head, scale) => {
        const [e, p] = [eye.clone().setZ(Math.abs(eye.z) + 0.3), at];
        const worldFromView = new Matrix4().compose(e, head, new Vector3(1, 1, 1)).premultiply(portal);
        const crossing = e.clone().lerp(p, e.z / (e.z - p.z));
        const margin = Math.min(Math.abs(Math.abs(crossing.x) - 0.6), Math.abs(Math.abs(crossing.y) - 0.4), Math.abs(p.z));
        fc.pre(margin > 1e-3);
        const through = Math.abs(crossing.x) < 0.6 && Math.abs(crossing.y) < 0.4;
        const inWorld = p.clone().applyMatrix4(portal);
        expect(shown(windowLook(portal), worldFromView, inWorld, scale)).toBe(p.z < 0 && through ? 1 : 0);
        expect(shown(windowLook(portal), worldFromView, inWorld, 1, thingMask)).toBe(p.z > 0 || through ? 1 : 0);
      }),
    );
  });

  test('from inside shows everything but the room beyond the opening; from behind without having entered, nothing', () => {
    const portal = new Matrix4();
    const eye = new Matrix4().makeTranslation(0.1, 0, -1);
    const beyond = new Vector3(0, 0, 2);
    const beside = new Vector3(3, 0, 2);
    const around = new Vector3(0, 0, -3);
    for (const [at, inside] of [[beyond, 0], [beside, 1], [around, 1]] as const) {
      expect(shown(windowLook(portal, true), eye, at)).toBe(inside);
      expect(shown(windowLook(portal, false), eye, at)).toBe(0);
      expect(shown(windowLook(portal, true), eye, at, 1, thingMask)).toBe(1);
    }
  });

  test('crossing has no flash: whatever the head is, each eye in the opening is on its own side', () => {
    for (const isInside of [false, true]) {
      const look = windowLook(new Matrix4(), isInside);
      const inFront = new Matrix4().makeTranslation(0.03, 0, 0.02);
      const behind = new Matrix4().makeTranslation(-0.03, 0, -0.02);
      expect(shown(look, inFront, new Vector3(0, 0, -2))).toBe(1);
      expect(shown(look, behind, new Vector3(0, 0, -2))).toBe(1);
      expect(shown(look, inFront, new Vector3(0, 0, 2))).toBe(0);
      expect(shown(look, behind, new Vector3(0, 0, 2))).toBe(0);
      // Beside the opening the head decides.
      const besideFrame = new Matrix4().makeTranslation(2, 0, -0.02);
      expect(shown(look, besideFrame, new Vector3(2, 0, -2))).toBe(isInside ? 1 : 0);
    }
  });

  test('a wall hides nothing of what is seen through it, a thing in front of it may', () => {
    const mask = maskFor(windowLook(new Matrix4()), new Matrix4().makeTranslation(0, 0, 2), createRoomMask());
    const free = (z: number) => mask.free.dot(new Vector4(0, 0, z - 2, 1)) <= 0;
    expect([free(-1), free(0), free(0.05), free(0.3)]).toEqual([true, true, true, false]);
  });
});

describe('diorama', () => {
  const worldFromModel = new Matrix4().compose(new Vector3(40, 0, -7), new Quaternion(), new Vector3(20, 20, 20));
  const look: RoomLook = {
    form: 'diorama',
    modelFromWorld: worldFromModel.clone().invert(),
    cut: 'disc',
    radiusM: 0.5,
    heightM: 0.6,
    softM: 0.04,
  };
  const eye = worldFromModel.clone().multiply(new Matrix4().makeTranslation(0, 0.5, 1));
  const at = (x: number, y: number, z: number) => new Vector3(x, y, z).applyMatrix4(worldFromModel);

  test('is cut in metres of the room, softly, whatever its scale', () => {
    expect(shown(look, eye, at(0.45, 0, 0))).toBeCloseTo(1, 6);
    expect(shown(look, eye, at(0.48, 0, 0))).toBeCloseTo(0.5, 6);
    expect(shown(look, eye, at(0.51, 0, 0))).toBe(0);
    expect(shown(look, eye, at(0.36, 0, 0.36))).toBe(0);
    expect(shown({ ...look, cut: 'box' }, eye, at(0.45, 0, 0.45))).toBeCloseTo(1, 6);
    expect(shown(look, eye, at(0, 0.61, 0))).toBe(0);
    expect(shown(look, eye, at(0, -0.2, 0))).toBe(0);
    expect(shown(look, eye, at(0, 0.3, 0), 0.05)).toBeCloseTo(1, 6);
  });

  test('has no sky', () => {
    const mask = maskFor(look, eye, createRoomMask());
    expect(dreamMask(mask, 0, 0.1, -1, 0)).toBe(0);
  });

  test('things leave it through the air, and fade where they roll over its rim', () => {
    expect(shown(look, eye, at(0.9, 0.3, 0), 1, thingMask)).toBe(1);
    expect(shown(look, eye, at(0.9, 0.005, 0), 1, thingMask)).toBe(0);
    expect(shown(look, eye, at(0.2, 0.005, 0), 1, thingMask)).toBe(1);
  });

  test('the table under it hides nothing, except for an eye below the table', () => {
    const above = maskFor(look, eye, createRoomMask());
    // In eye space of `eye`, a point of the table has y = -0.5.
    expect(above.free.dot(new Vector4(0.1, -0.5, -1, 1))).toBeLessThan(0);
    expect(above.free.dot(new Vector4(0.1, -0.4, -1, 1))).toBeGreaterThan(0);
    const belowTable = worldFromModel.clone().multiply(new Matrix4().makeTranslation(0, -0.3, 1));
    const below = maskFor(look, belowTable, createRoomMask());
    expect(below.free.toArray()).toEqual([0, 0, 0, 1]);
  });
});

test('overlay: no ground, no sky, everything else, and things on the ground whole', () => {
  const look: RoomLook = { form: 'overlay', groundY: 2, softM: 0.05 };
  const eye = new Matrix4().makeTranslation(1, 3.6, 4);
  expect(shown(look, eye, new Vector3(0, 2, 0))).toBe(0);
  expect(shown(look, eye, new Vector3(0, 2.05, 0))).toBe(0);
  expect(shown(look, eye, new Vector3(0, 2.085, 0))).toBeCloseTo(0.5, 6);
  expect(shown(look, eye, new Vector3(0, 2.2, 0))).toBe(1);
  expect(shown(look, eye, new Vector3(0, 2.01, 0), 1, thingMask)).toBe(1);
  expect(dreamMask(maskFor(look, eye, createRoomMask()), 0, 0, -1, 0)).toBe(0);
});

test('without a look everything is shown', () => {
  const mask = maskFor(null, new Matrix4(), createRoomMask());
  expect([dreamMask(mask, 1, 2, 3, 0), dreamMask(mask, 1, 2, 3, 1), thingMask(mask, 1, 2, 3)]).toEqual([1, 1, 1]);
});
