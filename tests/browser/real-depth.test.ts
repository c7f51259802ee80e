import { Matrix4, Mesh, MeshBasicMaterial, PlaneGeometry, Scene, Vector3, type ArrayCamera, type PerspectiveCamera, type WebGLRenderer } from 'three';
import { afterEach, describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../src/math/camera';
import { WorldView } from '../../src/reproject/world-view';
import { RealDepth } from '../../src/xr/real-depth';
import { makeFrame, type FrameSpec } from '../unit/reproject/frame-fixture';
import { draw, eyeAt, eyesAt, iou, rayOf, roomRenderer, type RoomPicture } from './ar-fixture';

const deg = Math.PI / 180;
const side = 120;
const dreamM = 3;
const renderer = roomRenderer();
const scene = new Scene();
const disposables: { dispose: () => void }[] = [];

afterEach(() => {
  scene.clear();
  for (const it of disposables.splice(0)) it.dispose();
});

/** Something real in the room: its distance along a ray of the room, in units of the ray; Infinity: nothing. */
type Real = (from: Vector3, ray: Vector3) => number;

/** A board 2 m before the wall of the room, with a slanted left edge and a hole. */
const board: Real = (from, ray) => {
  const along = (-2 - from.z) / ray.z;
  const { x, y } = from.clone().addScaledVector(ray, along);
  const isBoard = x > 0.1 + 0.3 * y && Math.hypot(x - 0.9, y - 0.2) > 0.35;
  return along > 0 && isBoard ? along : 6;
};

/** A camera that measures depth, in the room. */
type DepthCamera = { roomFromEye: Matrix4; projection: Matrix4; width: number; height: number };

/** Planar metres at the middle of each texel, rows from the top. */
function measure({ roomFromEye, projection, width, height }: DepthCamera, real: Real): Float32Array {
  const metres = new Float32Array(width * height);
  const from = new Vector3().setFromMatrixPosition(roomFromEye);
  const { elements: p } = projection;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ray = new Vector3((((x + 0.5) / width) * 2 - 1 + p[8]!) / p[0]!, (1 - ((y + 0.5) / height) * 2 + p[9]!) / p[5]!, -1);
      const length = ray.length();
      metres[y * width + x] = real(from, ray.transformDirection(roomFromEye).multiplyScalar(length));
    }
  }
  return metres;
}

const transformOf = (m: Matrix4) => ({ matrix: Float32Array.from(m.elements), inverse: { matrix: Float32Array.from(m.clone().invert().elements) } });

type Way = {
  usage: 'cpu-optimized' | 'gpu-optimized';
  format?: 'float32' | 'unsigned-short' | 'luminance-alpha';
  /** Of the depth camera; left out: that of the eye. */
  depthCamera?: (eye: DepthCamera) => DepthCamera;
  /** The depth picture lies on its side. */
  turned?: boolean;
};

/** A session whose depth is measured in a made-up room. */
function sessionOf(cameras: ArrayCamera, real: Real, way: Way) {
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const views = cameras.cameras.map((eye) => ({ transform: transformOf(eye.matrixWorld), projectionMatrix: Float32Array.from(eye.projectionMatrix.elements) }));
  const infos = cameras.cameras.map((eye, i) => {
    const own = { roomFromEye: eye.matrixWorld, projection: eye.projectionMatrix, width: 64, height: 48 };
    const depthCamera = way.depthCamera?.(own) ?? own;
    const metres = measure(depthCamera, real);
    let { width, height } = depthCamera;
    let rows = metres;
    if (way.turned) {
      rows = new Float32Array(metres.length);
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[x * height + (height - 1 - y)] = metres[y * width + x]!;
      [width, height] = [height, width];
    }
    // (u, v) to (1 - v, u), from the top left.
    const norm = way.turned ? new Matrix4().set(0, -1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1) : new Matrix4();
    const common = {
      width,
      height,
      normDepthBufferFromNormView: transformOf(norm),
      ...(way.depthCamera && { transform: transformOf(depthCamera.roomFromEye), projectionMatrix: depthCamera.projection.elements }),
    };
    if (way.usage === 'cpu-optimized') {
      const rawValueToMeters = way.format === 'float32' ? 1 : 0.001;
      const raw = way.format === 'float32' ? rows : Uint16Array.from(rows, (m) => m / rawValueToMeters);
      return { ...common, rawValueToMeters, data: raw.buffer };
    }
    return { ...common, rawValueToMeters: 1, rows, depthNear: 0.1, depthFar: Infinity, isValid: true, textureType: 'texture-array', imageIndex: 1 - i };
  });
  if (way.usage === 'gpu-optimized') {
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
    const { width, height } = infos[0]!;
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.R32F, width, height, 2);
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    for (const [i, info] of infos.entries()) {
      const { rows } = info as unknown as { rows: Float32Array };
      const buffer = new Float32Array(rows.length);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const metres = rows[(height - 1 - y) * width + x]!;
          buffer[y * width + x] = metres > 0 ? 1 - 0.1 / metres : 0;
        }
      }
      gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, 0, 1 - i, width, height, 1, gl.RED, gl.FLOAT, buffer);
      Object.assign(info, { texture });
    }
    renderer.resetState();
  }
  const session = { enabledFeatures: ['depth-sensing'], depthUsage: way.usage, depthDataFormat: way.format };
  const infoOf = (view: unknown) => infos[views.indexOf(view as never)];
  const frame = { session, getViewerPose: () => ({ views }), getDepthInformation: infoOf } as unknown as XRFrame;
  const xr = { getBinding: () => ({ getDepthInformation: infoOf }), getCamera: () => cameras };
  return { frame, renderer: { xr } as unknown as WebGLRenderer, session };
}

const space = {} as XRReferenceSpace;
const cameras = () => eyesAt(new Matrix4().makeRotationY(-0.1).setPosition(0.05, 0, 0), 0.064, 75, side);

function dream(spec: FrameSpec = {}): WorldView {
  const view = new WorldView(() => {});
  disposables.push(view);
  scene.add(view);
  const camera = intrinsicsFromFov(64, 64, 130 * deg);
  view.queue(makeFrame({ camera, colorOf: () => [200, 200, 200], inverseDepthOf: () => 1 / dreamM, ...spec }));
  view.flush(0, renderer);
  view.setRoom({ form: 'overlay', groundY: -20, softM: 0.1 });
  return view;
}

/** Agreement of what is hidden in both eyes with the truth of each pixel. */
function agreement(picture: RoomPicture, both: ArrayCamera, real: Real, farM: number): number[] {
  return both.cameras.map((eye, e) => {
    const from = new Vector3().setFromMatrixPosition(eye.matrixWorld);
    const isHidden = (i: number) => picture.rgba(e * side + (i % side), Math.floor(i / side))[3] < 128;
    const truth = (i: number) => {
      const ray = rayOf(eye as PerspectiveCamera, i % side, Math.floor(i / side), side, side);
      const length = ray.length();
      return real(from, ray.transformDirection(eye.matrixWorld).multiplyScalar(length)) < farM;
    };
    return iou(side * side, isHidden, truth);
  });
}

/** A wider camera, beside the eye and a moment older. */
const beside = (eye: DepthCamera): DepthCamera => ({
  ...eye,
  roomFromEye: new Matrix4().makeRotationY(0.05).setPosition(0.04, 0.03, 0.02).premultiply(eye.roomFromEye),
  projection: eyeAt(new Matrix4(), 95, 1.2).projectionMatrix,
});

const ways: { name: string; way: Way; status: string }[] = [
  { name: 'the headset’s own texture array', way: { usage: 'gpu-optimized' }, status: 'gpu' },
  { name: 'the headset’s texture array, with a depth camera of its own', way: { usage: 'gpu-optimized', depthCamera: beside }, status: 'gpu' },
  { name: 'float32 on the CPU', way: { usage: 'cpu-optimized', format: 'float32' }, status: 'cpu' },
  { name: 'luminance-alpha on the CPU', way: { usage: 'cpu-optimized', format: 'luminance-alpha' }, status: 'cpu' },
  { name: 'unsigned-short on the CPU, turned by a quarter', way: { usage: 'cpu-optimized', format: 'unsigned-short', turned: true }, status: 'cpu' },
];

describe('what is real hides what is dreamed behind it, in both eyes', () => {
  for (const { name, way, status } of ways) {
    test(`by ${name}`, () => {
      const view = dream();
      const both = cameras();
      const fake = sessionOf(both, board, way);
      const depth = new RealDepth();
      disposables.push(depth);
      depth.update(fake.frame, space, fake.renderer);
      expect(depth.status).toBe(status);
      const unhidden = draw(renderer, scene, both, 2 * side, side);
      expect(agreement(unhidden, both, () => Infinity, dreamM)).toEqual([Number.NaN, Number.NaN]);
      view.setRealDepth(depth.look);
      for (const value of agreement(draw(renderer, scene, both, 2 * side, side), both, board, dreamM)) expect(value).toBeGreaterThan(0.95);
      // Wholly hidden is exactly nothing, and what is before the board stays whole.
      const near = dreamAt(view, 1.6);
      expect(agreement(near, both, () => Infinity, dreamM)).toEqual([Number.NaN, Number.NaN]);
    });
  }

  function dreamAt(view: WorldView, metres: number): RoomPicture {
    const camera = intrinsicsFromFov(64, 64, 130 * deg);
    view.queue(makeFrame({ id: 2, camera, colorOf: () => [200, 200, 200], inverseDepthOf: () => 1 / metres }));
    view.flush(1, renderer);
    view.settle(renderer);
    return draw(renderer, scene, cameras(), 2 * side, side);
  }

  test('hidden pixels are exactly 0, and edges are soft', () => {
    const view = dream();
    const both = cameras();
    const fake = sessionOf(both, board, { usage: 'cpu-optimized', format: 'float32' });
    const depth = new RealDepth();
    disposables.push(depth);
    depth.update(fake.frame, space, fake.renderer);
    view.setRealDepth(depth.look);
    const picture = draw(renderer, scene, both, 2 * side, side);
    const counts = { none: 0, some: 0, all: 0 };
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < 2 * side; x++) {
        const [r, , , alpha] = picture.rgba(x, y);
        counts[alpha === 0 ? 'none' : alpha === 255 ? 'all' : 'some']++;
        // Premultiplied: never more colour than it covers.
        expect(Math.abs(r - (200 * alpha) / 255)).toBeLessThan(2);
      }
    }
    expect(counts.none).toBeGreaterThan(4000);
    expect(counts.all).toBeGreaterThan(4000);
    // Some three texels along an outline of about 250 pixels an eye.
    expect(counts.some).toBeGreaterThan(500);
    expect(counts.some).toBeLessThan(5000);
  });
});

test('a patched thing is hidden as the dream at its place', () => {
  const view = dream();
  const both = cameras();
  const fake = sessionOf(both, board, { usage: 'gpu-optimized' });
  const depth = new RealDepth();
  disposables.push(depth);
  depth.update(fake.frame, space, fake.renderer);
  view.setRealDepth(depth.look);
  const dreamed = draw(renderer, scene, both, 2 * side, side);
  const material = new MeshBasicMaterial({ color: 0xffffff });
  view.patchForRoom(material);
  const thing = new Mesh(new PlaneGeometry(40, 40), material);
  thing.position.z = -dreamM;
  disposables.push(material, thing.geometry);
  scene.clear();
  scene.add(thing);
  const picture = draw(renderer, scene, both, 2 * side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < 2 * side; x++) expect(Math.abs(picture.rgba(x, y)[3] - dreamed.rgba(x, y)[3])).toBeLessThan(8);
  }
});

test('unknown depth hides nothing, and depth that ends is forgotten', () => {
  const view = dream();
  const both = cameras();
  const fake = sessionOf(both, () => 0, { usage: 'gpu-optimized' });
  const depth = new RealDepth();
  disposables.push(depth);
  depth.update(fake.frame, space, fake.renderer);
  view.setRealDepth(depth.look);
  expect(agreement(draw(renderer, scene, both, 2 * side, side), both, () => Infinity, dreamM)).toEqual([Number.NaN, Number.NaN]);
  expect(fake.renderer.xr.hasDepthSensing()).toBe(false);
  expect(fake.renderer.xr.getDepthSensingMesh()).toBe(null);
  fake.session.enabledFeatures = [];
  depth.update(fake.frame, space, fake.renderer);
  expect([depth.status, depth.look]).toEqual(['none', null]);
});

test('depth from the CPU that comes less often than frames stays where it was in the room while the eyes move, for a while', () => {
  const view = dream();
  const both = cameras();
  const fake = sessionOf(both, board, { usage: 'cpu-optimized', format: 'float32' });
  const depth = new RealDepth();
  disposables.push(depth);
  depth.update(fake.frame, space, fake.renderer);
  const moved = eyesAt(new Matrix4().makeRotationY(0.08).setPosition(0.1, 0.02, 0.03), 0.064, 75, side);
  const views = moved.cameras.map((eye) => ({ transform: transformOf(eye.matrixWorld), projectionMatrix: eye.projectionMatrix.elements }));
  const without = { ...fake.frame, getViewerPose: () => ({ views }), getDepthInformation: () => null } as unknown as XRFrame;
  fake.renderer.xr.getCamera = () => moved as never;
  depth.update(without, space, fake.renderer);
  view.setRealDepth(depth.look);
  for (const value of agreement(draw(renderer, scene, moved, 2 * side, side), moved, board, dreamM)) expect(value).toBeGreaterThan(0.9);
  for (let i = 0; i < 20; i++) depth.update(without, space, fake.renderer);
  expect([depth.status, depth.look]).toEqual(['none', null]);
});

test('the wall that a window hangs on hides nothing behind it; what stands before the window does', () => {
  const view = dream();
  view.setRoom({ form: 'window', portalFromWorld: new Matrix4().makeTranslation(0, 0, 1.5), widthM: 1.6, heightM: 1.6, isInside: false });
  const both = cameras();
  const depth = new RealDepth();
  disposables.push(depth);
  const hiddenBy = (real: Real) => {
    const fake = sessionOf(both, real, { usage: 'cpu-optimized', format: 'float32' });
    depth.update(fake.frame, space, fake.renderer);
    view.setRealDepth(depth.look);
    const picture = draw(renderer, scene, both, 2 * side, side);
    return picture.rgba(side / 2, side / 2)[3];
  };
  const plane = (z: number): Real => (from, ray) => (z - from.z) / ray.z;
  expect(hiddenBy(plane(-1.5))).toBe(255);
  expect(hiddenBy(plane(-1.45))).toBe(255);
  expect(hiddenBy(plane(-0.9))).toBe(0);
});
