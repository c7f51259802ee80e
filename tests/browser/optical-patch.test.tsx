import { advance, createRoot, extend, type ReconcilerRoot } from '@react-three/fiber';
import { act } from 'react';
import { ArrayCamera, Mesh, MeshBasicMaterial, PerspectiveCamera, PlaneGeometry, Vector4, WebGLRenderer, type Scene } from 'three';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpticalChoice } from '../../src/app/options';
import { defaultOptions } from '../../src/app/options';
import { OpticalPatch } from '../../src/app/OpticalPatch';
import { appStore } from '../../src/app/store';
import { Visit } from '../../src/app/visit';
import { createPose, poseFromYawPitch } from '../../src/math/pose';
import { OpticalPatchMesh, patchHalfSize, patchInside, patchMiddle } from '../../src/xr/optical-patch';
import { pressButton, type InputDevice } from '../../src/xr/controls';
import { makeFrame } from '../unit/reproject/frame-fixture';

extend({ Mesh, MeshBasicMaterial, PlaneGeometry });

const size = 200;
const fovYDeg = 80;
const slope = Math.tan((fovYDeg * Math.PI) / 360);

/** Pixel column and row from the top at which a direction of the view lies. */
const columnOf = (right: number): number => Math.floor((size / 2) * (1 + right / slope));
const rowOf = (up: number): number => Math.floor((size / 2) * (1 - up / slope));
const [column, row] = [columnOf(patchMiddle.right), rowOf(patchMiddle.up)];

let canvas: HTMLCanvasElement;
let gl: WebGLRenderer;
let root: ReconcilerRoot<HTMLCanvasElement>;
let visit: Visit;
let pressed = 0;
let atMs = 1000;
let head = createPose();

function pixel(x: number, y: number): number {
  const bytes = new Uint8Array(4);
  const context = gl.getContext();
  context.readPixels(x, size - 1 - y, 1, 1, context.RGBA, context.UNSIGNED_BYTE, bytes);
  expect(context.getError()).toBe(0);
  return bytes[1]!;
}

/** One display frame as the stage makes it: the visit, then what waits before the draw, then the draw. @returns the patch */
function display(): number {
  atMs += 16;
  visit.update({ atMs, refreshMs: atMs, dtS: 0.016, roomFromHead: head, predictedDisplayMs: atMs + 25, nominalHz: 60 }, gl);
  advance(atMs);
  visit.rendered(gl.info.render);
  return pixel(column, row);
}

async function choose(optical: OpticalChoice): Promise<void> {
  appStore.setState((state) => ({ options: { ...state.options, optical } }));
}

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  [pressed, head] = [0, createPose()];
  appStore.setState({ options: { ...defaultOptions } });
  visit = new Visit(() => appStore.getState().options, () => {});
  const device: InputDevice = { attach() {}, detach() {}, update: (controls) => pressButton(controls, 'triggerLeft', pressed) };
  visit.devices.push(device);
  canvas = document.createElement('canvas');
  document.body.append(canvas);
  gl = new WebGLRenderer({ canvas, preserveDrawingBuffer: true });
  root = createRoot(canvas);
  await root.configure({
    gl: () => gl,
    frameloop: 'never',
    flat: true,
    dpr: 1,
    size: { width: size, height: size, top: 0, left: 0 },
    camera: { fov: fovYDeg, position: [0, 0, 0] },
    scene: { background: null },
  });
  await act(async () => root.render(<OpticalPatch visit={visit} />));
});

afterEach(async () => {
  await act(async () => root.unmount());
  canvas.remove();
  appStore.setState({ options: { ...defaultOptions } });
});

test('there is no patch until one is asked for', async () => {
  gl.setClearColor(0x336699);
  expect(display()).toBe(0x66);
  await choose('trigger');
  expect(display()).toBe(0);
  await choose('off');
  expect(display()).toBe(0x66);
});

describe('the pixels flip in the very display frame', () => {
  test('that has the press of a trigger, and the trace says when it is seen and when it was pressed', async () => {
    await choose('trigger');
    expect([display(), display()]).toEqual([0, 0]);
    pressed = 1;
    expect(display()).toBe(255);
    const flippedMs = atMs;
    expect(visit.isPressed(0)).toBe(true);
    expect([display(), display()]).toEqual([255, 255]);
    pressed = 0;
    expect(display()).toBe(255);
    pressed = 1;
    expect(display()).toBe(0);
    display();
    const events = visit.spans.events('optical');
    expect(events.map(({ args }) => args['level'])).toEqual([1, 0]);
    expect(events[0]!.args).toMatchObject({ source: 'trigger', frameMs: flippedMs, onsetMs: flippedMs });
    // A whole number of periods later when these draw calls took longer than the headset had foreseen.
    const beyond = (events[0]!.atMs - (flippedMs + 25)) / (1000 / 60);
    expect(beyond).toBeCloseTo(Math.round(beyond), 5);
    expect(beyond).toBeGreaterThanOrEqual(0);
  });

  test('whose head is past 5 degrees', async () => {
    await choose('head');
    display();
    head = poseFromYawPitch([0, 1.6, 0], (4.5 * Math.PI) / 180, 0);
    expect(display()).toBe(0);
    head = poseFromYawPitch([0, 1.6, 0], (5.5 * Math.PI) / 180, 0);
    expect(display()).toBe(255);
    expect(display()).toBe(255);
  });

  test('that first draws a picture with the press in it, however late the model is', async () => {
    await choose('model');
    display();
    pressed = 1;
    expect([display(), display(), display()]).toEqual([0, 0, 0]);
    const pressedId = visit.action.id - 2;
    pressed = 0;
    const picture = (id: number, actionId: number): void => visit.receive({ ...makeFrame({ id }), actionId });
    picture(1, pressedId - 1);
    expect(display()).toBe(0);
    picture(2, pressedId);
    expect(display()).toBe(255);
    picture(3, pressedId + 3);
    expect([display(), display()]).toEqual([255, 255]);
    expect(visit.spans.events('optical').map(({ args }) => args['actionId'])).toEqual([pressedId]);
  });
});

test('it lies where it says, in a grey frame', async () => {
  await choose('trigger');
  display();
  pressed = 1;
  expect(display()).toBe(255);
  const half = (patchHalfSize / slope) * (size / 2);
  const inside = Math.floor(half * patchInside) - 1;
  for (const [x, y] of [[inside, 0], [-inside, 0], [0, inside], [0, -inside], [inside, inside]]) {
    expect(pixel(column + x!, row + y!)).toBe(255);
  }
  const frame = Math.floor(half * (1 + patchInside) * 0.5);
  const seen = [pixel(column + frame, row), pixel(column, row - frame)];
  for (const grey of seen) expect(Math.abs(grey - 128)).toBeLessThanOrEqual(1);
  expect(pixel(column + Math.ceil(half) + 1, row)).toBe(0);
});

test('nothing that is drawn covers it, however near and late', async () => {
  await choose('trigger');
  await act(async () =>
    root.render(
      <>
        <OpticalPatch visit={visit} />
        <mesh position={[0, 0, -0.2]} renderOrder={1000}>
          <planeGeometry args={[2, 2]} />
          <meshBasicMaterial color="#336699" transparent depthTest={false} />
        </mesh>
      </>,
    ),
  );
  expect(display()).toBe(0);
  expect(pixel(size - 5, 5)).toBe(0x66);
  pressed = 1;
  expect(display()).toBe(255);
});

test('both eyes see it in the same direction, wherever the head is', () => {
  const renderer = new WebGLRenderer({ preserveDrawingBuffer: true });
  renderer.setSize(2 * size, size, false);
  const patch = new OpticalPatchMesh();
  patch.visible = true;
  patch.setLevel(1);
  const eyes = [-1, 1].map((side, k) => {
    const eye = new PerspectiveCamera(fovYDeg, 1, 0.05, 50) as PerspectiveCamera & { viewport: Vector4 };
    eye.matrixAutoUpdate = false;
    eye.matrix.fromArray(poseFromYawPitch([side * 0.0315 + 4, 1.6, -2], 0.8, -0.3));
    eye.updateMatrixWorld(true);
    eye.viewport = new Vector4(k * size, 0, size, size);
    return eye;
  });
  const both = new ArrayCamera(eyes);
  both.matrixAutoUpdate = false;
  renderer.render(patch as unknown as Scene, both);
  const bytes = new Uint8Array(2 * size * size * 4);
  const context = renderer.getContext();
  context.readPixels(0, 0, 2 * size, size, context.RGBA, context.UNSIGNED_BYTE, bytes);
  const white = [0, 0];
  let differing = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [left, right] = [bytes[(y * 2 * size + x) * 4]!, bytes[(y * 2 * size + x + size) * 4]!];
      if (left !== right) differing++;
      if (left === 255) white[0]!++;
      if (right === 255) white[1]!++;
    }
  }
  expect(differing).toBe(0);
  expect(white[0]).toBeGreaterThan(100);
  expect(white[1]).toBe(white[0]);
  patch.dispose();
  renderer.dispose();
});
