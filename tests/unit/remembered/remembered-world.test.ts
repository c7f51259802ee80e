import { expect, test } from 'vitest';
import { createAction } from '../../../src/action/action-codec';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { VisitMemory } from '../../../src/world/visit-memory';
import { RememberedWorld } from '../../../workers/backends/remembered/remembered-world';
import { savedFrame } from '../session/visits/saved-visits';

const worldFromHead = poseFromYawPitch([3, 1.6, 4], 1, 0.2);
const place = { name: 'Courtyards, as you left it', layout: { kind: 'courtyards', seed: 6 }, worldFromHead } as const;
const memory: VisitMemory = { newest: savedFrame(1, 16, 12), older: [], blocks: [{ i: 1, j: 2, tokens: Uint8Array.of(3) }] };

test('a remembered place starts where it was left and gives its picture again, whoever writes into it', async () => {
  const world = new RememberedWorld(memory, place);
  expect(world.info).toMatchObject({ name: place.name, layout: place.layout, camera: memory.newest!.camera, hasDepth: true });
  expect((await world.open(6, null)).worldFromHead).toEqual(worldFromHead);
  for (let k = 0; k < 2; k++) {
    const frame = await world.step(createAction());
    expect(Array.from(frame.color)).toEqual(Array.from(memory.newest!.color));
    expect(frame.inverseDepth).toEqual(memory.newest!.inverseDepth);
    expect(frame.worldFromCamera).toEqual(memory.newest!.worldFromCamera);
    frame.color.fill(0);
    frame.inverseDepth!.fill(0);
    frame.worldFromCamera.fill(0);
  }
});

test('tells its walls once after each opening, and has none when none were saved', async () => {
  const world = new RememberedWorld(memory, place);
  await world.open(6, null);
  expect(world.takeMap()).toEqual({ seed: 6, blocks: memory.blocks, failure: null });
  expect(world.takeMap()).toBeNull();
  await world.open(6, null);
  expect(world.takeMap()).not.toBeNull();
  const bare = new RememberedWorld({ ...memory, blocks: [] }, place);
  await bare.open(6, null);
  expect(bare.takeMap()).toBeNull();
});

test('a place without depth is shown without, and one without a picture is refused in a sentence', async () => {
  const flat = new RememberedWorld({ ...memory, newest: savedFrame(2, 8, 8, false) }, place);
  expect(flat.info.hasDepth).toBe(false);
  await flat.open(1, null);
  expect((await flat.step(createAction())).inverseDepth).toBeNull();
  expect(() => new RememberedWorld({ ...memory, newest: null }, place)).toThrow('no picture yet');
});
