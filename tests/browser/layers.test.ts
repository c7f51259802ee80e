import { PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import { afterEach, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../src/math/camera';
import { createPose, poseFromYawPitch } from '../../src/math/pose';
import type { Pose } from '../../src/math/types';
import type { DebugView } from '../../src/reproject/debug-views';
import { biasedClipZ, farClamp, guessedClipZ } from '../../src/reproject/warp';
import { WorldView } from '../../src/reproject/world-view';
import type { WorldFrame } from '../../src/world/contracts';
import { makeFrame, makeLayer, type FrameSpec, type Rgb } from '../unit/reproject/frame-fixture';

const deg = Math.PI / 180;
const side = 96;
const renderer = new WebGLRenderer({ antialias: false, alpha: true, preserveDrawingBuffer: true });
renderer.setSize(side, side, false);
renderer.setClearColor(0x000000, 0);
renderer.debug.onShaderError = (gl, _program, vertex, fragment) => {
  throw new Error(`${gl.getShaderInfoLog(vertex)} ${gl.getShaderInfoLog(fragment)}`);
};
const scene = new Scene();
let view: WorldView | null = null;

afterEach(() => {
  scene.clear();
  view?.dispose();
});

const red: Rgb = [220, 30, 40];
const green: Rgb = [40, 200, 60];
const blue: Rgb = [30, 60, 230];
const camera = intrinsicsFromFov(48, 48, 90 * deg);

/** A flat wall of one colour, with a square hole in the middle if wanted. */
function wall(color: Rgb, inverseDepth: number, rest: Partial<FrameSpec> = {}, hole = false): FrameSpec {
  const inHole = (x: number, y: number) => hole && x >= 18 && x < 30 && y >= 18 && y < 30;
  return {
    camera,
    surfaceOf: (x, y) => (inHole(x, y) ? -1 : 0),
    inverseDepthOf: () => inverseDepth,
    colorOf: () => color,
    skyColor: [90, 110, 150],
    ...rest,
  };
}

function show(frame: WorldFrame, debug: DebugView = 'none'): WorldView {
  view = new WorldView(() => {});
  scene.add(view);
  view.setDebugView(debug);
  view.queue(frame);
  view.flush(0, renderer);
  view.settle(renderer);
  return view;
}

function draw(worldFromEye: Pose = createPose(), farM = 500): (x: number, y: number) => number[] {
  const eye = new PerspectiveCamera(90, 1, 0.05, farM);
  eye.matrixAutoUpdate = false;
  eye.matrix.fromArray(worldFromEye);
  eye.updateMatrixWorld(true);
  renderer.render(scene, eye);
  const gl = renderer.getContext();
  const bytes = new Uint8Array(side * side * 4);
  gl.readPixels(0, 0, side, side, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  return (x, y) => [...bytes.subarray(((side - 1 - y) * side + x) * 4, ((side - 1 - y) * side + x) * 4 + 4)];
}

const expectNear = (found: number[], color: Rgb) => expect(Math.max(...color.map((c, i) => Math.abs(c - found[i]!)))).toBeLessThan(4);

test('of two surfaces at nearly the same depth the newest is seen, on every pixel', () => {
  for (const off of [-0.008, 0, 0.008]) {
    const older = makeLayer({ id: 1, ...wall(green, 0.5 * (1 + off)) });
    show({ ...makeFrame({ id: 2, ...wall(red, 0.5) }), layers: [1], layerUpdates: [older] });
    const pixel = draw(poseFromYawPitch([0.1, 0.05, 0], 0.1, 0));
    for (let y = 20; y < 76; y += 5) for (let x = 20; x < 76; x += 5) expectNear(pixel(x, y), red);
    scene.clear();
  }
});

test('an older frame is seen through what the newest left open, and in front of it where it is nearer', () => {
  const behind = makeLayer({ id: 1, ...wall(green, 0.25) });
  show({ ...makeFrame({ id: 2, ...wall(red, 0.5, {}, true) }), layers: [1], layerUpdates: [behind] });
  const pixel = draw();
  expectNear(pixel(48, 48), green);
  expectNear(pixel(10, 10), red);
  scene.clear();
  const before = makeLayer({ id: 1, ...wall(green, 1) });
  show({ ...makeFrame({ id: 2, ...wall(red, 0.5) }), layers: [1], layerUpdates: [before] });
  expectNear(draw()(48, 48), green);
});

test('a guess is seen only where no frame has seen anything, however near it is guessed', () => {
  const guess = makeFrame(wall(blue, 2));
  show({ ...makeFrame({ id: 2, ...wall(red, 0.5, {}, true) }), background: guess });
  let pixel = draw();
  expectNear(pixel(48, 48), blue);
  expectNear(pixel(10, 10), red);
  scene.clear();
  // Even the sky of an older frame, infinitely far, was seen; a guess was not.
  const older = makeLayer({ id: 1, ...wall(green, 0) });
  show({ ...makeFrame({ id: 2, ...wall(red, 0.5, {}, true) }), background: guess, layers: [1], layerUpdates: [older] });
  pixel = draw();
  expectNear(pixel(48, 48), green);
});

test('guesses keep their order among themselves: the nearer hides the farther', () => {
  const isNear = (x: number) => x < 24;
  const guess = makeFrame({
    camera,
    surfaceOf: (x) => (isNear(x) ? 1 : 0),
    inverseDepthOf: (surface) => (surface === 1 ? 0.5 : 0.2),
    colorOf: (x) => (isNear(x) ? green : blue),
  });
  show({ ...makeFrame({ id: 2, ...wall(red, 1, { surfaceOf: () => -1 }) }), background: guess });
  // From the right, the near half slides over the far one.
  const pixel = draw(poseFromYawPitch([-0.6, 0, 0], 0, 0));
  expectNear(pixel(48 + 8, 48), green);
});

test('the depth of layers agrees with the twin on the CPU: real before guessed before the end, whatever the distance', () => {
  const projection = new PerspectiveCamera(90, 1, 0.05, 500).projectionMatrix.toArray(new Float32Array(16)) as Float32Array;
  let before = -1;
  for (const z of [0.06, 0.3, 1, 3, 20, 100, 400, Number.POSITIVE_INFINITY]) {
    // Homogeneous: the point (0, 0, -1) over its inverse depth.
    const clipZ = -projection[10]! + projection[14]! / z;
    const real = Math.min(clipZ, farClamp);
    const guessed = guessedClipZ(real, 1);
    expect(guessed).toBeGreaterThan(farClamp);
    expect(guessed).toBeLessThan(1);
    expect(guessed).toBeGreaterThanOrEqual(before);
    before = guessed;
    const pushed = biasedClipZ(clipZ, projection, 1 / z, 0.02);
    // As far in the depth buffer as a point at 1 / 0.98 of the distance.
    expect(pushed).toBeCloseTo(-projection[10]! + (projection[14]! * 0.98) / z, 9);
  }
});

test('the debug view source tells texel and layer of every pixel, to a tenth of a texel', () => {
  const older = makeLayer({ id: 7, ...wall(green, 0.25) });
  const guess = makeFrame(wall(blue, 0.1, { camera: intrinsicsFromFov(48, 48, 120 * deg) }));
  const shown = show(
    { ...makeFrame({ id: 9, ...wall(red, 0.5, {}, true) }), background: guess, layers: [7], layerUpdates: [older] },
    'source',
  );
  const pixel = draw(poseFromYawPitch([0, 0, 0], 10 * deg, 0));
  const straight = draw();
  const codeAt = (at: typeof pixel, x: number, y: number) => at(x, y)[3]!;
  expect(shown.sourceId(codeAt(straight, 10, 10))).toBe(9);
  expect(shown.sourceId(codeAt(straight, 48, 48))).toBe(7);
  // Turned to the left, the left edge is outside of every frame: there the wider guess is seen.
  expect(codeAt(pixel, 6, 48)).toBe(253);
  for (const x of [5, 20, 33, 70, 90]) {
    const [r, g, b] = straight(x, 12);
    const u = ((r! << 4) | (g! >> 4)) / 4095;
    const v = (((g! & 15) << 8) | b!) / 4095;
    expect(Math.abs(u * 48 - (x + 0.5) / 2)).toBeLessThan(0.1);
    expect(Math.abs(v * 48 - 6.25)).toBeLessThan(0.1);
  }
});

test('debug views tell newest, older, guessed and sky apart', () => {
  const older = makeLayer({ id: 1, ...wall(green, 0.25, { surfaceOf: (x) => (x < 24 ? 0 : -1) }) });
  const guess = makeFrame(wall(blue, 0.1, { surfaceOf: (x, y) => (x >= 24 && y >= 24 ? 0 : -1) }));
  const frame = () => ({
    ...makeFrame({ id: 2, ...wall(red, 0.5, {}, true) }),
    background: guess,
    layers: [1],
    layerUpdates: [older],
  });
  const spots = [[5, 5], [40, 48], [54, 54], [54, 40]] as const;
  for (const debug of ['holes', 'layer'] as const) {
    show(frame(), debug);
    const pixel = draw();
    const colors = spots.map(([x, y]) => pixel(x, y).slice(0, 3));
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < i; j++) {
        const apart = Math.max(...colors[i]!.map((c, k) => Math.abs(c - colors[j]![k]!)));
        expect(apart, `${debug} ${spots[i]} ${spots[j]}`).toBeGreaterThan(25);
      }
    }
    scene.clear();
  }
});

test('a new frame blends in over the one before, in the world, and never shows what is behind both', () => {
  const first = show({ ...makeFrame({ id: 1, ...wall(red, 0.5) }), background: makeFrame(wall(blue, 0.1)) });
  for (let k = 1; k < 10; k++) first.flush(10 * k, renderer);
  first.queue(makeFrame({ id: 2, ...wall(green, 0.5), worldFromCamera: poseFromYawPitch([0.05, 0, 0], 0, 0) }));
  const share: number[] = [];
  for (let k = 10; k < 24; k++) {
    first.flush(10 * k, renderer);
    const [r, g, b] = draw()(48, 48);
    share.push((g! - red[1]) / (green[1] - red[1]));
    expect(r! + g!).toBeGreaterThan(200);
    expect(b!).toBeLessThan(70);
  }
  expect(share[0]).toBeGreaterThan(0.05);
  expect(share[0]).toBeLessThan(0.5);
  for (let k = 1; k < share.length; k++) expect(share[k]!).toBeGreaterThanOrEqual(share[k - 1]! - 0.01);
  expect(share.at(-1)).toBeCloseTo(1, 1);
});

test('the outlines of the frame that goes give way at once: edges of the two never fringe each other', () => {
  const isBlock = (x: number, y: number) => x >= 16 && x < 32 && y >= 16 && y < 32;
  const withBlock = makeFrame({
    id: 1,
    camera,
    surfaceOf: (x, y) => (isBlock(x, y) ? 1 : 0),
    inverseDepthOf: (surface) => (surface === 1 ? 1 : 0.25),
    colorOf: (x, y) => (isBlock(x, y) ? red : green),
  });
  const first = show({ ...withBlock, background: makeFrame(wall(green, 0.25)) });
  for (let k = 1; k < 10; k++) first.flush(10 * k, renderer);
  expectNear(draw()(33, 48), red);
  // The block is gone. While the new frame comes in its inside may still be seen, its outermost texels not.
  first.queue(makeFrame({ id: 2, ...wall(green, 0.25) }));
  first.flush(100, renderer);
  const pixel = draw();
  expect(pixel(48, 48)[0]).toBeGreaterThan(150);
  expectNear(pixel(32, 48), green);
  expectNear(pixel(48, 63), green);
});

test('a stale picture loses its colour and keeps its place', () => {
  const shown = show(makeFrame({ id: 1, ...wall(red, 0.5, {}, true) }));
  const fresh = draw()(10, 10);
  shown.setStaleness(1);
  const stale = draw()(10, 10);
  expect(fresh[0]! - fresh[1]!).toBeGreaterThan(150);
  expect(Math.abs(stale[0]! - stale[1]!)).toBeLessThan(3);
  shown.setStaleness(0);
  expect(draw()(10, 10)).toEqual(fresh);
});

test('a mesh coarser than its picture keeps the picture', () => {
  const coarse = makeFrame({ id: 1, camera: intrinsicsFromFov(12, 12, 90 * deg), inverseDepthOf: () => 0.5 });
  const color = new Uint8Array(48 * 48 * 4);
  const colorOf = (x: number, y: number): Rgb => [(x * 5) % 256, (y * 5) % 256, 128];
  for (let i = 0; i < 48 * 48; i++) color.set([...colorOf(i % 48, Math.floor(i / 48)), 255], 4 * i);
  for (let p = 0; p < coarse.mesh.vertexCount * 4; p += 4) {
    coarse.mesh.vertices[p]! *= 4;
    coarse.mesh.vertices[p + 1]! *= 4;
  }
  show({ ...coarse, camera, color, mesh: { ...coarse.mesh, texelsPerQuad: 4 } });
  const pixel = draw();
  for (let y = 3; y < 93; y += 9) for (let x = 3; x < 93; x += 9) expectNear(pixel(x, y), colorOf(x / 2, y / 2));
});
