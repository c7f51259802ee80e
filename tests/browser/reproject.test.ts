import { ArrayCamera, FrontSide, PerspectiveCamera, Scene, Vector4, WebGLRenderer, type Camera } from 'three';
import { afterEach, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../src/math/camera';
import { createPose, multiplyPose, poseFromYawPitch } from '../../src/math/pose';
import type { Mat4, Pose } from '../../src/math/types';
import type { ReprojectionMode } from '../../src/reproject/modes';
import { LayerMesh } from '../../src/reproject/layer-mesh';
import { Vignette } from '../../src/reproject/vignette';
import { pixelFromClip, projectKeyframePoint } from '../../src/reproject/warp';
import { WorldView } from '../../src/reproject/world-view';
import { farFromCuts } from '../../src/world/contracts';
import { CornerMesher, maxIndices, maxVertices } from '../../workers/mesh/corner-mesh';
import { makeFrame, type FrameSpec, type Rgb } from '../unit/reproject/frame-fixture';

type Picture = { width: number; height: number; rgb: (x: number, y: number) => Rgb };

const deg = Math.PI / 180;
const width = 160;
const height = 120;
/** A grey that no sky, frame or marker here has: whatever is not drawn shows it. */
const clearColor = 0x030303;

const renderer = new WebGLRenderer({ antialias: false, preserveDrawingBuffer: true });
renderer.setClearColor(clearColor);
renderer.debug.onShaderError = (gl, _program, vertex, fragment) => {
  throw new Error(`${gl.getShaderInfoLog(vertex)} ${gl.getShaderInfoLog(fragment)}`);
};
const scene = new Scene();
const disposables: { dispose: () => void }[] = [];

afterEach(() => {
  scene.clear();
  for (const it of disposables.splice(0)) it.dispose();
});

function makeView(spec?: FrameSpec, mode: ReprojectionMode = 'mesh'): WorldView {
  const view = new WorldView(() => {});
  disposables.push(view);
  scene.add(view);
  view.setMode(mode);
  if (spec !== undefined) {
    view.queue(makeFrame(spec));
    view.flush(0, renderer);
  }
  return view;
}

function eyeCamera(worldFromEye: Pose, fovYDeg: number, aspect = width / height): PerspectiveCamera {
  const camera = new PerspectiveCamera(fovYDeg, aspect, 0.05, 50);
  camera.matrixAutoUpdate = false;
  camera.matrix.fromArray(worldFromEye);
  camera.updateMatrixWorld(true);
  return camera;
}

function draw(camera: Camera, w = width, h = height): Picture {
  renderer.setSize(w, h, false);
  renderer.render(scene, camera);
  const bytes = new Uint8Array(w * h * 4);
  const gl = renderer.getContext();
  gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  expect(gl.getError()).toBe(0);
  return {
    width: w,
    height: h,
    rgb: (x, y) => {
      const at = ((h - 1 - y) * w + x) * 4;
      return [bytes[at], bytes[at + 1], bytes[at + 2]];
    },
  };
}

const differ = (a: Rgb, b: Rgb) => Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));

/** Pixels of one colour: how many, and their mean position in pixels from the top left. */
function find(picture: Picture, color: Rgb, fromX = 0, toX = picture.width): { count: number; x: number; y: number } {
  let count = 0;
  let x = 0;
  let y = 0;
  for (let py = 0; py < picture.height; py++) {
    for (let px = fromX; px < toX; px++) {
      if (differ(picture.rgb(px, py), color) > 3) continue;
      count++;
      x += px + 0.5 - fromX;
      y += py + 0.5;
    }
  }
  return { count, x: x / count, y: y / count };
}

function largestDifference(a: Picture, b: Picture, margin = 0): number {
  let largest = 0;
  for (let y = margin; y < a.height - margin; y++) {
    for (let x = margin; x < a.width - margin; x++) largest = Math.max(largest, differ(a.rgb(x, y), b.rgb(x, y)));
  }
  return largest;
}

/** Two eyes side by side in one picture, as a headset draws them. */
function stereo(worldFromHead: Pose, ipd: number, fovYDeg: number): ArrayCamera {
  const eyes = [-1, 1].map((side, i) => {
    const headFromEye = poseFromYawPitch([(side * ipd) / 2, 0, 0], 0, 0);
    const eye = eyeCamera(multiplyPose(createPose(), worldFromHead, headFromEye), fovYDeg, 1);
    (eye as PerspectiveCamera & { viewport: Vector4 }).viewport = new Vector4(i * 120, 0, 120, 120);
    return eye;
  });
  const both = new ArrayCamera(eyes as never);
  both.matrixAutoUpdate = false;
  return both;
}

const red: Rgb = [220, 30, 40];
const blue: Rgb = [30, 60, 230];

/** A red block of texels in front of a blue wall. */
function blockSpec(block: { x: number; y: number; size: number; inverseDepth: number }, wall: number): FrameSpec {
  const isBlock = (x: number, y: number) =>
    x >= block.x && x < block.x + block.size && y >= block.y && y < block.y + block.size;
  return {
    camera: intrinsicsFromFov(64, 64, 90 * deg),
    surfaceOf: (x, y) => (isBlock(x, y) ? 1 : 0),
    inverseDepthOf: (surface) => (surface === 1 ? block.inverseDepth : wall),
    colorOf: (x, y) => (isBlock(x, y) ? red : blue),
  };
}

test('from its own pose a frame is drawn as its own picture, whatever its depth', () => {
  const colorOf = (x: number, y: number): Rgb => [(x * 37 + y * 11) % 256, (x * 5 + y * 91) % 256, (x * y * 3) % 256];
  const worldFromCamera = poseFromYawPitch([3, 1.6, -7], 0.7, -0.3, 0.1);
  makeView({
    camera: intrinsicsFromFov(width, height, 70 * deg),
    worldFromCamera,
    colorOf,
    inverseDepthOf: (_s, x, y) => 0.02 + 0.004 * x + 0.002 * y,
  });
  const picture = draw(eyeCamera(worldFromCamera, 70));
  let worst = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) worst = Math.max(worst, differ(picture.rgb(x, y), colorOf(x, y)));
  }
  expect(worst).toBeLessThanOrEqual(2);
});

test('the GPU puts points where the CPU twin says, from any pose, in every mode', () => {
  let seed = 12345;
  const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
  const between = (from: number, to: number) => from + (to - from) * random();
  const block = 4;
  const pitch = 8;
  const perRow = 8;
  const camera = intrinsicsFromFov(64, 64, 90 * deg);
  const idAt = (x: number, y: number) => Math.floor(y / pitch) * perRow + Math.floor(x / pitch);
  const colorOfId = (id: number): Rgb => [40 + (id % 8) * 28, 40 + (id >> 3) * 28, 250];
  let checked = 0;
  for (let round = 0; round < 18; round++) {
    const mode = (['mesh', 'layers', 'mesh', 'quad', 'rotation', 'off'] as const)[round % 6];
    const depths = Array.from({ length: 64 }, (_, id) => (id % 9 === 0 ? 0 : between(0.1, 1.2)));
    const within = (r: number) => between(-r, r);
    const key = poseFromYawPitch([within(5), within(5), within(5)], within(3), within(1), within(0.3));
    const moved = poseFromYawPitch([within(0.3), within(0.3), within(0.3)], within(0.4), within(0.4), within(0.3));
    const head = multiplyPose(createPose(), key, moved);
    const view = makeView(
      {
        camera,
        worldFromCamera: key,
        surfaceOf: (x, y) => (x % pitch < block && y % pitch < block ? idAt(x, y) : -1),
        inverseDepthOf: (surface) => depths[surface],
        colorOf: (x, y) => colorOfId(idAt(x, y)),
        skyColor: [10, 10, 10],
      },
      mode,
    );
    // Glued to a head that is not quite the eye, as in a headset.
    const worldFromHead = multiplyPose(createPose(), head, poseFromYawPitch([0.03, 0, 0], 0.05, 0));
    view.setHead(worldFromHead);
    view.flush(1, renderer);
    const eye = eyeCamera(head, 60);
    const picture = draw(eye, 640, 480);
    const clipFromWorld = new Float32Array(16);
    eye.projectionMatrix.clone().multiply(eye.matrixWorldInverse).toArray(clipFromWorld);
    for (let id = 0; id < 64; id++) {
      const polygon = [[0, 0], [block, 0], [block, block], [0, block]].map(([dx, dy]) => {
        const clip = new Float64Array(4);
        const pixel = new Float64Array(2);
        const x = (id % perRow) * pitch + dx;
        const y = Math.floor(id / perRow) * pitch + dy;
        const from = mode === 'off' ? worldFromHead : key;
        projectKeyframePoint(camera, x, y, depths[id], from, clipFromWorld as Mat4, mode, clip);
        pixelFromClip(clip, 640, 480, pixel);
        return { x: pixel[0], y: pixel[1], behind: clip[3] <= 0 };
      });
      if (polygon.some((p) => p.behind || p.x < 1 || p.x > 639 || p.y < 1 || p.y > 479)) continue;
      let area = 0;
      let cx = 0;
      let cy = 0;
      polygon.forEach((p, i) => {
        const q = polygon[(i + 1) % 4];
        const cross = p.x * q.y - q.x * p.y;
        area += cross / 2;
        cx += ((p.x + q.x) * cross) / 6;
        cy += ((p.y + q.y) * cross) / 6;
      });
      const found = find(picture, colorOfId(id));
      // Nothing that is drawn nearer may hide a part of it.
      if (found.count < 0.97 * Math.abs(area) - 4) continue;
      const offPx = Math.hypot(found.x - cx / area, found.y - cy / area);
      expect(offPx, `${mode} block ${id} of round ${round}`).toBeLessThan(0.5);
      checked++;
    }
    scene.clear();
  }
  expect(checked).toBeGreaterThan(250);
});

test('both eyes see a near patch with the disparity of its depth, the left eye further to the right', () => {
  const ipd = 0.063;
  for (const z of [0.6, 1, 2.5]) {
    makeView(blockSpec({ x: 28, y: 28, size: 8, inverseDepth: 1 / z }, 0));
    // A rolled head, so that the patch's slanted edges tell its position finer than whole pixels do.
    const picture = draw(stereo(poseFromYawPitch([0, 0, 0], 0, 0, 0.3), ipd, 60), 240, 120);
    const left = find(picture, red, 0, 120);
    const right = find(picture, red, 120, 240);
    const focal = 60 / Math.tan(30 * deg);
    expect(left.count).toBeGreaterThan(100);
    expect(Math.abs(left.x - right.x - (focal * ipd) / z)).toBeLessThan(0.5);
    expect(Math.abs(left.y - right.y)).toBeLessThan(0.1);
    scene.clear();
  }
});

test('in the mode rotation a head turn of 20 degrees moves the picture by 20 degrees and a step moves nothing', () => {
  makeView(blockSpec({ x: 31, y: 31, size: 2, inverseDepth: 1 }, 0.2), 'rotation');
  const focal = 240 / Math.tan(35 * deg);
  const at = (pose: Pose) => find(draw(eyeCamera(pose, 70), 640, 480), red);
  const straight = at(createPose());
  expect(Math.hypot(straight.x - 320, straight.y - 240)).toBeLessThan(0.5);
  const leftTurn = at(poseFromYawPitch([0, 0, 0], 20 * deg, 0));
  expect(Math.abs(leftTurn.x - 320 - focal * Math.tan(20 * deg))).toBeLessThan(1);
  const lookUp = at(poseFromYawPitch([0, 0, 0], 0, 20 * deg));
  expect(Math.abs(lookUp.y - 240 - focal * Math.tan(20 * deg))).toBeLessThan(1);
  expect(at(poseFromYawPitch([0.7, -0.4, 0.5], 0, 0))).toEqual(straight);
});

test('infinitely far texels are drawn and stay fixed while the head walks, near ones move', () => {
  const far = makeView(blockSpec({ x: 24, y: 24, size: 6, inverseDepth: 0 }, 0));
  const here = find(draw(eyeCamera(createPose(), 70)), red);
  expect(here.count).toBeGreaterThan(20);
  const walked = poseFromYawPitch([2, -1, 4], 0, 0);
  expect(find(draw(eyeCamera(walked, 70)), red)).toEqual(here);
  far.removeFromParent();
  makeView(blockSpec({ x: 24, y: 24, size: 6, inverseDepth: 0.25 }, 0));
  const near = find(draw(eyeCamera(poseFromYawPitch([0.5, 0, 0], 0, 0), 70)), red);
  expect(here.x - near.x).toBeGreaterThan(5);
});

test('points far beyond the far plane of the camera are not clipped away', () => {
  makeView({ camera: intrinsicsFromFov(32, 32, 90 * deg), inverseDepthOf: () => 1 / 5000, colorOf: () => red });
  const picture = draw(eyeCamera(poseFromYawPitch([1, 0, 0], 0, 0), 60));
  expect(find(picture, red).count).toBe(width * height);
});

test('nothing is black outside the keyframe, before the first frame, and after it is cleared', () => {
  const view = makeView();
  const darkest = () => {
    let least = 255;
    for (const [yaw, pitch] of [[0, 0], [90, 10], [180, 0], [250, -40], [0, 89], [0, -89]]) {
      const picture = draw(eyeCamera(poseFromYawPitch([0, 1.6, 0], yaw * deg, pitch * deg), 90), 80, 60);
      for (let y = 0; y < 60; y++) for (let x = 0; x < 80; x++) least = Math.min(least, Math.max(...picture.rgb(x, y)));
    }
    return least;
  };
  expect(darkest()).toBeGreaterThan(50);
  view.queue(makeFrame(blockSpec({ x: 20, y: 20, size: 9, inverseDepth: 1 }, 0.3)));
  view.flush(0, renderer);
  expect(darkest()).toBeGreaterThan(50);
  view.clear();
  expect(darkest()).toBeGreaterThan(50);
});

test('in the mode off the picture hangs in front of the head, the same for both eyes', () => {
  const spec = blockSpec({ x: 20, y: 25, size: 12, inverseDepth: 1.5 }, 0.2);
  const view = makeView({ ...spec, worldFromCamera: poseFromYawPitch([1, 2, 3], 0.4, 0.1) }, 'off');
  view.setHead(createPose());
  view.flush(1, renderer);
  const straight = draw(eyeCamera(createPose(), 60));
  expect(find(straight, red).count).toBeGreaterThan(100);
  const head = poseFromYawPitch([-3, 1, 8], 2.5, -0.6, 0.2);
  view.setHead(head);
  view.flush(2, renderer);
  // Rounding of the pose may move an edge by a hair, so edges are left to the centroid.
  const turned = find(draw(eyeCamera(head, 60)), red);
  expect(Math.hypot(turned.x - find(straight, red).x, turned.y - find(straight, red).y)).toBeLessThan(0.1);
  const both = draw(stereo(head, 0.063, 60), 240, 120);
  const [left, right] = [find(both, red, 0, 120), find(both, red, 120, 240)];
  expect(left.count).toBeGreaterThan(100);
  expect(Math.hypot(left.x - right.x, left.y - right.y)).toBeLessThan(0.05);
});

test('triangles face the camera of the frame, and their backs are drawn too', () => {
  const view = makeView({ ...blockSpec({ x: 16, y: 16, size: 32, inverseDepth: 0.5 }, 0.5) });
  const both = draw(eyeCamera(createPose(), 60));
  expect(find(both, red).count).toBeGreaterThan(1000);
  const mesh = view.children.find((child): child is LayerMesh => child instanceof LayerMesh)!;
  mesh.material.side = FrontSide;
  mesh.material.needsUpdate = true;
  expect(largestDifference(draw(eyeCamera(createPose(), 60)), both)).toBe(0);
  const behind = eyeCamera(poseFromYawPitch([0, 0, -4], Math.PI, 0), 60);
  expect(find(draw(behind), red).count).toBe(0);
  makeView(blockSpec({ x: 16, y: 16, size: 32, inverseDepth: 0.5 }, 0.5));
  expect(find(draw(behind), red).count).toBeGreaterThan(1000);
});

test('colours do not bleed over a cut', () => {
  const spec = blockSpec({ x: 28, y: 28, size: 8, inverseDepth: 1 }, 0.25);
  const mixed = (flags: boolean) => {
    const view = makeView({ ...spec, flags });
    const picture = draw(eyeCamera(createPose(), 20), 320, 240);
    view.removeFromParent();
    let count = 0;
    for (let y = 0; y < 240; y++) {
      for (let x = 0; x < 320; x++) {
        if (differ(picture.rgb(x, y), red) > 2 && differ(picture.rgb(x, y), blue) > 2) count++;
      }
    }
    expect(find(picture, red).count).toBeGreaterThan(1000);
    return count;
  };
  expect(mixed(false)).toBeGreaterThan(500);
  expect(mixed(true)).toBe(0);
});

test('far from cuts a magnified picture is filtered by a cubic spline, and only there', () => {
  // Half black, half white, on one flat surface: at the middle of the first white texel a bilinear lookup is all white,
  // the spline has five sixths of it, in linear light.
  const spec: FrameSpec = {
    camera: intrinsicsFromFov(16, 16, Math.PI / 2),
    colorOf: (x) => (x < 8 ? [0, 0, 0] : [255, 255, 255]),
  };
  const levelBeside = (flags: number) => {
    const frame = makeFrame(spec);
    for (let v = 0; v < frame.mesh.vertexCount; v++) frame.mesh.vertices[v * 4 + 3] = flags;
    const view = makeView();
    view.queue(frame);
    view.flush(0, renderer);
    const picture = draw(eyeCamera(createPose(), 90, 1), 160, 160);
    view.removeFromParent();
    return picture.rgb(85, 80)[0];
  };
  const encoded = 255 * (1.055 * (5 / 6) ** (1 / 2.4) - 0.055);
  expect(levelBeside(0)).toBeGreaterThan(252);
  expect(Math.abs(levelBeside(farFromCuts) - encoded)).toBeLessThan(4);
});

/** Puts the worker's own mesh, smooth silhouettes and all, into a frame of the size of `spec`. */
function showMeshed(spec: FrameSpec, inverseDepth: Float32Array): WorldView {
  const frame = makeFrame(spec);
  const { width: w, height: h } = frame.camera;
  const vertices = new Uint16Array(4 * maxVertices(w, h));
  frame.mesh = new CornerMesher().build(inverseDepth, w, h, vertices, new Uint32Array(maxIndices(w, h)));
  const view = makeView();
  view.queue(frame);
  view.flush(0, renderer);
  return view;
}

/** Two flat things, at 1 m and 5 m. */
function nearAndFar(side: number, isNear: (x: number, y: number) => boolean): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => (isNear(i % side, Math.floor(i / side)) ? 1 : 0.2));
}

test('smooth silhouettes: closed and unmixed from the pose of the frame, and the picture itself away from cuts', () => {
  const side = 48;
  const magnified = 8;
  const pose = poseFromYawPitch([2, 1, -3], 0.4, 0.1);
  const isNear = (x: number, y: number) => Math.hypot(x - 20, y - 25) < 11 || 3 * x + y > 140 || (x === 38 && y < 15);
  const depth = nearAndFar(side, isNear);
  const camera = intrinsicsFromFov(side, side, 60 * deg);
  showMeshed({ camera, worldFromCamera: pose, colorOf: (x, y) => (isNear(x, y) ? red : blue) }, depth);
  const picture = draw(eyeCamera(pose, 60, 1), side * magnified, side * magnified);
  const besideCut = (x: number, y: number) =>
    [-1, 0, 1].some((dy) => [-1, 0, 1].some((dx) => isNear(x + dx, y + dy) !== isNear(x, y)));
  let strange = 0;
  let wrong = 0;
  let movedPixels = 0;
  for (let py = 0; py < picture.height; py++) {
    for (let px = 0; px < picture.width; px++) {
      const [x, y] = [Math.floor(px / magnified), Math.floor(py / magnified)];
      const found = picture.rgb(px, py);
      if (differ(found, red) > 2 && differ(found, blue) > 2) strange++;
      const own = differ(found, isNear(x, y) ? red : blue) <= 2;
      // A silhouette moves by less than half a texel, so only texels beside a cut may show the other side.
      if (!own && besideCut(x, y)) movedPixels++;
      if (!own && !besideCut(x, y)) wrong++;
    }
  }
  expect({ strange, wrong }).toEqual({ strange: 0, wrong: 0 });
  expect(movedPixels).toBeGreaterThan(200);
});

test('smooth silhouettes: the GPU draws a slanted edge as a straight line', () => {
  const side = 32;
  const magnified = 10;
  for (const slope of [0.2, 0.4, 1]) {
    const line = (x: number) => 16 + slope * (x - 16);
    const isNear = (x: number, y: number) => y + 0.5 > line(x + 0.5);
    const depth = nearAndFar(side, isNear);
    const camera = intrinsicsFromFov(side, side, 60 * deg);
    const view = showMeshed({ camera, colorOf: (x, y) => (isNear(x, y) ? red : blue) }, depth);
    const picture = draw(eyeCamera(createPose(), 60, 1), side * magnified, side * magnified);
    view.removeFromParent();
    const offTexels: number[] = [];
    for (let px = 60; px < 260; px++) {
      let reds = 0;
      for (let py = 0; py < picture.height; py++) if (differ(picture.rgb(px, py), red) <= 2) reds++;
      offTexels.push(side - reds / magnified - line((px + 0.5) / magnified));
    }
    // How straight, and where it lies; at slope 1 an edge through texel centres can only be known to half a texel.
    const mean = offTexels.reduce((a, b) => a + b) / offTexels.length;
    const rms = Math.sqrt(offTexels.reduce((sum, off) => sum + (off - mean) ** 2, 0) / offTexels.length);
    expect(rms, `slope ${slope}`).toBeLessThan(0.15);
    expect(Math.abs(mean), `slope ${slope}`).toBeLessThan(0.6);
  }
});

test('a new frame replaces picture, geometry and pose at once, at any resolution', () => {
  const view = makeView(blockSpec({ x: 10, y: 10, size: 8, inverseDepth: 1 }, 0.25));
  draw(eyeCamera(createPose(), 60));
  for (const size of [32, 64, 64, 64, 16]) {
    const pose = poseFromYawPitch([size, 0, 0], size, 0);
    const spec = blockSpec({ x: (size * 3) / 8, y: (size * 3) / 8, size: size / 4, inverseDepth: 1 }, 0.25);
    view.queue(makeFrame({ ...spec, camera: intrinsicsFromFov(size, size, 90 * deg), worldFromCamera: pose }));
    view.flush(0, renderer);
    const block = find(draw(eyeCamera(pose, 60)), red);
    expect(Math.hypot(block.x - width / 2, block.y - height / 2)).toBeLessThan(0.5);
    expect(Math.abs(block.count - (0.5 * 60 / Math.tan(30 * deg)) ** 2)).toBeLessThan(220);
  }
});

test('the vignette leaves the middle, darkens the rim of both eyes, and is not there at strength 0', () => {
  const view = makeView(blockSpec({ x: 0, y: 0, size: 64, inverseDepth: 0.5 }, 0.5));
  const vignette = new Vignette();
  disposables.push(vignette);
  view.add(vignette);
  const camera = stereo(poseFromYawPitch([0, 0, 0.2], 0.1, 0.1), 0.063, 88);
  const clear = draw(camera, 240, 120);
  vignette.setStrength(1);
  const dark = draw(camera, 240, 120);
  for (const eye of [0, 120]) {
    expect(dark.rgb(eye + 60, 60)).toEqual(clear.rgb(eye + 60, 60));
    expect(dark.rgb(eye + 3, 60)).toEqual([0, 0, 0]);
    expect(dark.rgb(eye + 116, 60)).toEqual([0, 0, 0]);
    const soft = dark.rgb(eye + 60 + Math.round(62 * Math.tan(26 * deg)), 60)[0];
    expect(soft).toBeGreaterThan(20);
    expect(soft).toBeLessThan(clear.rgb(eye + 60, 60)[0]);
  }
  vignette.setStrength(0);
  expect(largestDifference(draw(camera, 240, 120), clear)).toBe(0);
});
