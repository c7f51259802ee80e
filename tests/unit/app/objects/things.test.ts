import { beforeEach, expect, test } from 'vitest';
import { defaultOptions, type Options } from '../../../../src/app/options';
import { Things, type ThingsHost } from '../../../../src/app/objects/things';
import { appStore } from '../../../../src/app/store';
import { createPose, poseFromYawPitch } from '../../../../src/math/pose';
import { loadPhysics } from '../../../../src/physics/physics-world';
import { createHands, type HandState } from '../../../../src/xr/hand-state';

const frameS = 1 / 60;

type Rig = ReturnType<typeof rig>;

/** A visit without a page: a visitor at the origin of level ground, and two hands. */
function rig(options: Partial<Options> = {}) {
  const visit: ThingsHost['visit'] = {
    hands: createHands(),
    worldFromRoom: createPose(),
    worldFromRig: createPose(),
    worldFromHead: poseFromYawPitch([0, 1.6, 0], 0, 0),
    collider: null,
    onSurfaces: () => {},
  };
  const log = { loads: 0, populated: [] as boolean[] };
  const state = { options: { ...defaultOptions, ...options }, isPlacing: false };
  const things = new Things();
  things.attach({
    visit,
    options: () => state.options,
    isPlacing: () => state.isPlacing,
    load: () => {
      log.loads++;
      return loadPhysics();
    },
    failed: (reason) => {
      throw reason;
    },
    populated: (bodies) => void log.populated.push(bodies),
  });
  return { visit, log, state, things };
}

function frame({ things, visit }: Rig): void {
  things.claim();
  things.update(frameS);
  for (const hand of visit.hands.all) {
    hand.pressBegan = hand.pressEnded = hand.gripBegan = hand.gripEnded = false;
    if (!hand.isPressed) hand.claim = null;
  }
}

function put(hand: HandState, x: number, y: number, z: number, kind: HandState['kind'] = 'controller'): void {
  hand.kind = kind;
  for (const pose of [hand.roomFromGrip, hand.roomFromAim, hand.worldFromGrip, hand.worldFromAim]) pose.set([x, y, z], 12);
}

function press(hand: HandState): void {
  hand.isPressed = hand.pressBegan = true;
}

function release(hand: HandState, velocity: readonly number[] = [0, 0, 0]): void {
  hand.velocityMps.set(velocity);
  hand.isPressed = false;
  hand.pressEnded = true;
}

beforeEach(() => appStore.setState({ options: { ...defaultOptions, sound: false } }));

test('the engine is loaded once, when first wanted, and not before', async () => {
  const one = rig();
  frame(one);
  expect(one.log.loads).toBe(0);
  await Promise.all([one.things.throwAt(null), one.things.throwAt(null), one.things.prepare()]);
  expect(one.log.loads).toBe(1);
  // One after the other: two in one place would burst apart.
  frame(one);
  expect(one.things.count).toBe(1);
  for (let k = 0; k < 8; k++) frame(one);
  expect(one.things.count).toBe(2);
  expect(Math.max(...one.things.list().map(({ velocityMps }) => Math.hypot(...velocityMps)))).toBeLessThan(10);
  expect(one.log.populated).toEqual([true]);
});

test('a click in the middle throws ahead, and what was thrown lies on the floor in the end', async () => {
  const one = rig();
  await one.things.throwAt({ x: 50, y: 50, width: 100, height: 100 });
  one.things.update(0);
  const [thrown] = one.things.list();
  expect(thrown!.velocityMps[2]).toBeLessThan(-7);
  expect(Math.abs(thrown!.velocityMps[0])).toBeLessThan(0.6);
  for (let k = 0; k < 400; k++) frame(one);
  const [lies] = one.things.list();
  expect(lies!.position[2]).toBeLessThan(-4);
  // Without any surface there is only the floor that nothing falls through.
  expect(lies!.position[1]).toBeGreaterThan(-0.4);
  expect(lies!.position[1]).toBeLessThan(0.2);
});

test('a press makes a thing that follows the hand, and letting go throws it with the velocity of the hand', async () => {
  const one = rig();
  await one.things.prepare();
  const { right } = one.visit.hands;
  put(right, 0.2, 1.3, -0.4);
  press(right);
  frame(one);
  expect(right.claim).toBe('objects');
  put(right, 0.5, 1.5, -0.6);
  for (let k = 0; k < 60; k++) frame(one);
  const [held] = one.things.list();
  expect(held!.isHeld).toBe(true);
  expect(Math.hypot(held!.position[0] - 0.5, held!.position[1] - 1.5, held!.position[2] + 0.6)).toBeLessThan(0.09);
  release(right, [1, 3, -4]);
  one.things.claim();
  one.things.update(0);
  const [thrown] = one.things.list();
  expect(thrown!.isHeld).toBe(false);
  expect(thrown!.velocityMps[0]).toBeCloseTo(1, 1);
  expect(thrown!.velocityMps[1]).toBeCloseTo(3, 1);
  expect(thrown!.velocityMps[2]).toBeCloseTo(-4, 1);
});

test('a slow hand lets fall: the thing goes down and not away', async () => {
  const one = rig();
  await one.things.prepare();
  const { left } = one.visit.hands;
  put(left, 0, 1.4, -0.5);
  press(left);
  frame(one);
  release(left, [0.1, 0, -0.2]);
  for (let k = 0; k < 20; k++) frame(one);
  const [fallen] = one.things.list();
  expect(fallen!.velocityMps[1]).toBeLessThan(-2);
  expect(Math.hypot(fallen!.velocityMps[0], fallen!.velocityMps[2])).toBeLessThan(0.05);
});

test('a press at a thing takes that thing, even with the teleport tool, and both hands hold one each', async () => {
  const one = rig();
  await one.things.prepare();
  const { left, right } = one.visit.hands;
  put(right, 0.3, 1.2, -0.5);
  put(left, -0.3, 1.2, -0.5);
  press(right);
  press(left);
  frame(one);
  expect(one.things.list().filter(({ isHeld }) => isHeld)).toHaveLength(2);
  release(right);
  release(left);
  one.state.options.tool = 'move';
  one.things.claim();
  one.things.update(0);
  frame(one);
  press(right);
  one.things.claim();
  expect(right.claim).toBe('objects');
  expect(one.things.count).toBe(2);
  press(left);
  put(left, -2, 1.2, -0.5);
  left.claim = null;
  frame(one);
  expect(left.claim).toBeNull();
  expect(one.things.count).toBe(2);
});

test('the grip brings a thing that is pointed at, up to three metres away, and no farther', async () => {
  const one = rig({ tool: 'move' });
  await one.things.prepare();
  const { right } = one.visit.hands;
  const at = (z: number): Float32Array => poseFromYawPitch([0.1, 1.2, z], 0, 0);
  const still = [0, 0, 0];
  const id = one.things.world!.add({ shape: 'cube', radiusM: 0.05, worldFromBody: at(-5), velocityMps: still, angularRadPerS: still });
  put(right, 0.1, 1.2, -0.5);
  right.isGripping = right.gripBegan = true;
  one.things.claim();
  one.things.update(0);
  expect(one.things.list()[0]!.isHeld).toBe(false);
  one.things.world!.remove(id);
  one.things.world!.add({ shape: 'cube', radiusM: 0.05, worldFromBody: at(-2.5), velocityMps: still, angularRadPerS: still });
  right.gripBegan = true;
  frame(one);
  for (let k = 0; k < 60; k++) frame(one);
  const [held] = one.things.list();
  expect(held!.isHeld).toBe(true);
  expect(Math.hypot(held!.position[0] - 0.1, held!.position[1] - 1.2, held!.position[2] + 0.5)).toBeLessThan(0.1);
});

test('a claimed press, a lost hand and a world that is being put down throw nothing', async () => {
  const one = rig();
  await one.things.prepare();
  const { left, right } = one.visit.hands;
  put(right, 0, 1.2, -0.5);
  press(right);
  right.claim = 'menu';
  frame(one);
  expect(one.things.count).toBe(0);
  one.state.isPlacing = true;
  put(left, 0, 1.2, -0.5);
  press(left);
  frame(one);
  expect(one.things.count).toBe(0);
  one.state.isPlacing = false;
  left.isPressed = false;
  frame(one);
  press(left);
  frame(one);
  expect(one.things.count).toBe(1);
  left.wasLost = true;
  release(left, [0, 5, -5]);
  one.things.claim();
  one.things.update(0);
  expect(one.things.list()[0]!.isHeld).toBe(false);
  expect(Math.hypot(...one.things.list()[0]!.velocityMps)).toBeLessThan(0.2);
});

test('another world takes the things away, the same map under another model keeps them', async () => {
  const one = rig();
  await one.things.throwAt(null);
  frame(one);
  one.things.renew(false);
  expect(one.things.count).toBe(1);
  one.things.renew(true);
  expect(one.things.count).toBe(0);
  expect(one.log.populated).toEqual([true, false]);
});

test('a gaze and a pinch: a flick throws along the ray, a still hand lets fall', async () => {
  const one = rig();
  await one.things.prepare();
  const { right } = one.visit.hands;
  put(right, 0, 1.5, 0, 'pinch');
  press(right);
  frame(one);
  right.angularRadPerS.set([2, 0, 0]);
  release(right);
  one.things.claim();
  one.things.update(0);
  const [thrown] = one.things.list();
  expect(thrown!.velocityMps[2]).toBeLessThan(-3);
  right.angularRadPerS.fill(0);
  put(right, 1, 1.5, 0, 'pinch');
  frame(one);
  press(right);
  frame(one);
  release(right);
  one.things.claim();
  one.things.update(0);
  expect(Math.hypot(...one.things.list()[1]!.velocityMps)).toBeLessThan(0.2);
});

test('before a model of 1:20 a thing is larger in the world, but never larger than a doorway lets through', async () => {
  const one = rig();
  await one.things.prepare();
  for (let k = 0; k < 12; k++) one.visit.worldFromRoom[k]! *= 20;
  const { right } = one.visit.hands;
  put(right, 0, 20, -10);
  press(right);
  frame(one);
  expect(one.things.list()[0]!.radiusM).toBeCloseTo(0.3, 5);
  release(right, [0, 0.5, -1]);
  one.things.claim();
  one.things.update(0);
  expect(one.things.list()[0]!.velocityMps[2]).toBeCloseTo(-20, 0);
});
