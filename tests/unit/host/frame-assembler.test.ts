import { describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createRandom } from '../../../src/math/hash';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import type { FrameTimes, ModelFrame, WorldFrame, WorldInfo } from '../../../src/world/contracts';
import { frameBuffers } from '../../../src/world/frame-buffers';
import { defaultLayerBudget, type LayerBudget } from '../../../src/world/layer-budget';
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

function painted(worldFromCamera: Pose, change?: (inverseDepth: Float32Array, color: Uint8ClampedArray) => void): ModelFrame {
  const { inverseDepth, color } = roomPicture(camera, worldFromCamera);
  change?.(inverseDepth, color);
  return { worldFromCamera, camera, color, inverseDepth, inferenceBegunMs: 0, inferenceEndedMs: 0 };
}

function assembled(assembler: FrameAssembler, frame: ModelFrame): WorldFrame {
  return assembler.assemble(frame, 1, { ...times }).frame;
}

/** Looks about in a room from place to place. */
function strollPose(k: number): Pose {
  return poseFromYawPitch([0.8 * Math.sin(k * 0.3), 0, 0.6 * Math.cos(k * 0.2)], Math.sin(k * 0.25) * 1.5, 0.1);
}

describe('the frames that the page gets', () => {
  test('carry older frames once, name them until they are of no use, and keep to the budget', () => {
    const assembler = new FrameAssembler();
    const budget: LayerBudget = { newestSide: 32, olderFrames: 3, olderSide: 32, backgroundSide: 40 };
    assembler.configure(budget);
    const onPage = new Set<number>();
    let mostLayers = 0;
    for (let k = 0; k < 60; k++) {
      const frame = assembled(assembler, painted(strollPose(k)));
      const before = [...onPage];
      for (const id of before) if (!frame.layers.includes(id)) onPage.delete(id);
      for (const layer of frame.layerUpdates) {
        onPage.add(layer.id);
        expect(layer.id).toBeLessThan(frame.id);
        expect(frame.layers).toContain(layer.id);
        expect(layer.camera.width).toBeLessThanOrEqual(budget.olderSide);
        expect(layer.mesh.indexCount).toBeLessThanOrEqual(6 * budget.olderSide ** 2);
      }
      expect(frame.layerUpdates.length).toBeLessThanOrEqual(2);
      expect(frame.layers.length).toBeLessThanOrEqual(budget.olderFrames);
      expect(frame.mesh.texelsPerQuad).toBe(2);
      expect(frame.mesh.indexCount).toBeLessThanOrEqual(6 * budget.newestSide ** 2);
      expect(frame.color.length).toBe(64 * 64 * 4);
      mostLayers = Math.max(mostLayers, frame.layers.length);
      // A frame that is named and not on its way must be there already: at most two travel with one frame.
      const missing = frame.layers.filter((id) => !onPage.has(id));
      expect(missing.length).toBeLessThanOrEqual(1);
    }
    expect(mostLayers).toBe(3);
  });

  test('use the same buffers again while they come back', () => {
    const assembler = new FrameAssembler();
    const seen = new Set<ArrayBuffer>();
    let made = 0;
    for (let k = 0; k < 80; k++) {
      const frame = assembled(assembler, painted(strollPose(k % 20)));
      for (const buffer of frameBuffers(frame)) {
        if (!seen.has(buffer) && k > 30) made++;
        seen.add(buffer);
      }
      assembler.release(frameBuffers(frame));
    }
    expect(made).toBe(0);
    expect(seen.size).toBeLessThan(24);
  });

  test('do not show a thing again that has moved away', () => {
    const assembler = new FrameAssembler();
    // A block 60 cm before the camera, in the middle; then it is gone, and one looks from beside.
    const withBlock = (d: Float32Array, color: Uint8ClampedArray): void => {
      for (let y = 24; y < 40; y++) {
        for (let x = 24; x < 40; x++) {
          d[y * 64 + x] = 1 / 0.6;
          color.set([255, 0, 0, 255], (y * 64 + x) * 4);
        }
      }
    };
    assembled(assembler, painted(poseFromYawPitch([0, 0, 0], 0, 0), withBlock));
    let ghosts = 0;
    for (let k = 1; k < 6; k++) {
      const frame = assembled(assembler, painted(poseFromYawPitch([0.1 * k, 0, 0], -0.1 * k, 0)));
      for (const { color, mesh, id } of frame.layerUpdates.filter((layer) => layer.id === 1)) {
        for (let i = 0; i < mesh.indexCount; i++) {
          const v = mesh.indices[i]! * 4;
          const d = mesh.vertices[v + 2]! * mesh.inverseDepthStep;
          if (d > 1.2) ghosts++;
        }
        expect(id).toBe(1);
        expect(color.length).toBeGreaterThan(0);
      }
    }
    expect(ghosts).toBe(0);
  });

  test('are cut at smaller jumps when the depth is clean, and at the usual ones when it is noisy', () => {
    // A step of 7 % in front of the camera, which the usual limit of 8 % leaves whole.
    const random = createRandom(5);
    const cutEdges = (noise: number): number => {
      const step = (d: Float32Array): void => d.forEach((_, i) => (d[i] = (i % 64 < 32 ? 0.535 : 0.5) * (1 + noise * (random() - 0.5))));
      return assembled(new FrameAssembler(), painted(poseFromYawPitch([0, 0, 0], 0, 0), step)).cutEdges;
    };
    expect(cutEdges(0)).toBe(64);
    expect(cutEdges(0.03)).toBeLessThan(32);
  });

  test('begin with nothing after a reset', () => {
    const assembler = new FrameAssembler();
    for (let k = 0; k < 20; k++) assembled(assembler, painted(strollPose(k)));
    assembler.reset();
    expect(assembled(assembler, painted(strollPose(21))).layers).toEqual([]);
  });

  test('of a model without depth are a screen far away, with nothing behind it', () => {
    const assembler = new FrameAssembler();
    for (let k = 0; k < 5; k++) {
      const frame = assembled(assembler, { ...painted(strollPose(k)), inverseDepth: null });
      expect([frame.background, frame.layers, frame.layerUpdates]).toEqual([null, [], []]);
    }
  });

  test('have their depth brought into line when the package says that its scale wobbles', () => {
    const info = { depthCare: { median: false, align: true } } as WorldInfo;
    const scales: number[] = [];
    const assembler = new FrameAssembler();
    assembler.configure(defaultLayerBudget);
    assembler.reset(info);
    for (let k = 0; k < 8; k++) {
      const wobble = k % 2 === 0 ? 1 : 1.05;
      const frame = assembled(
        assembler,
        painted(poseFromYawPitch([0.03 * k, 0, 0], 0.02 * k, 0), (d) => d.forEach((value, i) => (d[i] = value * wobble))),
      );
      scales.push(frame.depthCorrection.scale * wobble);
    }
    for (const scale of scales) expect(Math.abs(scale / scales[0]! - 1)).toBeLessThan(0.02);
    const untouched = new FrameAssembler();
    untouched.reset({} as WorldInfo);
    expect(assembled(untouched, painted(strollPose(1))).depthCorrection).toEqual({ scale: 1, offset: 0 });
  });
});
