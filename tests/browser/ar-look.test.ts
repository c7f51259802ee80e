import {
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  Quaternion,
  Scene,
  SphereGeometry,
  Vector3,
  type PerspectiveCamera,
} from 'three';
import { afterEach, describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../src/math/camera';
import { lightLeft } from '../../src/reproject/body-shadow';
import { LayerMesh } from '../../src/reproject/layer-mesh';
import type { RoomLook } from '../../src/reproject/room-look';
import { createRoomMask, dreamMask, maskFor } from '../../src/reproject/room-mask';
import { WorldView } from '../../src/reproject/world-view';
import { makeFrame, type FrameSpec, type Rgb } from '../unit/reproject/frame-fixture';
import { draw, eyeAt, eyesAt, rayOf, roomRenderer, type RoomPicture } from './ar-fixture';

const deg = Math.PI / 180;
const side = 120;
const grey: Rgb = [180, 180, 180];
const renderer = roomRenderer();
const scene = new Scene();
const disposables: { dispose: () => void }[] = [];

afterEach(() => {
  scene.clear();
  for (const it of disposables.splice(0)) it.dispose();
});

/** A frame of the pose at the origin, looking along -Z, one texel a degree and more. */
function viewOf(spec: FrameSpec): WorldView {
  const view = new WorldView(() => {});
  disposables.push(view);
  scene.add(view);
  view.setMode('mesh');
  view.queue(makeFrame({ camera: intrinsicsFromFov(96, 96, 120 * deg), colorOf: () => grey, ...spec }));
  view.flush(0, renderer);
  return view;
}

/** Inverse depth of a plane n.p = distance at a corner of the picture above. */
function planeDepth(normal: Vector3, distance: number): (surface: number, x: number, y: number) => number {
  const { fx, fy, cx, cy } = intrinsicsFromFov(96, 96, 120 * deg);
  return (_surface, x, y) => Math.max(0, normal.dot(new Vector3((x - cx) / fx, (cy - y) / fy, -1)) / distance);
}

const wall = planeDepth(new Vector3(0, 0, -1), 3);

function windowLook(worldFromPortal: Matrix4, isInside = false): RoomLook {
  return { form: 'window', portalFromWorld: worldFromPortal.clone().invert(), widthM: 1, heightM: 0.8, isInside };
}

function dioramaLook(worldFromModel: Matrix4, cut: 'disc' | 'box' = 'disc'): RoomLook {
  return { form: 'diorama', modelFromWorld: worldFromModel.clone().invert(), cut, radiusM: 0.35, heightM: 0.3, softM: 0.05 };
}

function samePictures(a: RoomPicture, b: RoomPicture): boolean {
  for (let y = 0; y < a.height; y++) {
    for (let x = 0; x < a.width; x++) if (a.rgba(x, y).join() !== b.rgba(x, y).join()) return false;
  }
  return true;
}

/** The box around pixels whose alpha is not 0; soft: neither 0 nor 255, holes: 0 inside, glowing: 0 but not black. */
function outline(picture: RoomPicture, fromX = 0, toX = picture.width) {
  const box = { left: toX, right: fromX - 1, top: picture.height, bottom: -1, soft: 0, holes: 0, glowing: 0 };
  for (let y = 0; y < picture.height; y++) {
    for (let x = fromX; x < toX; x++) {
      const [r, g, b, alpha] = picture.rgba(x, y);
      if (alpha === 0 && Math.max(r, g, b) > 0) box.glowing++;
      if (alpha === 0) continue;
      if (alpha < 255) box.soft++;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  for (let y = box.top; y <= box.bottom; y++) {
    for (let x = box.left; x <= box.right; x++) if (picture.rgba(x, y)[3] === 0) box.holes++;
  }
  return box;
}

test('VR: opaque everywhere, and the same picture bit for bit after a time in the room and without bodies', () => {
  const view = viewOf({ inverseDepthOf: wall, colorOf: (x, y) => [(x * 37) % 256, (y * 53) % 256, (x * y) % 256] });
  const camera = eyeAt(new Matrix4().makeTranslation(0.3, 0.1, -0.2), 80, 1);
  const before = draw(renderer, scene, camera, side, side);
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) expect(before.rgba(x, y)[3]).toBe(255);
  view.setRoom(windowLook(new Matrix4().makeTranslation(0, 0, -1)));
  view.setShadows(Float32Array.of(0, 0, -2.9, 0.1), 1);
  expect(samePictures(draw(renderer, scene, camera, side, side), before)).toBe(false);
  view.setRoom(null);
  view.setShadows(new Float32Array(0), 0);
  expect(samePictures(draw(renderer, scene, camera, side, side), before)).toBe(true);
});

describe('window', () => {
  test('its edges lie where each eye sees the opening; outside of it alpha is exactly 0', () => {
    const view = viewOf({ inverseDepthOf: wall });
    const worldFromPortal = new Matrix4().makeTranslation(0.1, -0.05, -1.2);
    view.setRoom(windowLook(worldFromPortal));
    const head = new Matrix4();
    const picture = draw(renderer, scene, eyesAt(head, 0.064, 80, side), 2 * side, side);
    const pixelsPerTangent = side / 2 / Math.tan(40 * deg);
    for (const [i, eyeX] of [-0.032, 0.032].entries()) {
      const edge = (x: number) => side / 2 + ((x - eyeX) / 1.2) * pixelsPerTangent;
      const box = outline(picture, i * side, (i + 1) * side);
      expect(Math.abs(box.left - i * side - edge(-0.4))).toBeLessThan(1.01);
      expect(Math.abs(box.right + 1 - i * side - edge(0.6))).toBeLessThan(1.01);
      expect(Math.abs(box.top - (side / 2 - (0.35 / 1.2) * pixelsPerTangent))).toBeLessThan(1.01);
      expect(Math.abs(box.bottom + 1 - (side / 2 + (0.45 / 1.2) * pixelsPerTangent))).toBeLessThan(1.01);
      expect([box.holes, box.glowing]).toEqual([0, 0]);
      // Only the pixels on the rim are mixed.
      expect(box.soft).toBeLessThanOrEqual(2 * (box.right - box.left + box.bottom - box.top));
    }
  });

  test('hides what stands out of it into the room, shows the sky, and ends with the frame for whoever stands behind it', () => {
    const view = viewOf({ inverseDepthOf: (_s, x) => (x < 48 ? 1 / 0.8 : 0), surfaceOf: (x) => (x < 48 ? 0 : 1) });
    view.setRoom(windowLook(new Matrix4().makeTranslation(0, 0, -1)));
    const inFront = draw(renderer, scene, eyeAt(new Matrix4(), 60, 1), side, side);
    // Left, 0.8 m away: before the wall. Through it the sky dome is seen, as on the right.
    expect(inFront.rgba(side / 2 - 20, side / 2)).toEqual(inFront.rgba(side / 2 - 10, side / 2));
    expect(inFront.rgba(side / 2 - 20, side / 2)[3]).toBe(255);
    expect(inFront.rgba(side / 2 + 20, side / 2).slice(0, 3)).toEqual([...grey]);
    expect(inFront.rgba(1, 1)).toEqual([0, 0, 0, 0]);
    const turned = new Matrix4().makeRotationY(Math.PI).setPosition(0, 0, -2);
    expect(outline(draw(renderer, scene, eyeAt(turned, 60, 1), side, side)).right).toBe(-1);
  });

  test('from inside the opening is the way back: nothing is drawn in it, everything around it', () => {
    const view = viewOf({ inverseDepthOf: wall });
    view.setRoom(windowLook(new Matrix4().makeTranslation(0, 0, -1), true));
    const turned = new Matrix4().makeRotationY(Math.PI).setPosition(0, 0, -2);
    const picture = draw(renderer, scene, eyeAt(turned, 90, 1), side, side);
    const wrong: string[] = [];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const inside = Math.abs(x - 59.5) < 29 && Math.abs(y - 59.5) < 23;
        const outside = Math.abs(x - 59.5) > 31 || Math.abs(y - 59.5) > 25;
        const drawn = picture.rgba(x, y);
        if ((inside && drawn.join() !== '0,0,0,0') || (outside && drawn[3] !== 255)) wrong.push(`${x}, ${y}: ${drawn.join()}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('the GPU masks as the CPU twin says', () => {
  const normal = new Vector3(0.15, -0.55, -0.6).normalize();
  /** Scale of the world in the room: 1 m of the room is so many of the world. */
  const cases: { name: string; softPixels: number; look: (world: number) => RoomLook; world: number }[] = [
    { name: 'disc', softPixels: 50, world: 1, look: () => dioramaLook(new Matrix4().makeTranslation(0.1, -0.6, -1.1)) },
    { name: 'disc at 1:20', softPixels: 50, world: 20, look: (s) => dioramaLook(new Matrix4().compose(new Vector3(0.1, -0.6, -1.1).multiplyScalar(s), new Quaternion(), new Vector3(s, s, s))) },
    { name: 'box', softPixels: 50, world: 1, look: () => dioramaLook(new Matrix4().makeRotationY(0.5).setPosition(0, -0.7, -1.2), 'box') },
    { name: 'overlay', softPixels: 50, world: 1, look: () => ({ form: 'overlay', groundY: -0.4, softM: 0.2 }) },
    { name: 'window', softPixels: 0, world: 1, look: () => windowLook(new Matrix4().makeRotationY(0.3).setPosition(0, 0, -0.9)) },
  ];
  for (const { name, softPixels, look: lookOf, world } of cases) {
    test(`form: ${name}`, () => {
      const look = lookOf(world);
      const distance = 1.1 * world;
      const view = viewOf({ inverseDepthOf: planeDepth(normal, distance) });
      view.setRoom(look);
      // Far enough from the frame's own pose that interpolation over its triangles matters.
      const worldFromEye = new Matrix4().makeRotationY(-0.12).setPosition(0.25 * world, 0.15 * world, 0.1 * world);
      worldFromEye.multiply(new Matrix4().makeScale(world, world, world));
      const camera = eyeAt(worldFromEye, 70, 1);
      const picture = draw(renderer, scene, camera, side, side);
      const mask = maskFor(look, worldFromEye, createRoomMask());
      const expected = (x: number, y: number): number => {
        const ray = rayOf(camera, x, y, side, side);
        const direction = ray.clone().transformDirection(worldFromEye).multiplyScalar(ray.length() * world);
        const eye = new Vector3().setFromMatrixPosition(worldFromEye);
        const along = (distance - normal.dot(eye)) / normal.dot(direction);
        if (!(along > 0)) return Number.NaN;
        const hit = eye.addScaledVector(direction, along);
        // Beyond the border of the picture there is nothing.
        if (hit.z > -0.05 * world || Math.abs(hit.x / hit.z) > 1.7 || Math.abs(hit.y / hit.z) > 1.7) return Number.NaN;
        return dreamMask(mask, ray.x * along, ray.y * along, ray.z * along, 1);
      };
      let compared = 0;
      const levels = { none: 0, some: 0, all: 0 };
      for (let y = 1; y < side - 1; y++) {
        for (let x = 1; x < side - 1; x++) {
          const value = expected(x, y);
          if (Number.isNaN(value)) continue;
          const isOther = (d: number) => expected(x + (d % 3) - 1, y + Math.floor(d / 3) - 1) !== value;
          // The rim of the opening is mixed over a pixel.
          if (look.form === 'window' && [0, 1, 2, 3, 5, 6, 7, 8].some(isOther)) continue;
          compared++;
          const [, , , alpha] = picture.rgba(x, y);
          // Depth has 16 bits: a soft edge may stand a hair beside.
          expect(Math.abs(alpha / 255 - value), `${x}, ${y}`).toBeLessThan(0.03);
          levels[value === 0 ? 'none' : value === 1 ? 'all' : 'some']++;
        }
      }
      expect(compared).toBeGreaterThan(5000);
      expect(Math.min(levels.none, levels.all)).toBeGreaterThan(300);
      expect(levels.some).toBeGreaterThanOrEqual(softPixels);
    });
  }
});

describe('forms without sky', () => {
  const half = (x: number) => (x < 48 ? 0 : 1);
  const looks: RoomLook[] = [{ form: 'overlay', groundY: -9, softM: 0.1 }, { ...dioramaLook(new Matrix4().makeTranslation(0, -1, -2)), radiusM: 3, heightM: 4 } as RoomLook];
  for (const look of looks) {
    test(`${look.form}: alpha is 0 where the sky is, and what is guessed behind the sky stays hidden`, () => {
      const frame = makeFrame({
        camera: intrinsicsFromFov(96, 96, 120 * deg),
        colorOf: () => grey,
        surfaceOf: half,
        inverseDepthOf: (surface) => (surface === 0 ? 0.5 : 0),
      });
      const guess = makeFrame({ camera: frame.camera, colorOf: () => [250, 20, 20], inverseDepthOf: () => 0.45 });
      frame.background = { camera: guess.camera, color: guess.color, mesh: guess.mesh };
      const view = new WorldView(() => {});
      disposables.push(view);
      scene.add(view);
      view.queue(frame);
      view.flush(0, renderer);
      view.setRoom(look);
      const picture = draw(renderer, scene, eyeAt(new Matrix4(), 60, 1), side, side);
      expect(picture.rgba(20, side / 2)).toEqual([...grey, 255]);
      expect(picture.rgba(side - 20, side / 2)).toEqual([0, 0, 0, 0]);
    });
  }
});

test('a frame that comes in over a soft edge ends at its own alpha, without a jump', () => {
  const view = new WorldView(() => {});
  disposables.push(view);
  scene.add(view);
  const spec: FrameSpec = { camera: intrinsicsFromFov(96, 96, 120 * deg), inverseDepthOf: wall, colorOf: () => grey };
  const look: RoomLook = { form: 'overlay', groundY: -0.56, softM: 1 };
  view.setRoom(look);
  view.queue(makeFrame({ ...spec, id: 1 }));
  view.flush(0, renderer);
  const camera = eyeAt(new Matrix4(), 60, 1);
  const alone = draw(renderer, scene, camera, side, side).rgba(60, 60);
  // Half way up the soft edge.
  expect(Math.abs(alone[3] - 128)).toBeLessThan(10);
  view.flush(292, renderer);
  view.queue(makeFrame({ ...spec, id: 2 }));
  let blended = 0;
  for (let atMs = 300; atMs < 500; atMs += 8) {
    view.flush(atMs, renderer);
    if (view.children.some((child) => child instanceof LayerMesh && child.visible && child.material.transparent)) blended++;
    const now = draw(renderer, scene, camera, side, side).rgba(60, 60);
    for (let c = 0; c < 4; c++) expect(Math.abs(now[c]! - alone[c]!)).toBeLessThanOrEqual(2);
  }
  expect(blended).toBeGreaterThan(5);
});

describe('patched things', () => {
  const look = windowLook(new Matrix4().makeTranslation(0, 0, -1));

  test('behind the window they are masked as the dream is, in front of it they are whole; instances too', () => {
    const view = viewOf({ inverseDepthOf: wall });
    view.setRoom(look);
    const camera = eyeAt(new Matrix4().makeTranslation(0.05, 0, 0), 80, 1);
    const dreamed = draw(renderer, scene, camera, side, side);
    view.visible = false;
    const material = new MeshBasicMaterial({ color: 0x20c020 });
    view.patchForRoom(material);
    const instances = new InstancedMesh(new PlaneGeometry(20, 20), material, 1);
    instances.setMatrixAt(0, new Matrix4().makeTranslation(0, 0, -3));
    instances.frustumCulled = false;
    const single = new Mesh(instances.geometry, material);
    single.position.set(0, 0, -3);
    disposables.push(instances, material, instances.geometry);
    for (const thing of [instances, single]) {
      scene.add(thing);
      const masked = draw(renderer, scene, camera, side, side);
      for (let y = 0; y < side; y++) {
        // Their triangles are others: a rounding more or less on the rim.
        for (let x = 0; x < side; x++) expect(Math.abs(masked.rgba(x, y)[3] - dreamed.rgba(x, y)[3])).toBeLessThan(10);
      }
      thing.removeFromParent();
    }
    single.position.set(0, 0, -0.8);
    single.scale.setScalar(0.1);
    single.rotation.y = 0.2;
    scene.add(single);
    const inFront = outline(draw(renderer, scene, camera, side, side));
    expect(inFront.holes + inFront.soft).toBeLessThan(120);
    expect(inFront.right - inFront.left).toBeGreaterThan(100);
  });
});

test('what stands in the room itself is not masked by the form', () => {
  const view = viewOf({ inverseDepthOf: wall });
  view.setRoom(dioramaLook(new Matrix4().makeTranslation(0, -0.3, -1)));
  const shown = (part: 'dream' | 'room') => {
    const material = new MeshBasicMaterial({ color: 0x808080 });
    view.patchForRoom(material, part);
    const stand = new Mesh(new SphereGeometry(0.05), material);
    stand.position.set(0.5, -0.34, -1);
    disposables.push(stand.geometry, material);
    scene.add(stand);
    const picture = draw(renderer, scene, eyeAt(new Matrix4(), 60, 1), side, side);
    stand.removeFromParent();
    return outline(picture, side / 2 + 42).right > side / 2 + 42;
  };
  expect([shown('room'), shown('dream')]).toEqual([true, false]);
});

describe('shadows of bodies', () => {
  const floor = planeDepth(new Vector3(0, -1, 0), 1);

  for (const world of [1, 10]) {
    test(`darken the floor as the CPU twin says${world > 1 ? ', at 1:10 in the room too' : ''}`, () => {
      const view = viewOf({ inverseDepthOf: floor });
      if (world > 1) view.setRoom({ form: 'overlay', groundY: -5, softM: 0.1 });
      const worldFromEye = new Matrix4().makeRotationX(-0.6).multiply(new Matrix4().makeScale(world, world, world));
      const camera = eyeAt(worldFromEye, 60, 1);
      const lit = draw(renderer, scene, camera, side, side);
      const spheres = Float32Array.of(-0.25, -0.86, -1.5, 0.14, 0.3, -0.5, -1.6, 0.12);
      const slanted = new Vector3(0.2, 1, 0.1);
      view.setShadows(spheres, 2, slanted);
      const dark = draw(renderer, scene, camera, side, side);
      const towardsSun = slanted.clone().normalize().toArray();
      const linear = (level: number) => (level / 255 <= 0.04045 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4);
      let darkest = 1;
      for (let y = side / 2; y < side; y += 2) {
        for (let x = 2; x < side; x += 2) {
          const ray = rayOf(camera, x, y, side, side).transformDirection(worldFromEye);
          const hit = ray.multiplyScalar(-1 / ray.y);
          if (lit.rgba(x, y)[3] === 0) continue;
          const expected = lightLeft(hit.toArray(), [0, 1, 0], towardsSun, spheres);
          const found = linear(dark.rgba(x, y)[0]) / linear(lit.rgba(x, y)[0]);
          expect(Math.abs(found - expected), `${x}, ${y}`).toBeLessThan(0.035);
          darkest = Math.min(darkest, found);
        }
      }
      expect(darkest).toBeLessThan(0.35);
    });
  }

  test('only the first of too many spheres throw one, and none makes no difference', () => {
    const view = viewOf({ inverseDepthOf: floor });
    const camera = eyeAt(new Matrix4().makeRotationX(-0.6), 60, 1);
    const lit = draw(renderer, scene, camera, side, side);
    const many = new Float32Array(4 * 60);
    for (let i = 0; i < 60; i++) many.set([0, i < 24 ? 50 : -0.9, i < 24 ? 50 : -1.5, 0.1], 4 * i);
    view.setShadows(many, 60);
    const dark = draw(renderer, scene, camera, side, side);
    expect(samePictures(dark, lit)).toBe(true);
    many.set([0, -0.9, -1.5, 0.1], 0);
    expect(samePictures(draw(renderer, scene, camera, side, side), lit)).toBe(false);
  });
});

test('a ball behind a dreamed column is hidden by it, in the room as in VR', () => {
  const column = (x: number) => (Math.abs(x - 48) < 6 ? 1 : 0);
  const view = viewOf({ surfaceOf: column, inverseDepthOf: (s) => (s === 1 ? 1 / 1.5 : 1 / 4) });
  const material = new MeshBasicMaterial({ color: 0xff0000 });
  view.patchForRoom(material);
  const ball = new Mesh(new SphereGeometry(0.5, 32, 24), material);
  ball.position.set(0, 0, -2.5);
  scene.add(ball);
  disposables.push(ball.geometry, material);
  const camera: PerspectiveCamera = eyeAt(new Matrix4(), 60, 1);
  const isRed = (picture: RoomPicture, x: number) => picture.rgba(x, side / 2)[0] > 250 && picture.rgba(x, side / 2)[1] < 5;
  for (const look of [null, { form: 'overlay', groundY: -8, softM: 0.1 } satisfies RoomLook]) {
    view.setRoom(look);
    const picture = draw(renderer, scene, camera, side, side);
    // 0.5 m at 2.5 m: 20.8 pixels to each side; the column takes the middle 2 * 22.5.
    expect(isRed(picture, side / 2)).toBe(false);
    ball.position.x = 0.6;
    const aside = draw(renderer, scene, camera, side, side);
    expect(isRed(aside, side / 2 + 30)).toBe(true);
    expect(isRed(aside, side / 2 + 15)).toBe(false);
    ball.position.x = 0;
  }
});
