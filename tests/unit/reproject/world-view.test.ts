import type { BufferAttribute, DataTexture } from 'three';
import { expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { poseFromYawPitch } from '../../../src/math/pose';
import { WorldView } from '../../../src/reproject/world-view';
import type { WorldFrame } from '../../../src/world/contracts';
import { makeFrame } from './frame-fixture';

function makeView() {
  const released: number[] = [];
  const view = new WorldView((frame) => released.push(frame.id));
  const uniforms = () => view.keyframe.material.uniforms;
  return { view, released, uniforms };
}

test('a flush shows the newest waiting frame and every queued frame is released exactly once', () => {
  const { view, released } = makeView();
  expect(view.flush()).toBe(false);
  expect(view.keyframe.visible).toBe(false);
  view.queue(makeFrame({ id: 1 }));
  view.queue(makeFrame({ id: 2 }));
  view.queue(makeFrame({ id: 3 }));
  expect(released).toEqual([1, 2]);
  expect(view.flush()).toBe(true);
  expect(released).toEqual([1, 2, 3]);
  expect(view.flush()).toBe(false);
  expect(released).toEqual([1, 2, 3]);
  expect(view.lastDrawn).toMatchObject({ id: 3, actionId: 30, times: { sentMs: 6 } });
  expect(view.keyframe.visible).toBe(true);
});

test('a shown frame is a copy: the worker may overwrite its arrays at once', () => {
  const scribble = (frame: WorldFrame) => {
    for (const array of [frame.color, frame.mesh.vertices, frame.mesh.indices, frame.sky]) array.fill(7);
  };
  const view = new WorldView(scribble);
  const pristine = makeFrame({ id: 1 });
  view.queue(makeFrame({ id: 1 }));
  view.flush();
  const { geometry, material } = view.keyframe;
  const { vertices, vertexCount, indices, indexCount } = pristine.mesh;
  const corner = geometry.getAttribute('corner') as BufferAttribute;
  expect(corner.array.slice(0, vertexCount * 4)).toEqual(vertices);
  expect(geometry.index!.array.slice(0, indexCount)).toEqual(indices);
  expect(geometry.drawRange).toEqual({ start: 0, count: indexCount });
  expect((material.uniforms['picture'].value as DataTexture).image.data).toEqual(pristine.color);
  expect((view.sky.material.uniforms['rows'].value as DataTexture).image.data).toEqual(pristine.sky);
});

test('frames of one resolution take turns in two sets of buffers and upload only what they use', () => {
  const { view, uniforms } = makeView();
  const seen: unknown[] = [];
  for (let id = 1; id <= 6; id++) {
    view.queue(makeFrame({ id, surfaceOf: (x) => (id % 2 === 1 && x > 3 ? 1 : 0) }));
    view.flush();
    const corner = view.keyframe.geometry.getAttribute('corner') as BufferAttribute;
    expect(corner.updateRanges).toEqual([{ start: 0, count: (id % 2 === 1 ? 90 : 81) * 4 }]);
    seen.push(view.keyframe.geometry, uniforms()['picture'].value, corner.array);
  }
  expect(new Set(seen).size).toBe(6);
  for (let i = 0; i < 3; i++) expect(seen[i + 6]).toBe(seen[i]);
  expect(seen[0]).not.toBe(seen[3]);
});

test('another resolution gets new buffers while picture and intrinsics stay together', () => {
  const { view, uniforms } = makeView();
  for (const size of [8, 16, 8, 4]) {
    view.queue(makeFrame({ camera: intrinsicsFromFov(size, size, 1.5) }));
    view.flush();
    expect(uniforms()['picture'].value.image.width).toBe(size);
    expect(uniforms()['principal'].value.x).toBe(size / 2);
    expect(uniforms()['texelSize'].value.x).toBe(1 / size);
    expect(view.keyframe.geometry.drawRange.count).toBe(size * size * 6);
  }
});

test('a frame whose parts do not fit is refused in words, released, and the older picture stays', () => {
  const { view, released } = makeView();
  view.queue(makeFrame({ id: 1 }));
  view.flush();
  const broken: [string, (frame: WorldFrame) => WorldFrame][] = [
    ['color', (f) => ({ ...f, color: new Uint8Array(12) })],
    ['sky', (f) => ({ ...f, sky: new Uint8Array(4) })],
    ['mesh.vertexCount', (f) => ({ ...f, mesh: { ...f.mesh, vertexCount: 1e6 } })],
    ['mesh.indexCount', (f) => ({ ...f, mesh: { ...f.mesh, indexCount: f.mesh.indexCount + 3 } })],
  ];
  for (const [field, breakIt] of broken) {
    expect(() => view.queue(breakIt(makeFrame({ id: 9 })))).toThrow(`Frame 9 cannot be drawn: ${field}`);
    expect(view.flush()).toBe(false);
    expect(view.lastDrawn?.id).toBe(1);
  }
  expect(released).toEqual([1, 9, 9, 9, 9]);
});

test('the mode decides between the pose of the frame and the pose of the head, and whether depth counts', () => {
  const { view, uniforms } = makeView();
  const framePose = poseFromYawPitch([1, 2, 3], 0.5, 0.1);
  const headPose = poseFromYawPitch([4, 5, 6], -0.5, 0.2);
  const frame = makeFrame({ worldFromCamera: framePose });
  const step = frame.mesh.inverseDepthStep;
  view.queue(frame);
  view.flush();
  view.setHead(headPose);
  expect([...view.keyframe.matrix.elements]).toEqual([...framePose]);
  expect(uniforms()['inverseDepthStep'].value).toBe(step);
  view.setMode('rotation');
  expect([...view.keyframe.matrix.elements]).toEqual([...framePose]);
  expect(uniforms()['inverseDepthStep'].value).toBe(0);
  view.setMode('off');
  expect([...view.keyframe.matrix.elements]).toEqual([...headPose]);
  expect(uniforms()['inverseDepthStep'].value).toBe(0);
  view.setHead(framePose);
  expect([...view.keyframe.matrix.elements]).toEqual([...framePose]);
  view.setMode('mesh');
  expect(uniforms()['inverseDepthStep'].value).toBe(step);
});

test('clearing forgets the shown and the waiting frame and goes back to dusk', () => {
  const { view, released } = makeView();
  const rows = () => (view.sky.material.uniforms['rows'].value as DataTexture).image.data as Uint8Array;
  const dusk = rows().slice();
  view.queue(makeFrame({ id: 1 }));
  view.flush();
  expect(rows()).not.toEqual(dusk);
  view.queue(makeFrame({ id: 2 }));
  view.clear();
  expect(released).toEqual([1, 2]);
  expect(view.lastDrawn).toBeNull();
  expect(view.keyframe.visible).toBe(false);
  expect(view.children).toHaveLength(2);
  expect(rows()).toEqual(dusk);
  expect(view.flush()).toBe(false);
});
