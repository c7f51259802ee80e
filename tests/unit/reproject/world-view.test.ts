import fc from 'fast-check';
import type { BufferAttribute, DataTexture } from 'three';
import { expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { poseFromYawPitch } from '../../../src/math/pose';
import { LayerMesh } from '../../../src/reproject/layer-mesh';
import { WorldView } from '../../../src/reproject/world-view';
import type { WorldFrame } from '../../../src/world/contracts';
import { frameBuffers } from '../../../src/world/frame-buffers';
import { makeFrame, makeLayer } from './frame-fixture';

const displayMs = 10;

/** A view with a display clock, and all that it draws and gives back. */
function makeView() {
  const released: ArrayBuffer[] = [];
  const view = new WorldView((buffers) => released.push(...buffers));
  let nowMs = 0;
  const meshes = () => view.children.filter((child): child is LayerMesh => child instanceof LayerMesh);
  const drawn = () => meshes().filter(({ visible }) => visible);
  return {
    view,
    released,
    flush: () => view.flush((nowMs += displayMs)),
    drawn,
    /** Ids and layer codes of what is drawn. */
    codes: () => drawn().map(({ frameId, code }) => `${code}:${frameId}`).toSorted(),
    newest: () => drawn().find(({ code }) => code === 1)!,
    uniforms: () => drawn().find(({ code }) => code === 1)!.material.uniforms,
  };
}

const far = poseFromYawPitch([9, 0, 0], 1, 0);

test('a flush shows the newest waiting frame and every buffer is released exactly once', () => {
  const { view, released, flush, drawn } = makeView();
  expect(flush()).toBe(false);
  expect(drawn()).toEqual([]);
  const frames = [1, 2, 3].map((id) => makeFrame({ id }));
  for (const frame of frames) view.queue(frame);
  expect(released).toEqual(frames.slice(0, 2).flatMap((frame) => frameBuffers(frame)));
  expect(flush()).toBe(true);
  expect(released).toEqual(frames.flatMap((frame) => frameBuffers(frame)));
  expect(flush()).toBe(false);
  expect(released).toHaveLength(12);
  expect(view.lastDrawn).toMatchObject({ id: 3, actionId: 30, times: { sentMs: 6 } });
  expect(drawn()).toHaveLength(1);
});

test('a shown frame is a copy: the worker may overwrite its arrays at once', () => {
  const view = new WorldView((buffers) => {
    for (const buffer of buffers) new Uint8Array(buffer).fill(7);
  });
  const pristine = makeFrame({ id: 1 });
  view.queue(makeFrame({ id: 1 }));
  view.flush(10);
  const mesh = view.children.find((child): child is LayerMesh => child instanceof LayerMesh)!;
  const { geometry, material } = mesh;
  const { vertices, vertexCount, indices, indexCount } = pristine.mesh;
  const corner = geometry.getAttribute('corner') as BufferAttribute;
  expect(corner.array.slice(0, vertexCount * 4)).toEqual(vertices);
  expect(geometry.index!.array.slice(0, indexCount)).toEqual(indices);
  expect(geometry.drawRange).toEqual({ start: 0, count: indexCount });
  expect((material.uniforms['picture'].value as DataTexture).image.data).toEqual(pristine.color);
});

test('a steady stream of frames uses the same few buffers again and uploads only what a frame needs', () => {
  const { view, flush, newest } = makeView();
  const seen = new Set<unknown>();
  for (let id = 1; id <= 30; id++) {
    view.queue(makeFrame({ id, surfaceOf: (x) => (id % 2 === 1 && x > 3 ? 1 : 0) }));
    flush();
    const corner = newest().geometry.getAttribute('corner') as BufferAttribute;
    expect(corner.updateRanges).toEqual([{ start: 0, count: (id % 2 === 1 ? 90 : 81) * 4 }]);
    seen.add(corner.array);
    // Long enough apart for a fade, so that the frame before is on the screen too for a while.
    for (let k = 0; k < 6; k++) flush();
  }
  expect(seen.size).toBeLessThanOrEqual(3);
});

test('another resolution gets new buffers while picture and intrinsics stay together', () => {
  const { view, flush, uniforms, newest } = makeView();
  for (const size of [8, 16, 8, 4]) {
    view.queue(makeFrame({ camera: intrinsicsFromFov(size, size, 1.5) }));
    flush();
    expect(uniforms()['picture'].value.image.width).toBe(size);
    expect(uniforms()['principal'].value.x).toBe(size / 2);
    expect(uniforms()['texelSize'].value.x).toBe(1 / size);
    expect(newest().geometry.drawRange.count).toBe(size * size * 6);
  }
});

test('a frame whose parts do not fit is refused in words, released, and the picture before stays', () => {
  const { view, released, flush } = makeView();
  view.queue(makeFrame({ id: 1 }));
  flush();
  const broken: [string, (frame: WorldFrame) => WorldFrame][] = [
    ['color', (f) => ({ ...f, color: new Uint8Array(12) })],
    ['sky', (f) => ({ ...f, sky: new Uint8Array(4) })],
    ['mesh.vertexCount', (f) => ({ ...f, mesh: { ...f.mesh, vertexCount: 1e6 } })],
    ['mesh.indexCount', (f) => ({ ...f, mesh: { ...f.mesh, indexCount: f.mesh.indexCount + 3 } })],
    ['background.color', (f) => ({ ...f, background: { ...makeFrame({}), color: new Uint8Array(3) } })],
    ['layer 7: color', (f) => ({ ...f, layerUpdates: [{ ...makeLayer({ id: 7 }), color: new Uint8Array(3) }] })],
  ];
  released.length = 0;
  for (const [field, breakIt] of broken) {
    const frame = breakIt(makeFrame({ id: 9 }));
    expect(() => view.queue(frame)).toThrow(`Frame 9 cannot be drawn: ${field}`);
    expect(flush()).toBe(false);
    expect(view.lastDrawn?.id).toBe(1);
    expect(released.splice(0)).toEqual(frameBuffers(frame));
    // Also when only its older frames are wanted: what does not fit must not reach the frame loop on that way.
    const again = breakIt(makeFrame({ id: 9 }));
    expect(() => view.queueOlder(again)).toThrow(`Frame 9 cannot be drawn: ${field}`);
    expect(released.splice(0)).toEqual(frameBuffers(again));
  }
});

test('the mode decides between the pose of the frame and the pose of the head, and whether depth counts', () => {
  const { view, flush, uniforms, newest } = makeView();
  const framePose = poseFromYawPitch([1, 2, 3], 0.5, 0.1);
  const headPose = poseFromYawPitch([4, 5, 6], -0.5, 0.2);
  const frame = makeFrame({ worldFromCamera: framePose });
  const step = frame.mesh.inverseDepthStep;
  view.queue(frame);
  view.setHead(headPose);
  flush();
  for (const [mode, pose, depthStep, flat] of [
    ['layers', framePose, step, 0],
    ['mesh', framePose, step, 0],
    ['quad', framePose, 0, 0.5],
    ['rotation', framePose, 0, 0],
    ['off', headPose, 0, 0],
  ] as const) {
    view.setMode(mode);
    expect([...newest().matrix.elements]).toEqual([...pose]);
    expect(uniforms()['inverseDepthStep'].value).toBe(depthStep);
    expect(uniforms()['inverseDepthFlat'].value).toBe(flat);
  }
  view.setHead(framePose);
  flush();
  expect([...newest().matrix.elements]).toEqual([...framePose]);
});

test('a new frame comes in over the one before, which goes only when the new one is all there', () => {
  const { view, flush, drawn } = makeView();
  const opacities = () => drawn().map(({ frameId, opacity }) => [frameId, Number(opacity.toFixed(2))]).toSorted();
  view.queue(makeFrame({ id: 1 }));
  flush();
  // The first frame has nothing to fade from.
  expect(opacities()).toEqual([[1, 1]]);
  for (let k = 0; k < 9; k++) flush();
  view.queue(makeFrame({ id: 2 }));
  const course: number[][] = [];
  for (let k = 0; k < 12; k++) {
    flush();
    const [one, two] = [1, 2].map((id) => drawn().find(({ frameId }) => frameId === id)?.opacity ?? 0);
    // Together they always cover: no gap through which another layer could flash.
    expect(Math.max(one!, two!)).toBe(1);
    course.push([one!, two!]);
  }
  // 100 ms between the frames, so 30 ms in and 30 ms out.
  expect(course.slice(0, 3).map(([, two]) => two)).toEqual([expect.closeTo(1 / 3), expect.closeTo(2 / 3), 1]);
  expect(course[4]![0]).toBeLessThan(1);
  expect(opacities()).toEqual([[2, 1]]);
});

test('a model as fast as the display is shown at once, without fades', () => {
  const { view, flush, codes } = makeView();
  for (let id = 1; id < 8; id++) {
    view.queue(makeFrame({ id }));
    flush();
    expect(codes()).toEqual([`1:${id}`]);
  }
});

test('older frames come in after the newest, one upload a display frame, in order of use, and go when not wanted', () => {
  const { view, released, flush, codes, drawn } = makeView();
  const layerUpdates = [5, 3, 4].map((id) => makeLayer({ id, worldFromCamera: far }));
  view.queue({ ...makeFrame({ id: 6 }), layers: [4, 5, 3], layerUpdates });
  flush();
  expect(codes()).toEqual(['1:6']);
  flush();
  expect(codes()).toEqual(['1:6', '3:5']);
  flush();
  flush();
  expect(codes()).toEqual(['1:6', '2:4', '3:5', '4:3']);
  for (let k = 0; k < 12; k++) flush();
  expect(drawn().every(({ opacity }) => opacity === 1)).toBe(true);
  expect(view.sourceId(2)).toBe(4);
  expect(released).toHaveLength(4 + 9);
  view.queue({ ...makeFrame({ id: 7 }), layers: [3] });
  for (let k = 0; k < 25; k++) {
    flush();
    // Those that fade out never share a place with those that stay.
    const shown = drawn().map(({ code }) => code);
    expect(new Set(shown).size).toBe(shown.length);
  }
  expect(codes()).toEqual(['1:7', '2:3']);
});

test('older frames are not starved by a model as fast as the display', () => {
  const { view, flush, codes } = makeView();
  view.queue({ ...makeFrame({ id: 1 }), layers: [20, 21], layerUpdates: [makeLayer({ id: 20 }), makeLayer({ id: 21 })] });
  for (let id = 2; id < 10; id++) {
    flush();
    view.queue({ ...makeFrame({ id }), layers: [20, 21] });
  }
  expect(codes().filter((code) => /:2[01]$/.test(code))).toHaveLength(2);
});

test('a carved older frame replaces the one of the same id in place', () => {
  const { view, flush, drawn } = makeView();
  view.queue({ ...makeFrame({ id: 2 }), layers: [1], layerUpdates: [makeLayer({ id: 1 })] });
  for (let k = 0; k < 15; k++) flush();
  const before = drawn().find(({ frameId }) => frameId === 1)!;
  const carved = makeLayer({ id: 1, surfaceOf: (x) => (x > 3 ? -1 : 0) });
  view.queue({ ...makeFrame({ id: 3 }), layers: [1], layerUpdates: [carved] });
  flush();
  flush();
  const after = drawn().find(({ frameId }) => frameId === 1)!;
  expect(after).toBe(before);
  expect(after.opacity).toBe(1);
  expect(after.geometry.drawRange.count).toBe(carved.mesh.indexCount);
});

test('in other modes than layers the newest frame is alone, whatever is known', () => {
  const { view, flush, codes } = makeView();
  const background = makeFrame({});
  view.queue({ ...makeFrame({ id: 2 }), background, layers: [1], layerUpdates: [makeLayer({ id: 1 })] });
  for (let k = 0; k < 15; k++) flush();
  expect(codes()).toEqual(['1:2', '253:2', '2:1']);
  for (const mode of ['mesh', 'quad', 'rotation', 'off'] as const) {
    view.setMode(mode);
    flush();
    expect(codes()).toEqual(['1:2']);
  }
  view.setMode('layers');
  expect(codes()).toEqual(['1:2', '253:2', '2:1']);
});

test('clearing forgets the shown and the waiting frames; forgetting the older ones keeps the newest', () => {
  const { view, released, flush, codes, drawn } = makeView();
  const layered = (id: number) => ({ ...makeFrame({ id }), layers: [id + 50], layerUpdates: [makeLayer({ id: id + 50 })] });
  view.queue(layered(1));
  flush();
  flush();
  expect(codes()).toEqual(['1:1', '2:51']);
  view.forgetOlder();
  flush();
  expect(codes()).toEqual(['1:1']);
  view.queue(layered(2));
  view.clear();
  expect(released).toHaveLength(14);
  expect(view.lastDrawn).toBeNull();
  expect(drawn()).toEqual([]);
  expect(flush()).toBe(false);
});

test('of a frame that shall not be shown only the older frames are taken', () => {
  const { view, released, flush, codes } = makeView();
  view.queue({ ...makeFrame({ id: 5 }), layers: [2] });
  flush();
  view.queueOlder({ ...makeFrame({ id: 4 }), layers: [2], layerUpdates: [makeLayer({ id: 2 })] });
  expect(flush()).toBe(false);
  expect(codes()).toEqual(['1:5', '2:2']);
  expect(released).toHaveLength(4 + 4 + 3);
});

test('whatever comes, buffers are released once each and one newest frame is drawn', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('queue' as const), layers: fc.uniqueArray(fc.integer({ min: 100, max: 106 }), { maxLength: 4 }) }),
    fc.record({ do: fc.constantFrom('flush' as const, 'forget' as const, 'clear' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { view, released, flush, drawn } = makeView();
      const sent: ArrayBuffer[] = [];
      let id = 0;
      for (const todo of steps) {
        if (todo.do === 'queue') {
          const layerUpdates = todo.layers.slice(0, 2).map((layer) => makeLayer({ id: layer }));
          const frame = { ...makeFrame({ id: ++id }), layers: todo.layers, layerUpdates };
          sent.push(...frameBuffers(frame));
          view.queue(frame);
        } else if (todo.do === 'flush') flush();
        else if (todo.do === 'forget') view.forgetOlder();
        else view.clear();
        expect(drawn().filter(({ code }) => code === 1).length).toBe(view.lastDrawn === null ? 0 : 1);
        expect(drawn().length).toBeLessThanOrEqual(10);
      }
      view.dispose();
      expect(new Set(released).size).toBe(released.length);
      expect(released).toHaveLength(sent.length);
    }),
    { numRuns: 60 },
  );
});
