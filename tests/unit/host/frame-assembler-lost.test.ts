import { expect, test } from 'vitest';
import { createAction } from '../../../src/action/action-codec';
import { createPose, multiplyPose, poseFromYawPitch } from '../../../src/math/pose';
import type { WorldFrame } from '../../../src/world/contracts';
import { frameBuffers } from '../../../src/world/frame-buffers';
import { Simulator } from '../../../workers/backends/simulator/simulator';
import { FrameAssembler } from '../../../workers/host/frame-assembler';
import { timesOf } from '../../../workers/host/frame-times';

test('a lost frame gives its buffers back, and the older frames that it carried come again with the next', async () => {
  const simulator = new Simulator(48);
  const { worldFromHead } = await simulator.open(6, null);
  const assembler = new FrameAssembler();
  assembler.reset(simulator.info);
  const paint = async (k: number): Promise<WorldFrame> => {
    const action = createAction();
    // Looking about, and then straight on: older frames come into use.
    action.worldFromPredictedHead.set(multiplyPose(createPose(), worldFromHead, poseFromYawPitch([0.1 * (k % 3), 0, 0], 0.3 * (k % 4), 0)));
    return assembler.assemble(await simulator.step(action), k, timesOf(k, k)).frame;
  };
  let looked = 0;
  for (let k = 1; k < 40 && looked < 3; k++) {
    const frame = await paint(k);
    const carried = frame.layerUpdates.map(({ id }) => id);
    if (carried.length === 0) continue;
    const buffers = new Set(frameBuffers(frame));
    assembler.lose(frame);
    // The same view again: the same older frames are of use.
    const next = await paint(k);
    expect(next.layers.filter((id) => carried.includes(id)).length).toBeGreaterThan(0);
    for (const id of carried) expect(next.layerUpdates.some((update) => update.id === id)).toBe(next.layers.includes(id));
    expect(frameBuffers(next).some((buffer) => buffers.has(buffer))).toBe(true);
    looked++;
  }
  expect(looked).toBe(3);
});
