import { Matrix4, PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BareHands } from '../../src/app/hands/bare-hands';
import { TeleportLook } from '../../src/app/hands/teleport-look';
import { poseFromYawPitch } from '../../src/math/pose';
import { createHands } from '../../src/xr/hand-state';
import { TeleportArc } from '../../src/xr/hands/teleport';
import type { Collider } from '../../src/xr/locomotion';
import { jointsAt, type Shape } from '../unit/xr/hands/fakes';

const size = 400;
let renderer: WebGLRenderer;
let camera: PerspectiveCamera;

beforeAll(() => {
  renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  renderer.setSize(size, size);
  renderer.setClearColor('#506070');
  camera = new PerspectiveCamera(80, 1, 0.05, 50);
  document.body.append(renderer.domElement);
});
afterAll(() => renderer.dispose());

/** Pixels that are not background, as [left, top, right, bottom], how many there are, and their mean colour. */
function drawn(scene: Scene) {
  renderer.render(scene, camera);
  const gl = renderer.getContext();
  const pixels = new Uint8Array(size * size * 4);
  gl.readPixels(0, 0, size, size, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  const box = [size, size, 0, 0];
  const color = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < size * size; i++) {
    const [r, g, b] = pixels.subarray(4 * i, 4 * i + 3);
    if (Math.abs(r! - 0x50) + Math.abs(g! - 0x60) + Math.abs(b! - 0x70) < 30) continue;
    const [x, y] = [i % size, size - 1 - Math.floor(i / size)];
    box.splice(0, 4, Math.min(box[0]!, x), Math.min(box[1]!, y), Math.max(box[2]!, x), Math.max(box[3]!, y));
    count++;
    [r!, g!, b!].forEach((value, c) => (color[c]! += value));
  }
  return { box, count, color: color.map((value) => value / count) };
}

describe('bare hands', () => {
  function held(shapes: Partial<Record<'left' | 'right', Shape>>) {
    const hands = createHands();
    for (const side of ['left', 'right'] as const) {
      const shape = shapes[side];
      if (!shape) continue;
      const aim = poseFromYawPitch([side === 'left' ? -0.12 : 0.12, -0.05, -0.3], 0, 0.5);
      const { roomFromJoint, radiiM } = jointsAt(side, shape, aim);
      hands[side].joints.isTracked = true;
      hands[side].joints.roomFromJoint.set(roomFromJoint);
      hands[side].joints.radiiM.set(radiiM);
    }
    return hands;
  }

  test('are drawn where they are, mirrored alike, and a lost one is not', () => {
    const scene = new Scene();
    const hands = new BareHands();
    scene.add(hands);
    hands.update(held({ left: 'open', right: 'open' }));
    const both = drawn(scene);
    const calls = renderer.info.render.calls;
    expect(both.box[0]! + both.box[2]!).toBeGreaterThan(size - 8);
    expect(both.box[0]! + both.box[2]!).toBeLessThan(size + 8);
    expect(both.count).toBeGreaterThan(0.05 * size * size);
    expect(calls).toBe(2);
    hands.update(held({ right: 'open' }));
    const right = drawn(scene);
    expect(right.count / both.count).toBeGreaterThan(0.45);
    expect(right.count / both.count).toBeLessThan(0.55);
    expect(right.box[0]).toBeGreaterThan(size / 2);
    hands.update(held({ right: 'pinched' }));
    expect(drawn(scene).box).not.toEqual(right.box);
    hands.update(held({}));
    expect(drawn(scene).count).toBe(0);
    hands.dispose();
  });
});

describe('the target of a teleport', () => {
  const wall: Collider = {
    slide: () => {},
    groundHeight: () => -1.4,
    clearance: (_x, z) => z + 3,
    distance: (_x, _y, z) => z + 3,
  };

  test('is a ring where one can stand and another shape in another colour where one cannot', () => {
    const scene = new Scene();
    const look = new TeleportLook();
    const arc = new TeleportArc();
    scene.add(look);
    look.updateMatrixWorld(true);
    const aim = (pitchRad: number, hasWalls: boolean) =>
      arc.aim(poseFromYawPitch([0.2, -0.4, -0.3], 0.05, pitchRad), 'hand', { collider: wall, hasWalls, floorY: -1.4 });
    aim(-0.4, true);
    look.show(arc, true);
    const ring = drawn(scene);
    // The ring lies on the floor: it is wider than high, and around the place.
    const floor = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    const { x, y, z } = arc.target;
    const w = floor.elements[11]! * z;
    const centre = (((floor.elements[0]! * x) / w + 1) / 2) * size;
    expect(arc.isValid).toBe(true);
    expect(y).toBe(-1.4);
    expect(ring.box[0]).toBeLessThan(centre - 8);
    aim(0.2, true);
    look.show(arc, true);
    const cross = drawn(scene);
    expect(arc.isValid).toBe(false);
    // Bluish and reddish, and nothing of the one is left in the other.
    expect(ring.color[2]! - ring.color[0]!).toBeGreaterThan(40);
    expect(cross.color[0]! - cross.color[2]!).toBeGreaterThan(40);
    look.show(arc, false);
    expect(drawn(scene).count).toBeLessThan(cross.count);
    look.hide();
    expect(drawn(scene).count).toBe(0);
    look.dispose();
  });
});
