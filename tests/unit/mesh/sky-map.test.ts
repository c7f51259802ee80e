import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../src/math/types';
import { skyHeight, skyWidth } from '../../../src/world/contracts';
import { elevationOfSkyRow, longitudeOfSkyColumn, skyTexelFromDirection } from '../../../src/world/sky-directions';
import { SkyMap } from '../../../workers/mesh/sky-map';
import { squareCamera } from './depth-scenes';

type Rgb = [red: number, green: number, blue: number];
type Paint = (x: number, y: number, z: number) => Rgb;

const camera = squareCamera(64, 90);
const texels = 64 * 64;
const look = (yaw: number, pitch: number, roll = 0) => poseFromYawPitch([0, 1.6, 0], yaw, pitch, roll);
const level = look(0, 0);
const up = look(0, Math.PI / 2);

function solid(red: number, green: number, blue: number): Uint8Array {
  const out = new Uint8Array(texels * 4);
  for (let p = 0; p < out.length; p += 4) out.set([red, green, blue, 255], p);
  return out;
}

/** A picture of a world that is infinitely far: its colour depends on the direction (of length 1) alone. */
function picture(paint: Paint, { width, height, fx, fy, cx, cy }: Intrinsics, pose: Pose): Uint8Array {
  const out = new Uint8Array(width * height * 4);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const eye = [(u + 0.5 - cx) / fx, -(v + 0.5 - cy) / fy, -1];
      const length = Math.hypot(...eye);
      const [x, y, z] = [0, 1, 2].map((i) => (pose[i] * eye[0] + pose[4 + i] * eye[1] + pose[8 + i] * eye[2]) / length);
      out.set([...paint(x, y, z), 255], (v * width + u) * 4);
    }
  }
  return out;
}

function written(map: SkyMap): Uint8Array {
  const out = new Uint8Array(skyWidth * skyHeight * 4);
  map.write(out);
  return out;
}

const rgbAt = (out: Uint8Array, column: number, row: number): Rgb => {
  const i = (row * skyWidth + ((column + skyWidth) % skyWidth)) * 4;
  return [out[i], out[i + 1], out[i + 2]];
};
const towards = (out: Uint8Array, x: number, y: number, z: number): Rgb => {
  const [column, row] = skyTexelFromDirection(x, y, z, [0, 0]);
  return rgbAt(out, Math.floor(column), Math.min(Math.floor(row), skyHeight - 1));
};
const differ = (a: Rgb, b: Rgb) => Math.max(...a.map((value, c) => Math.abs(value - b[c])));

/** Largest difference of two texels that touch, around the seam too. */
function largestStep(out: Uint8Array, fromRow = 0, toRow = skyHeight): number {
  let largest = 0;
  for (let row = fromRow; row < toRow; row++) {
    for (let column = 0; column < skyWidth; column++) {
      largest = Math.max(largest, differ(rgbAt(out, column, row), rgbAt(out, column + 1, row)));
      if (row > fromRow) largest = Math.max(largest, differ(rgbAt(out, column, row), rgbAt(out, column, row - 1)));
    }
  }
  return largest;
}

const smooth: Paint = (x, y, z) => [130 + 100 * x, 130 + 100 * y, 130 + 100 * z];

describe('SkyMap', () => {
  it('puts every colour into the direction it was seen in, for any head pose, at the seam and the poles', () => {
    const angle = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    fc.assert(
      fc.property(angle(Math.PI), angle(Math.PI / 2), angle(Math.PI), (yaw, pitch, roll) => {
        const pose = look(yaw, pitch, roll);
        const map = new SkyMap();
        map.accumulate(picture(smooth, camera, pose), null, camera, pose);
        const out = written(map);
        // A grid of rays well inside the picture.
        for (let i = -3; i <= 3; i++) {
          for (let j = -3; j <= 3; j++) {
            const eye = [i * 0.25, j * 0.25, -1];
            const d = [0, 1, 2].map((k) => pose[k] * eye[0] + pose[4 + k] * eye[1] + pose[8 + k] * eye[2]);
            const [column, row] = skyTexelFromDirection(d[0], d[1], d[2], [0, 0]).map(Math.floor);
            const [longitude, elevation] = [longitudeOfSkyColumn(column), elevationOfSkyRow(Math.min(row, skyHeight - 1))];
            const expected = smooth(
              Math.sin(longitude) * Math.cos(elevation),
              Math.sin(elevation),
              Math.cos(longitude) * Math.cos(elevation),
            );
            expect(differ(towards(out, d[0], d[1], d[2]), expected)).toBeLessThan(6);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('knows all directions after a look around', () => {
    const map = new SkyMap();
    for (const [yaw, pitch] of [[0, 0], [1.57, 0], [3.14, 0], [-1.57, 0], [0, 1.57], [0, -1.57]]) {
      const pose = look(yaw, pitch);
      map.accumulate(picture(smooth, camera, pose), null, camera, pose);
    }
    const out = written(map);
    let worst = 0;
    for (let row = 0; row < skyHeight; row++) {
      for (let column = 0; column < skyWidth; column++) {
        const [longitude, elevation] = [longitudeOfSkyColumn(column), elevationOfSkyRow(row)];
        const side = Math.cos(elevation);
        const expected = smooth(Math.sin(longitude) * side, Math.sin(elevation), Math.cos(longitude) * side);
        worst = Math.max(worst, differ(rgbAt(out, column, row), expected));
      }
    }
    expect(worst).toBeLessThan(8);
  });

  it('looks only at what is far: nearer than 15 m counts for nothing, and far counts more than near', () => {
    const map = new SkyMap();
    const half = new Float32Array(texels).map((_, i) => (i % 2 ? 0 : 0.5));
    const color = solid(0, 0, 0);
    for (let i = 1; i < texels; i += 2) color.set([100, 100, 100, 255], i * 4);
    map.accumulate(color, half, camera, level);
    expect(towards(written(map), 0, 0.1, -1)[0]).toBe(100);

    // The left half is black at 20 m, the right half grey at infinity, then the other way round.
    const weighted = new SkyMap();
    const at20 = new Float32Array(texels).fill(1 / 20);
    weighted.accumulate(solid(0, 0, 0), at20, camera, level);
    weighted.accumulate(solid(100, 100, 100), null, camera, level);
    weighted.accumulate(solid(0, 0, 0), at20, camera, level);
    const [red] = towards(written(weighted), 0, 0.1, -1);
    expect(red).toBeGreaterThan(70);
    expect(red).toBeLessThan(95);
  });

  it('averages light, not bytes: black before white is 196, not 142', () => {
    const map = new SkyMap();
    map.accumulate(solid(0, 0, 0), null, camera, level);
    map.accumulate(solid(255, 255, 255), null, camera, level);
    // The second of two looks weighs 0.2 against 0.8 * 0.2.
    expect(Math.abs(towards(written(map), 0.1, 0.1, -1)[0] - 196)).toBeLessThanOrEqual(1);
  });

  it('takes a changed world over in about ten looks, not at once', () => {
    const map = new SkyMap();
    for (let frame = 0; frame < 30; frame++) map.accumulate(solid(200, 0, 0), null, camera, level);
    map.accumulate(solid(0, 0, 200), null, camera, level);
    expect(towards(written(map), 0, 0, -1)[0]).toBeGreaterThan(150);
    for (let frame = 0; frame < 11; frame++) map.accumulate(solid(0, 0, 200), null, camera, level);
    const [red, , blue] = towards(written(map), 0, 0, -1);
    expect(red).toBeLessThan(70);
    expect(blue).toBeGreaterThan(185);
  });

  it('keeps what it knows of a direction while something near stands before it', () => {
    const map = new SkyMap();
    map.accumulate(solid(40, 90, 200), null, camera, level);
    for (let frame = 0; frame < 30; frame++) {
      map.accumulate(solid(200, 20, 20), new Float32Array(texels).fill(0.5), camera, level);
    }
    expect(towards(written(map), 0.2, 0.2, -1)).toEqual([40, 90, 200]);
  });

  it('guesses unseen directions from their elevation: sky above, ground below, without a seam or a hard edge', () => {
    const map = new SkyMap();
    const soft: Paint = (_x, y) => {
      const t = Math.min(1, Math.max(0, y / 0.4 + 0.5));
      return [160 - 110 * t, 110, 60 + 150 * t];
    };
    const wide = squareCamera(64, 100);
    map.accumulate(picture(soft, wide, level), null, wide, level);
    const out = written(map);
    expect(differ(towards(out, 0, 0.7, 1), soft(0, 0.7, 0))).toBeLessThan(12);
    expect(differ(towards(out, 0, -0.7, 1), soft(0, -0.7, 0))).toBeLessThan(12);
    expect(differ(towards(out, 0, 1, 0), soft(0, 1, 0))).toBeLessThan(12);
    expect(differ(towards(out, 0, -1, 0), soft(0, -1, 0))).toBeLessThan(12);
    expect(largestStep(out)).toBeLessThan(30);
  });

  it('carries a difference beside the border of what is seen into the unseen, and lets it fade', () => {
    const map = new SkyMap();
    const narrow = squareCamera(64, 50);
    const left = look(0.9, 0.5);
    map.accumulate(solid(220, 160, 120), null, narrow, left);
    map.accumulate(solid(80, 110, 160), null, narrow, look(-0.9, 0.5));
    const out = written(map);
    const elevation = Math.tan(0.5);
    const redAt = (yaw: number) => towards(out, -Math.sin(yaw), elevation, -Math.cos(yaw))[0];
    expect(redAt(0.9)).toBe(220);
    // Just outside it is nearly that colour, half a turn away the mean.
    expect(redAt(1.5)).toBeGreaterThan(195);
    expect(redAt(Math.PI)).toBeGreaterThan(120);
    expect(redAt(Math.PI)).toBeLessThan(205);
    expect(redAt(-1.5)).toBeLessThan(130);
  });

  it('never gives black, never a hard edge in the unseen, and meets itself at the seam and the poles', () => {
    const poses = fc.array(
      fc.record({
        yaw: fc.double({ min: -4, max: 4, noNaN: true }),
        pitch: fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fovDeg: fc.integer({ min: 15, max: 110 }),
        rgb: fc.tuple(...([1, 2, 3] as const).map(() => fc.integer({ min: 60, max: 240 }))),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(poses, (looks) => {
        const map = new SkyMap();
        const seen = new Uint8Array(skyWidth * skyHeight);
        for (const { yaw, pitch, fovDeg, rgb } of looks) {
          const eye = squareCamera(64, fovDeg);
          const pose = look(yaw, pitch);
          map.accumulate(solid(...(rgb as Rgb)), null, eye, pose);
          mark(seen, eye, pose);
        }
        const out = written(map);
        expect(out.reduce((least, byte) => Math.min(least, byte), 255)).toBeGreaterThan(30);
        // Rows at the poles: all texels lie within three degrees of each other.
        for (const row of [0, skyHeight - 1]) {
          if (seen.subarray(row * skyWidth, (row + 1) * skyWidth).some((s) => s === 1)) continue;
          let across = 0;
          for (let column = 0; column < skyWidth; column++) {
            across = Math.max(across, differ(rgbAt(out, column, row), rgbAt(out, column + skyWidth / 2, row)));
          }
          expect(across).toBeLessThan(10);
        }
        let worst = 0;
        for (let row = 0; row < skyHeight; row++) {
          for (let column = 0; column < skyWidth; column++) {
            const next = (column + 1) % skyWidth;
            if (seen[row * skyWidth + column] || seen[row * skyWidth + next]) continue;
            worst = Math.max(worst, differ(rgbAt(out, column, row), rgbAt(out, next, row)));
          }
        }
        // A hard edge between two looks would be up to 180; of 2500 random skies the steepest slope was 75, the next 52.
        expect(worst).toBeLessThan(90);
      }),
      { numRuns: 60 },
    );
  });

  it('takes the mean of the picture where nothing is far, grey before the first frame, and forgets on reset', () => {
    const map = new SkyMap();
    expect(rgbAt(written(map), 5, 5)).toEqual([128, 128, 128]);
    map.accumulate(solid(120, 60, 30), new Float32Array(texels).fill(1), camera, level);
    const out = written(map);
    for (let row = 0; row < skyHeight; row++) expect(rgbAt(out, 7, row)).toEqual([120, 60, 30]);
    map.reset();
    expect(rgbAt(written(map), 5, 5)).toEqual([128, 128, 128]);
  });

  it('takes no hole for sky', () => {
    const map = new SkyMap();
    const depth = new Float32Array(texels).map((_, i) => (i % 2 ? 0 : Number.NaN));
    const color = solid(255, 0, 255);
    for (let i = 1; i < texels; i += 2) color.set([60, 100, 180, 255], i * 4);
    map.accumulate(color, depth, camera, level);
    expect(towards(written(map), 0.1, 0.1, -1)).toEqual([60, 100, 180]);
  });

  it('follows the head: looking straight up fills the zenith', () => {
    const map = new SkyMap();
    map.accumulate(solid(10, 20, 30), null, camera, level);
    map.accumulate(solid(90, 90, 250), null, camera, up);
    const out = written(map);
    expect(towards(out, 0, 1, 0)).toEqual([90, 90, 250]);
    expect(towards(out, 0, 0, -1)).toEqual([10, 20, 30]);
  });
});

/** Which directions a camera sees. */
function mark(seen: Uint8Array, { width, height, fx, fy, cx, cy }: Intrinsics, pose: Pose): void {
  for (let row = 0; row < skyHeight; row++) {
    for (let column = 0; column < skyWidth; column++) {
      const [longitude, elevation] = [longitudeOfSkyColumn(column), elevationOfSkyRow(row)];
      const d = [Math.sin(longitude) * Math.cos(elevation), Math.sin(elevation), Math.cos(longitude) * Math.cos(elevation)];
      const [x, y, z] = [0, 4, 8].map((i) => pose[i] * d[0] + pose[i + 1] * d[1] + pose[i + 2] * d[2]);
      if (z >= 0) continue;
      const u = cx - (fx * x) / z;
      const v = cy + (fy * y) / z;
      if (u >= 0 && v >= 0 && u < width && v < height) seen[row * skyWidth + column] = 1;
    }
  }
}
