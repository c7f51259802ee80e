import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { poseFromYawPitch } from '../../../src/math/pose';
import { parseManifest } from '../../../src/world/manifest';
import { FrameHistory } from '../../../workers/backends/onnx/frame-history';
import { GaussianSource } from '../../../workers/backends/onnx/gaussian';
import { bindInputs, historyLength, usesSource, type SourceContext } from '../../../workers/backends/onnx/sources';
import { surfaceClasses } from '../../../workers/layout/classes';
import { createMapView } from '../../../workers/layout/map-view';
import { actionAt, fillMapView, poseAt, tinySurroundings } from '../../fixtures/tiny-surroundings';
import { tinyFiles, withManifest } from '../../fixtures/tiny-package';

const side = 8;
const n = side * side;
const camera = intrinsicsFromFov(side, side, Math.PI / 2);
type Part = Record<string, unknown>;

function manifestWith(inputs: Record<string, { shape: number[]; parts: Part[] }>) {
  const files = withManifest(tinyFiles(), (m) => {
    m['camera'] = { width: side, height: side, fovYDeg: 90 };
    m['inputs'] = inputs;
    m['outputs'] = { rgb: { meaning: 'rgb', shape: [1, 3, side, side], range: [0, 1] }, z: { meaning: 'depth', shape: [1, 1, side, side] } };
    m['state'] = [];
    delete m['selfCheck'];
  });
  return parseManifest(JSON.parse(new TextDecoder().decode(files['manifest.json'])), 'test');
}

function contextOf(change: Partial<SourceContext> = {}): SourceContext {
  const map = createMapView(side, side);
  fillMapView(map);
  const history = new FrameHistory(3, n);
  return {
    camera,
    worldFromCamera: poseAt(0, 0, 0),
    worldFromPrevious: poseAt(0, 0, 0),
    action: actionAt(poseAt(0, 0, 0), 0.75),
    map,
    atmosphere: tinySurroundings().atmosphere(poseAt(0, 0, 0)),
    memory: null,
    history,
    random: new GaussianSource(7),
    ...change,
  };
}

function image(parts: Part[], channels: number, context = contextOf()): Float32Array {
  const [input] = bindInputs(manifestWith({ x: { shape: [1, channels, side, side], parts } }), camera);
  input.fill(context);
  return input.data;
}

function vector(parts: Part[], size: number, context = contextOf()): number[] {
  const [input] = bindInputs(manifestWith({ x: { shape: [1, size], parts } }), camera);
  input.fill(context);
  return Array.from(input.data);
}

const plane = (data: Float32Array, channel: number) => Array.from(data.subarray(channel * n, (channel + 1) * n));

describe('image parts', () => {
  test('map-view copies each named plane in the order of the manifest', () => {
    const context = contextOf();
    const map = context.map!;
    const channels = ['sunVisibility', 'blue', 'normalUp', 'inverseDepth', 'red', 'normalBack', 'green', 'normalRight'];
    const data = image([{ source: 'map-view', channels }], 8, context);
    expect(plane(data, 0)).toEqual(Array.from(map.sunVisibility));
    expect(plane(data, 1)).toEqual(Array.from(map.color.subarray(2 * n)));
    expect(plane(data, 2)).toEqual(Array.from(map.normal.subarray(n, 2 * n)));
    expect(plane(data, 3)).toEqual(Array.from(map.inverseDepth));
    expect(plane(data, 4)).toEqual(Array.from(map.color.subarray(0, n)));
    expect(plane(data, 5)).toEqual(Array.from(map.normal.subarray(2 * n)));
    expect(plane(data, 6)).toEqual(Array.from(map.color.subarray(n, 2 * n)));
    expect(plane(data, 7)).toEqual(Array.from(map.normal.subarray(0, n)));
  });

  test('class channels are one exactly once a pixel', () => {
    const data = image([{ source: 'map-view', channels: surfaceClasses.map((name) => `class:${name}`) }], surfaceClasses.length);
    const { classIndex } = contextOf().map!;
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < surfaceClasses.length; c++) expect(data[c * n + i]).toBe(classIndex[i] === c ? 1 : 0);
    }
  });

  test('a class that the map does not know is refused by name', () => {
    expect(() => image([{ source: 'map-view', channels: ['red', 'class:cow'] }], 2)).toThrow(
      'World package tiny-world: inputs.x.parts[0] reads "class:cow", which is no class of the map. Use one of sky, ground, wall',
    );
  });

  test('world-noise takes its octaves one after the other', () => {
    const data = image([{ source: 'world-noise', channels: 2 }], 2);
    expect(plane(data, 0)).toEqual(Array(n).fill(0.25));
    expect(plane(data, 1)).toEqual(Array(n).fill(0.75));
  });

  test('rays have unit length and agree with the elevation and the sun, for any pose', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -1.5, max: 1.5, noNaN: true }), (yaw, pitch) => {
        const context = contextOf({ map: null, worldFromCamera: poseFromYawPitch([3, 2, 1], yaw, pitch) });
        const data = image([{ source: 'camera-rays', channels: ['right', 'up', 'back', 'elevation', 'cosSun'] }], 5, context);
        for (let i = 0; i < n; i += 5) {
          expect(Math.hypot(data[i], data[n + i], data[2 * n + i])).toBeCloseTo(1, 5);
          expect(data[3 * n + i]).toBeCloseTo(data[n + i], 6);
          expect(data[4 * n + i]).toBeCloseTo(data[i], 5); // the sun is at +X
        }
      }),
      { numRuns: 30 },
    );
  });

  test('rays of a level camera point up in the top row, right on the right, and forward everywhere', () => {
    const data = image([{ source: 'camera-rays', channels: ['right', 'up', 'back'] }], 3);
    expect(data[n + 4]).toBeGreaterThan(0.5);
    expect(data[n + n - 4]).toBeLessThan(-0.5);
    expect(data[side - 1]).toBeGreaterThan(0.5);
    expect(plane(data, 2).every((back) => back < 0)).toBe(true);
  });

  test('rays reuse the planes of the map where it was drawn', () => {
    const context = contextOf();
    const data = image([{ source: 'camera-rays', channels: ['elevation', 'cosSun'] }], 2, context);
    expect(plane(data, 0)).toEqual(Array.from(context.map!.elevation));
    expect(plane(data, 1)).toEqual(Array.from(context.map!.cosSun));
  });

  test('history counts back from the newest frame and is zero before the first', () => {
    const context = contextOf();
    for (const value of [0.1, 0.2]) {
      const frame = context.history!.advance();
      frame.color.fill(value);
      frame.inverseDepth.fill(10 * value);
    }
    const parts = [1, 2, 3].map((back) => ({ source: 'history', back, channels: ['green', 'inverseDepth'] }));
    const data = image(parts, 6, context);
    [0.2, 2, 0.1, 1, 0, 0].forEach((value, channel) => expect(data[channel * n + 5]).toBeCloseTo(value, 6));
    const manifest = manifestWith({ x: { shape: [1, 6, side, side], parts } });
    expect(historyLength(manifest)).toBe(3);
    expect(usesSource(manifest, 'memory')).toBe(false);
  });

  test('memory copies its planes by name', () => {
    const planes = new Float32Array(5 * n).map((_, i) => Math.floor(i / n));
    const [red, green, blue, inverseDepth, mask] = [0, 1, 2, 3, 4].map((c) => planes.subarray(c * n, (c + 1) * n));
    const context = contextOf({ memory: { planes, red, green, blue, inverseDepth, mask } });
    const data = image([{ source: 'memory', channels: ['mask', 'inverseDepth', 'red', 'blue', 'green'] }], 5, context);
    expect([0, 1, 2, 3, 4].map((c) => data[c * n])).toEqual([4, 3, 0, 2, 1]);
  });

  test('noise is normal, different in each step, and the same again for the same seed', () => {
    const context = contextOf();
    const [input] = bindInputs(manifestWith({ x: { shape: [1, 60, side, side], parts: [{ source: 'noise', channels: 60 }] } }), camera);
    input.fill(context);
    const first = Array.from(input.data);
    const mean = first.reduce((sum, x) => sum + x, 0) / first.length;
    const deviation = Math.sqrt(first.reduce((sum, x) => sum + (x - mean) ** 2, 0) / first.length);
    expect(mean).toBeCloseTo(0, 1);
    expect(deviation).toBeCloseTo(1, 1);
    input.fill(context);
    expect(Array.from(input.data)).not.toEqual(first);
    context.random.reset(7);
    input.fill(context);
    expect(Array.from(input.data)).toEqual(first);
  });

  test('scale and offset apply to their own part only', () => {
    const data = image([
      { source: 'constant', values: [1, 3] },
      { source: 'constant', values: [1, 3], scale: 2, offset: -1 },
      { source: 'constant', values: [1] },
    ], 5);
    expect([0, 1, 2, 3, 4].map((c) => data[c * n])).toEqual([1, 3, 1, 5, 1]);
    expect(plane(data, 3)).toEqual(Array(n).fill(5));
  });
});

describe('vector parts', () => {
  test('action fields come in SI units, in the order of the manifest', () => {
    const fields = ['dt', 'turn', 'moveBack', 'moveUp', 'moveRight', 'triggerRight', 'gripLeft'];
    const got = vector([{ source: 'action', fields }], 7);
    [0.02, 0.5, 3, 2, 1, 0.75, 0].forEach((value, i) => expect(got[i]).toBeCloseTo(value, 6));
  });

  test('pose-delta says where the camera went and how it turned, in the axes of the frame before', () => {
    const context = contextOf({
      // Facing left (-X) before; then one metre further to -X, that is forward, and 0.3 rad more to the left.
      worldFromPrevious: poseFromYawPitch([5, 1, 5], Math.PI / 2, 0),
      worldFromCamera: poseFromYawPitch([4, 1, 5], Math.PI / 2 + 0.3, 0),
    });
    const got = vector([{ source: 'pose-delta' }], 6, context);
    [0, 0, -1, 0, 0.3, 0].forEach((value, i) => expect(got[i]).toBeCloseTo(value, 5));
  });

  test('pose-delta of standing still is zero, for any pose', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -1.5, max: 1.5, noNaN: true }), (yaw, pitch) => {
        const pose = poseFromYawPitch([1, 2, 3], yaw, pitch);
        const got = vector([{ source: 'pose-delta' }], 6, contextOf({ worldFromCamera: pose, worldFromPrevious: pose }));
        for (const value of got) expect(Math.abs(value)).toBeLessThan(2e-3);
      }),
    );
  });

  test('the sun is told in the axes of the world or of the camera', () => {
    // Looking along +X, straight at the sun: it is ahead, -Z.
    const context = contextOf({ worldFromCamera: poseFromYawPitch([0, 0, 0], -Math.PI / 2, 0) });
    const got = vector([
      { source: 'sun-direction', space: 'world' },
      { source: 'sun-direction', space: 'camera' },
      { source: 'sun-color' },
    ], 9, context);
    [1, 0, 0, 0, 0, -1, 3, 2, 1].forEach((value, i) => expect(got[i]).toBeCloseTo(value, 6));
  });

  test('palette, constant and noise fill their places', () => {
    const got = vector([{ source: 'constant', values: [5, 6] }, { source: 'palette' }, { source: 'noise', size: 3 }], 29);
    expect(got.slice(0, 2)).toEqual([5, 6]);
    expect(got[2]).toBe(0);
    expect(got[25]).toBeCloseTo(23 / 24, 6);
    expect(new Set(got.slice(26)).size).toBe(3);
  });
});
