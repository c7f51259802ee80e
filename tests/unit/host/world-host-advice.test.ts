import { afterEach, expect, test } from 'vitest';
import { createAction, actionLength, encodeAction } from '../../../src/action/action-codec';
import type { Action } from '../../../src/action/action';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import type { ModelFrame, OpenResult, WorldModel } from '../../../src/world/contracts';
import { noDelay } from '../../../src/world/control';
import { defaultLayerBudget } from '../../../src/world/layer-budget';
import { Simulator } from '../../../workers/backends/simulator/simulator';
import { WorldHost } from '../../../workers/host/world-host';
import { autoLight } from '../../../workers/layout/palettes';
import { FakePort, until } from './fake-world';

/** The simulator, plugged in as if somebody had got a convention wrong. */
class Misdeclared implements WorldModel {
  private readonly simulator = new Simulator(96);
  readonly info = this.simulator.info;
  /** What is wrong with what it returns. */
  distort: (frame: ModelFrame) => ModelFrame = (frame) => frame;
  start: Pose = poseFromYawPitch([0, 1.6, 0], 0, 0);

  async open(seed: number, worldFromHead: Pose | null): Promise<OpenResult> {
    const opened = await this.simulator.open(seed, worldFromHead);
    this.start = opened.worldFromHead;
    return opened;
  }

  async step(action: Action): Promise<ModelFrame> {
    return this.distort({ ...(await this.simulator.step(action)) });
  }

  dispose(): void {
    this.simulator.dispose();
  }
}

let host: WorldHost | null = null;
afterEach(() => host?.dispose());

/** Looks and walks about for so many frames; returns what the host says about conventions, in order. */
async function visit(world: Misdeclared, frames: number, change?: (frame: number) => void): Promise<(string | null)[]> {
  const port = new FakePort();
  host = new WorldHost(port, null, 0);
  host.configure({ modelHz: 200, resolutionScale: 1, delay: noDelay, layers: { ...defaultLayerBudget, olderFrames: 0, backgroundSide: 0 }, light: autoLight, surfacesHz: 0 });
  await host.open('misdeclared', async () => world, 12, null);
  const [x, y, z] = [world.start[12]!, world.start[13]!, world.start[14]!];
  const yaw = Math.atan2(world.start[8]!, world.start[10]!);
  for (let k = 1; k <= frames; k++) {
    change?.(k);
    const action = createAction();
    action.id = k;
    const pose = poseFromYawPitch([x + 0.25 * Math.sin(k * 0.5), y + 0.1 * Math.sin(k * 0.9), z], yaw + 0.3 * Math.sin(k * 0.35), 0.1);
    action.worldFromHead.set(pose);
    action.worldFromPredictedHead.set(pose);
    host.receive({ type: 'action', values: encodeAction(action, new Float64Array(actionLength)) });
    await until(() => port.frames.length === k, `frame ${k} has come`);
  }
  return port.all('advice').map(({ message }) => message);
}

test('a package with a wrong focal length is told so once, and that it is well again when it is', async () => {
  const world = new Misdeclared();
  const wrong = (frame: ModelFrame): ModelFrame => ({
    ...frame,
    camera: { ...frame.camera, fx: frame.camera.fx * 1.12, fy: frame.camera.fy * 1.12 },
  });
  const said = await visit(world, 90, (k) => (world.distort = k < 40 ? wrong : (frame) => frame));
  expect(said[0]).toMatch(/focal length/);
  expect(said.at(-1)).toBeNull();
  expect(said.length).toBeLessThanOrEqual(4);
}, 60_000);

test('a package whose conventions are right is told nothing', async () => {
  expect(await visit(new Misdeclared(), 40)).toEqual([]);
}, 60_000);
