import { expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import type { FrameTimes, ModelFrame, WorldFrame } from '../../../src/world/contracts';
import { defaultLayerBudget } from '../../../src/world/layer-budget';
import type { VisitMemory } from '../../../src/world/visit-memory';
import { FrameAssembler } from '../../../workers/host/frame-assembler';
import { roomPicture } from '../memory/memory-scenes';

const camera = intrinsicsFromFov(64, 64, (100 * Math.PI) / 180);
const times: FrameTimes = {
  actionAtMs: 5,
  stepBegunMs: 0,
  inferenceBegunMs: 0,
  inferenceEndedMs: 0,
  readBackMs: Number.NaN,
  meshedMs: 0,
  sentMs: 0,
};

function painted(worldFromCamera: Pose): ModelFrame & { color: Uint8ClampedArray<ArrayBuffer>; inverseDepth: Float32Array } {
  const { inverseDepth, color } = roomPicture(camera, worldFromCamera);
  return { worldFromCamera, camera, color: Uint8ClampedArray.from(color), inverseDepth, inferenceBegunMs: 0, inferenceEndedMs: 0 };
}

function look(assembler: FrameAssembler, worldFromCamera: Pose): WorldFrame {
  return assembler.assemble(painted(worldFromCamera), 1, { ...times }).frame;
}

const lookAround = Array.from({ length: 12 }, (_, k) => poseFromYawPitch([0, 0, 0], (k * Math.PI) / 6, 0));
const home = lookAround[0]!;

/** Looks all around, comes back, and saves. */
function savedVisit(): { memory: VisitMemory; last: WorldFrame } {
  const assembler = new FrameAssembler();
  for (const pose of lookAround) look(assembler, pose);
  const last = look(assembler, home);
  const { color, inverseDepth } = painted(home);
  const newest = { worldFromCamera: home, camera, color: Uint8Array.from(color), inverseDepth };
  return { memory: { newest, older: assembler.snapshot(), blocks: [] }, last };
}

test('a visit that goes on draws older frames with its very first frame, as before it was saved', () => {
  const { memory, last } = savedVisit();
  expect(memory.older.length).toBeGreaterThan(5);
  expect(last.layers.length).toBeGreaterThan(0);
  const assembler = new FrameAssembler();
  assembler.reset();
  assembler.restore(memory);
  const frame = look(assembler, home);
  expect(frame.layers.length).toBe(last.layers.length);
  expect(frame.layerUpdates.length).toBeGreaterThan(0);
  for (const { id, worldFromCamera, color } of frame.layerUpdates) {
    expect(id).toBeLessThan(frame.id);
    expect(frame.layers).toContain(id);
    const kept = memory.older.find((older) => older.worldFromCamera.every((n, i) => n === worldFromCamera[i]));
    expect(kept).toBeDefined();
    // Pooled buffers may be longer than the picture.
    expect(color.subarray(0, kept!.color.length)).toEqual(kept!.color);
  }
});

test('saved again at once, it is the same memory', () => {
  const { memory } = savedVisit();
  const assembler = new FrameAssembler();
  assembler.restore(memory);
  expect(assembler.snapshot()).toEqual(memory.older);
});

test('a copy is a copy: later frames do not write into it', () => {
  const assembler = new FrameAssembler();
  for (const pose of lookAround.slice(0, 4)) look(assembler, pose);
  const copy = assembler.snapshot();
  const before = structuredClone(copy);
  for (let k = 0; k < 40; k++) look(assembler, poseFromYawPitch([0.3 * Math.sin(k), 0, 0.3 * Math.cos(k)], k, 0));
  expect(copy).toEqual(before);
});

test('without a memory to go on from, a reset forgets the frames of a visit', () => {
  const assembler = new FrameAssembler();
  assembler.configure(defaultLayerBudget);
  assembler.restore(savedVisit().memory);
  assembler.reset();
  expect(assembler.snapshot()).toEqual([]);
  expect(look(assembler, home).layers).toEqual([]);
});
