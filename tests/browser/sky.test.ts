import { Color, Group, PerspectiveCamera, Scene, SRGBColorSpace, WebGLRenderer } from 'three';
import { afterEach, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../src/math/pose';
import type { Pose } from '../../src/math/types';
import { SkyDome } from '../../src/reproject/sky-dome';
import { skyHeight, skyWidth } from '../../src/world/contracts';
import { elevationOfSkyRow, longitudeOfSkyColumn, skyTexelFromDirection } from '../../src/world/sky-directions';

type Rgb = readonly [number, number, number];
type Picture = { rgb: (x: number, y: number) => Rgb; alpha: (x: number, y: number) => number };

const size = 160;
const fovDeg = 70;
const renderer = new WebGLRenderer({ antialias: false, preserveDrawingBuffer: true });
// A colour that no sky here has: whatever is not drawn shows it.
renderer.setClearColor(0xff00ff);
renderer.debug.onShaderError = (gl, _program, vertex, fragment) => {
  throw new Error(`${gl.getShaderInfoLog(vertex)} ${gl.getShaderInfoLog(fragment)}`);
};
const scene = new Scene();
const domes: SkyDome[] = [];

afterEach(() => {
  scene.clear();
  for (const dome of domes.splice(0)) dome.dispose();
});

function makeDome(paint?: (x: number, y: number, z: number) => Rgb): SkyDome {
  const dome = new SkyDome();
  domes.push(dome);
  scene.add(dome);
  if (paint) dome.setMap(mapOf(paint));
  return dome;
}

/** A sky map that has this colour in each direction. */
function mapOf(paint: (x: number, y: number, z: number) => Rgb): Uint8Array {
  const map = new Uint8Array(skyWidth * skyHeight * 4);
  for (let row = 0; row < skyHeight; row++) {
    for (let column = 0; column < skyWidth; column++) {
      const [longitude, elevation] = [longitudeOfSkyColumn(column), elevationOfSkyRow(row)];
      const level = Math.cos(elevation);
      const color = paint(Math.sin(longitude) * level, Math.sin(elevation), Math.cos(longitude) * level);
      map.set([...color, 255], (row * skyWidth + column) * 4);
    }
  }
  return map;
}

function draw(worldFromEye: Pose): Picture {
  const camera = new PerspectiveCamera(fovDeg, 1, 0.05, 50);
  camera.matrixAutoUpdate = false;
  camera.matrix.fromArray(worldFromEye);
  camera.updateMatrixWorld(true);
  renderer.setSize(size, size, false);
  renderer.render(scene, camera);
  const bytes = new Uint8Array(size * size * 4);
  const gl = renderer.getContext();
  gl.readPixels(0, 0, size, size, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  expect(gl.getError()).toBe(0);
  const at = (x: number, y: number) => ((size - 1 - y) * size + x) * 4;
  return {
    rgb: (x, y) => [bytes[at(x, y)]!, bytes[at(x, y) + 1]!, bytes[at(x, y) + 2]!],
    alpha: (x, y) => bytes[at(x, y) + 3]!,
  };
}

/** World direction of a pixel's middle, of length 1. */
function directionOf(x: number, y: number, pose: Pose): [number, number, number] {
  const slope = Math.tan((fovDeg * Math.PI) / 360);
  const eye = [((x + 0.5) / size - 0.5) * 2 * slope, (0.5 - (y + 0.5) / size) * 2 * slope, -1];
  const length = Math.hypot(...eye);
  const axis = (i: number) => (pose[i]! * eye[0]! + pose[4 + i]! * eye[1]! + pose[8 + i]! * eye[2]!) / length;
  return [axis(0), axis(1), axis(2)];
}

const differ = (a: Rgb, b: Rgb) => Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));

const byDirection = (x: number, y: number, z: number): Rgb => [128 + 100 * x, 128 + 100 * y, 128 + 100 * z];

const quarter = Math.PI / 2;
const headPoses: [name: string, pose: Pose][] = [
  ['ahead', poseFromYawPitch([0, 0, 0], 0, 0)],
  ['to the left', poseFromYawPitch([2, 1.6, -30], quarter, 0.2)],
  ['to the right, tilted', poseFromYawPitch([0, 1, 0], -quarter, -0.4, 0.7)],
  ['behind, at the seam', poseFromYawPitch([0, 1, 5], Math.PI, 0)],
  ['behind and up', poseFromYawPitch([0, 1, 5], Math.PI - 0.1, 0.9, -0.3)],
  ['straight up', poseFromYawPitch([0, 1, 0], 0.4, quarter)],
  ['straight down', poseFromYawPitch([0, 1, 0], 2, -quarter)],
];

test.each(headPoses)('looking %s shows each colour in its own direction', (_name, pose) => {
  makeDome(byDirection);
  const picture = draw(pose);
  let worst = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      worst = Math.max(worst, differ(picture.rgb(x, y), byDirection(...directionOf(x, y, pose))));
    }
  }
  expect(worst).toBeLessThan(5);
});

test.each(headPoses)('looking %s a single texel of the map stands where the CPU twin says', (_name, pose) => {
  // Off the middle of the picture, and for "behind" on both sides of the seam.
  for (const [px, py] of [[79, 79], [40, 60], [120, 95]] as const) {
    const [column, row] = skyTexelFromDirection(...directionOf(px, py, pose), [0, 0]).map(Math.floor) as [number, number];
    const map = mapOf(() => [20, 20, 20]);
    // Near the poles a texel is thin: take as many beside each other as make it square.
    const half = Math.min(skyWidth / 2, Math.floor(1 / Math.cos(elevationOfSkyRow(row)) / 2));
    for (let i = -half; i <= half; i++) {
      map.set([250, 250, 250, 255], (row * skyWidth + ((column + i + skyWidth) % skyWidth)) * 4);
    }
    makeDome().setMap(map);
    const picture = draw(pose);
    const sum = [0, 0, 0];
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const light = Math.max(0, picture.rgb(x, y)[0] - 24);
        const d = directionOf(x, y, pose);
        for (let i = 0; i < 3; i++) sum[i]! += light * d[i]!;
      }
    }
    const length = Math.hypot(...sum);
    const [longitude, elevation] = [longitudeOfSkyColumn(column), elevationOfSkyRow(row)];
    const level = Math.cos(elevation);
    const expected = [Math.sin(longitude) * level, Math.sin(elevation), Math.cos(longitude) * level];
    const cosine = expected.reduce((total, e, i) => total + (e * sum[i]!) / length, 0);
    // A texel is 2.8 degrees wide; at a pole they are wedges, which the filter draws as arcs.
    const isAtPole = row === 0 || row === skyHeight - 1;
    expect((Math.acos(Math.min(1, cosine)) * 180) / Math.PI).toBeLessThan(isAtPole ? 1.5 : 0.8);
    scene.clear();
  }
});

test('longitude 0 has no seam: a step there is no larger than elsewhere', () => {
  makeDome((x, y) => [128 + 100 * x, 128 + 60 * y, 140]);
  const picture = draw(poseFromYawPitch([0, 0, 0], Math.PI, 0.3));
  for (let y = 0; y < size; y++) {
    for (let x = 1; x < size; x++) expect(differ(picture.rgb(x, y), picture.rgb(x - 1, y))).toBeLessThan(4);
  }
});

test('moving changes nothing, and the sky turns with the group that it is in', () => {
  const dome = makeDome(byDirection);
  const here = draw(poseFromYawPitch([0, 0, 0], 0.5, 0.1));
  const there = draw(poseFromYawPitch([100, -20, 300], 0.5, 0.1));
  for (let i = 0; i < size; i++) expect(differ(here.rgb(i, i), there.rgb(i, i))).toBeLessThan(2);
  const group = new Group();
  group.rotation.y = 0.5;
  group.add(dome);
  scene.add(group);
  group.updateMatrixWorld(true);
  const turned = draw(poseFromYawPitch([0, 0, 0], 1, 0.1));
  for (let i = 0; i < size; i++) expect(differ(here.rgb(i, i), turned.rgb(i, i))).toBeLessThan(3);
});

test('without a map it is dusk, and reset brings the dusk back', () => {
  const dome = makeDome();
  const pose = poseFromYawPitch([0, 0, 0], 1, 0.2);
  const dusk = draw(pose);
  dome.setMap(mapOf(() => [10, 200, 10]));
  expect(differ(draw(pose).rgb(80, 80), [10, 200, 10])).toBeLessThan(2);
  dome.reset();
  const again = draw(pose);
  for (let i = 0; i < size; i++) expect(differ(dusk.rgb(i, i), again.rgb(i, i))).toBeLessThan(2);
});

test('each debug view has its colour, and "source" is raw', () => {
  const dome = makeDome(byDirection);
  const pose = poseFromYawPitch([0, 0, 0], 0, 0);
  const shown = (linear: Rgb): Rgb => {
    const { r, g, b } = new Color(...linear).getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
    return [r * 255, g * 255, b * 255];
  };
  const blue = shown([0.15, 0.35, 0.9]);
  for (const [view, color] of [
    ['holes', blue],
    ['layer', blue],
    ['cuts', [0, 0, 0]],
    ['depth', [0, 0, 0]],
    ['age', shown([0.05, 0.05, 0.05])],
  ] as const) {
    dome.setDebugView(view);
    expect(differ(draw(pose).rgb(30, 90), color), view).toBeLessThan(2);
  }
  dome.setDebugView('source');
  const raw = draw(pose);
  for (let i = 0; i < size; i++) expect([...raw.rgb(i, 7), raw.alpha(i, 7)]).toEqual([0, 0, 0, 255]);
  dome.setDebugView('none');
  expect(differ(draw(pose).rgb(80, 80), byDirection(0, 0, -1))).toBeLessThan(4);
});

test('staleness takes the colour away, down to 0.6 of the light', () => {
  const dome = makeDome(() => [220, 120, 60]);
  const pose = poseFromYawPitch([0, 0, 0], 0, 0);
  const fresh = draw(pose).rgb(80, 80);
  dome.setStaleness(1);
  const stale = draw(pose).rgb(80, 80);
  const { r, g, b } = new Color().setRGB(220 / 255, 120 / 255, 60 / 255, SRGBColorSpace);
  const light = 0.6 * (0.2126 * r + 0.7152 * g + 0.0722 * b);
  const grey = new Color(light, light, light).getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace).r * 255;
  expect(differ(stale, [grey, grey, grey])).toBeLessThan(3);
  dome.setStaleness(0.5);
  const half = draw(pose).rgb(80, 80);
  expect(half[0]).toBeLessThan(fresh[0]);
  expect(half[0]).toBeGreaterThan(stale[0]);
});
