import { describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose } from '../../../src/math/pose';
import { checkFrame } from '../../../src/reproject/frame-check';
import type { WorldFrame } from '../../../src/world/contracts';
import { frameBuffers } from '../../../src/world/frame-buffers';
import { defaultLayerBudget } from '../../../src/world/layer-budget';
import { FrameAssembler } from '../../../workers/host/frame-assembler';
import { roomPicture } from '../memory/memory-scenes';

const camera = intrinsicsFromFov(48, 48, (100 * Math.PI) / 180);
const pose = createPose();
const budget = { ...defaultLayerBudget, olderFrames: 0, backgroundSide: 0 };

function frameAt(assembler: FrameAssembler, atMs: number, hasDepth = true): WorldFrame {
  const { inverseDepth, color } = roomPicture(camera, pose);
  const painted = { worldFromCamera: pose, camera, color, inverseDepth: hasDepth ? inverseDepth : null, inferenceBegunMs: atMs, inferenceEndedMs: atMs };
  const times = { actionAtMs: atMs, stepBegunMs: atMs, inferenceBegunMs: atMs, inferenceEndedMs: atMs, readBackMs: Number.NaN, meshedMs: 0, sentMs: 0 };
  return assembler.assemble(painted, 1, times).frame;
}

describe('surfaces for bodies', () => {
  test('travel with a frame as often as they are wanted, with the first one at once', () => {
    const assembler = new FrameAssembler();
    assembler.configure(budget);
    expect(frameAt(assembler, 0).collision).toBeNull();
    assembler.configure(budget, 4);
    const atMs = Array.from({ length: 61 }, (_, k) => 100 + (k * 1000) / 30);
    const wanted = atMs.filter((at) => frameAt(assembler, at).collision !== null);
    expect(wanted[0]).toBe(100);
    expect(wanted.length).toBeGreaterThanOrEqual(8);
    expect(wanted.length).toBeLessThanOrEqual(9);
    assembler.configure(budget, 0);
    expect(frameAt(assembler, 5000).collision).toBeNull();
  });

  test('are those of the frame, in buffers that are transferred with it and come back', () => {
    const assembler = new FrameAssembler();
    assembler.configure(budget, 1000);
    const frame = frameAt(assembler, 0);
    const collision = frame.collision!;
    expect(collision.frameId).toBe(frame.id);
    // A room of 6 x 4 x 6 m around the origin: everything lies on its walls.
    for (let i = 0; i < collision.vertexCount; i++) {
      const [x, y, z] = collision.positions.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
      expect(Math.max(Math.abs(x) / 3, Math.abs(y) / 2, Math.abs(z) / 3)).toBeCloseTo(1, 1);
    }
    const buffers = frameBuffers(frame);
    expect(buffers).toContain(collision.positions.buffer);
    expect(buffers).toContain(collision.indices.buffer);
    assembler.release(buffers);
    expect(frameAt(assembler, 100).collision!.positions.buffer).toBe(collision.positions.buffer);
  });

  test('of a picture without depth there are none', () => {
    const assembler = new FrameAssembler();
    assembler.configure(budget, 4);
    expect(frameAt(assembler, 0, false).collision).toBeNull();
    expect(frameAt(assembler, 10).collision).not.toBeNull();
  });

  test('that name vertices which are not there are refused', () => {
    const assembler = new FrameAssembler();
    assembler.configure(budget, 4);
    const frame = frameAt(assembler, 0);
    expect(() => checkFrame(frame)).not.toThrow();
    frame.collision!.indices[5] = frame.collision!.vertexCount;
    expect(() => checkFrame(frame)).toThrow(/collision\.indices/);
  });
});
