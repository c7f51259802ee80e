import { describe, expect, it } from 'vitest';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import { LayerMemory } from '../../../workers/memory/layer-memory';
import { roomPicture, solid, squareCamera } from './memory-scenes';

const camera = squareCamera(64);
const deg = Math.PI / 180;

function look(memory: LayerMemory, id: number, worldFromCamera: Pose, most = 4) {
  const { inverseDepth, color } = roomPicture(camera, worldFromCamera);
  const newest = { camera, inverseDepth, worldFromCamera };
  const carved = memory.carveBy(newest);
  const chosen = memory.choose(newest, most).map(({ frameId }) => frameId);
  const sent = memory.choose(newest, most).filter((remembered) => memory.needsSending(remembered));
  for (const remembered of sent) remembered.carvedSinceSent = 0;
  memory.offer(color, inverseDepth, camera, worldFromCamera, id, 0);
  return { chosen, carved, sent: sent.map(({ frameId }) => frameId) };
}

const turned = (yawDeg: number): Pose => poseFromYawPitch([0, 0, 0], yawDeg * deg, 0);

describe('LayerMemory', () => {
  it('chooses the frame that shows what the newest leaves open, and none that shows nothing new', () => {
    const memory = new LayerMemory();
    look(memory, 1, turned(-60));
    look(memory, 2, turned(180));
    look(memory, 3, turned(0));
    // Turned by 20 degrees, the left is open: frame 3 shows a little of the right, nothing shows the left.
    const { chosen } = look(memory, 4, turned(-25));
    expect(chosen).toContain(1);
    expect(chosen).toContain(3);
    expect(chosen).not.toContain(2);
  });

  it('chooses what a near thing hides, once it was seen from the side', () => {
    const memory = new LayerMemory();
    const wallAndPost = (worldFromCamera: Pose) => {
      const { inverseDepth, color } = roomPicture(camera, worldFromCamera);
      // A post half a metre before the camera: hides the middle from everywhere near.
      for (let y = 0; y < 64; y++) {
        for (let x = 0; x < 64; x++) {
          const dir = (x + 0.5 - 32) / 32;
          if (Math.abs(worldFromCamera[12]! + dir * (0.5 + worldFromCamera[14]!)) < 0.1) {
            inverseDepth[y * 64 + x] = 1 / (0.5 + worldFromCamera[14]!);
          }
        }
      }
      return { inverseDepth, color };
    };
    const from = (x: number) => poseFromYawPitch([x, 0, 0], 0, 0);
    const side = wallAndPost(from(-0.5));
    memory.offer(side.color, side.inverseDepth, camera, from(-0.5), 1, 0);
    const here = wallAndPost(from(0));
    const chosen = memory.choose({ camera, inverseDepth: here.inverseDepth, worldFromCamera: from(0) }, 3);
    expect(chosen.map(({ frameId }) => frameId)).toEqual([1]);
  });

  it('sends a chosen frame once, again when it was carved, and again after it was out of use', () => {
    const memory = new LayerMemory();
    look(memory, 1, turned(-50));
    expect(look(memory, 2, turned(0)).sent).toEqual([1]);
    expect(look(memory, 3, turned(2)).sent).not.toContain(1);
    // The room has grown: what the newest frame sees lies farther away, so the older frame is all ghosts.
    const { inverseDepth } = roomPicture(camera, turned(-48));
    const newest = { camera, inverseDepth: inverseDepth.map((d) => d * 0.5), worldFromCamera: turned(-48) };
    expect(memory.carveBy(newest)).toBeGreaterThan(1000);
    const kept = memory.choose({ ...newest, worldFromCamera: turned(0) }, 4);
    for (const { frameId, needs } of kept.map((one) => ({ frameId: one.frameId, needs: memory.needsSending(one) }))) {
      expect(needs, `frame ${frameId}`).toBe(true);
    }
    // Turned far away the page forgets it; back again, it needs it again.
    expect(look(memory, 4, turned(150)).chosen).not.toContain(1);
    const back = look(memory, 5, turned(4));
    expect(back.sent).toEqual(back.chosen);
    expect(look(memory, 6, turned(4)).sent).toEqual([]);
  });

  it('keeps a bounded number of frames on a long way and forgets all on reset', () => {
    const memory = new LayerMemory();
    for (let k = 0; k < 60; k++) look(memory, k + 1, poseFromYawPitch([0.04 * k - 1.2, 0, 0], k * 0.3, 0));
    expect(memory.size).toBeGreaterThan(5);
    expect(memory.size).toBeLessThanOrEqual(20);
    memory.reset();
    expect(memory.size).toBe(0);
    expect(look(memory, 1, turned(0)).chosen).toEqual([]);
  });

  it('does not flicker between two frames that are about as good', () => {
    const memory = new LayerMemory();
    const { inverseDepth } = roomPicture(camera, turned(0));
    for (const [id, yaw] of [[1, -52], [2, -68]] as const) {
      const picture = roomPicture(camera, turned(yaw));
      memory.offer(picture.color, picture.inverseDepth, camera, turned(yaw), id, 0);
    }
    const first = memory.choose({ camera, inverseDepth, worldFromCamera: turned(0) }, 1).map(({ frameId }) => frameId);
    for (let k = 0; k < 12; k++) {
      const yaw = k % 2 === 0 ? 1.5 : -1.5;
      const picture = roomPicture(camera, turned(yaw));
      const again = memory.choose({ camera, inverseDepth: picture.inverseDepth, worldFromCamera: turned(yaw) }, 1);
      expect(again.map(({ frameId }) => frameId)).toEqual(first);
    }
  });

  it('counts a frame without depth in view as showing nothing', () => {
    const memory = new LayerMemory();
    const nothing = new Float32Array(64 * 64).fill(NaN);
    memory.offer(solid(64 * 64, 1, 2, 3), nothing, camera, turned(-50), 1, 0);
    const { inverseDepth } = roomPicture(camera, turned(0));
    expect(memory.choose({ camera, inverseDepth, worldFromCamera: turned(0) }, 3)).toEqual([]);
  });
});
