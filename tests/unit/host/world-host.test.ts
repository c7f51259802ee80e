import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actionLength, createAction, encodeAction } from '../../../src/action/action-codec';
import { createPose, multiplyPose, poseFromYawPitch } from '../../../src/math/pose';
import { frameBuffers } from '../../../src/world/frame-buffers';
import { noDelay } from '../../../src/world/control';
import { defaultLayerBudget } from '../../../src/world/layer-budget';
import { Simulator } from '../../../workers/backends/simulator/simulator';
import { WorldHost } from '../../../workers/host/world-host';
import { autoLight } from '../../../workers/layout/palettes';
import { act, FakePort, FakeWorld, gate, pause, until } from './fake-world';

const shiftMs = 5000;
let port: FakePort;
let host: WorldHost;
let streaming: ReturnType<typeof setInterval> | undefined;
let newestAction = 0;

beforeEach(() => {
  port = new FakePort();
  host = new WorldHost(port, null, shiftMs);
  host.configure({ modelHz: 200, resolutionScale: 1, delay: noDelay, layers: defaultLayerBudget, light: autoLight, surfacesHz: 0 });
  newestAction = 0;
});

afterEach(() => {
  clearInterval(streaming);
  host.dispose();
});

/** As a page does: a new action every display frame. */
function streamActions(): void {
  streaming = setInterval(() => act(host, ++newestAction), 3);
}

function open(world: FakeWorld, seed = 1): Promise<void> {
  return host.open(world.info.id, async () => world, seed, null);
}

function framesOf(world: FakeWorld): number {
  return port.frames.filter(({ color }) => color[0] === world.mark).length;
}

describe('one step after another', () => {
  test('knows the newest action only, with never two steps in flight', async () => {
    const world = new FakeWorld(1);
    const first = gate();
    world.during = () => first.opened;
    await open(world);
    act(host, 1);
    await until(() => world.steps.length === 1, 'the first step has begun');
    for (const id of [2, 3, 4]) act(host, id);
    await pause(20);
    expect(world.steps).toEqual([1]);
    first.open();
    await until(() => port.frames.length === 2, 'two frames have come');
    expect(world.steps).toEqual([1, 4]);
    expect(world.mostInFlight).toBe(1);
    await pause(20);
    // Nothing new was wanted, so nothing is painted.
    expect(world.steps).toEqual([1, 4]);
  });

  test('gives each frame the id and the pose of the action that was stepped, and numbers frames upwards', async () => {
    const world = new FakeWorld(1);
    await open(world);
    streamActions();
    await until(() => port.frames.length >= 12, 'a dozen frames have come');
    expect(port.frames.map(({ actionId }) => actionId)).toEqual(world.steps.slice(0, port.frames.length));
    expect(port.frames.map(({ worldFromCamera }) => worldFromCamera[12])).toEqual(
      port.frames.map(({ actionId }) => actionId),
    );
    const ids = port.frames.map(({ id }) => id);
    expect(ids).toEqual(ids.map((_, k) => ids[0] + k));
  });

  test('times its parts in order, on the clock of the window', async () => {
    await open(new FakeWorld(1));
    const beforeMs = performance.now() + shiftMs;
    act(host, 1);
    await until(() => port.frames.length === 1, 'a frame has come');
    const { stepBegunMs, inferenceBegunMs, inferenceEndedMs, meshedMs, sentMs } = port.frames[0].times;
    const order = [beforeMs, stepBegunMs, inferenceBegunMs, inferenceEndedMs, meshedMs, sentMs];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(sentMs).toBeLessThanOrEqual(performance.now() + shiftMs);
  });

  test('is not faster than the world was made for, nor than the page asks', async () => {
    const world = new FakeWorld(1, 4, 50);
    await open(world);
    streamActions();
    await until(() => world.steps.length > 0, 'the first step has begun');
    const stepsIn = async (ms: number): Promise<{ steps: number; seconds: number }> => {
      const begunMs = performance.now();
      const before = world.steps.length;
      await pause(ms);
      return { steps: world.steps.length - before, seconds: (performance.now() - begunMs) / 1000 };
    };
    const quick = await stepsIn(300);
    expect(quick.steps).toBeLessThanOrEqual(50 * quick.seconds + 2);
    expect(quick.steps).toBeGreaterThan(2);
    host.configure({ modelHz: 5, resolutionScale: 1, delay: noDelay, layers: defaultLayerBudget, light: autoLight, surfacesHz: 0 });
    const slow = await stepsIn(500);
    expect(slow.steps).toBeLessThanOrEqual(5 * slow.seconds + 2);
  });

  test('takes impossible depths out and counts them', async () => {
    const world = new FakeWorld(1);
    world.inverseDepth = Number.NaN;
    await open(world);
    act(host, 1);
    await until(() => port.frames.length === 1, 'a frame has come');
    expect(port.frames[0].invalidTexels).toBe(16);
  });
});

const settings = { modelHz: 100, resolutionScale: 1, delay: noDelay, layers: defaultLayerBudget, light: autoLight, surfacesHz: 0 };

describe('a link that is made bad on purpose', () => {
  test('delays frames but not steps: the page is told how long to hold each back', async () => {
    const world = new FakeWorld(1, 4, 100);
    await open(world);
    host.configure({ ...settings, delay: { ...noDelay, addLatencyMs: 200, jitterMs: 50 } });
    streamActions();
    await until(() => port.frames.length >= 12, 'a dozen frames have come');
    const held = port.all('frame').map(({ holdMs }) => holdMs);
    expect(Math.min(...held)).toBeGreaterThanOrEqual(150);
    expect(Math.max(...held)).toBeLessThanOrEqual(250);
    expect(new Set(held).size).toBe(held.length);
    for (const { times } of port.frames) expect(times.sentMs - times.meshedMs).toBeLessThan(150);
    const ids = port.frames.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  test('loses the frames that the seed says, and uses their buffers again', async () => {
    const fates = async (): Promise<number[]> => {
      const world = new FakeWorld(1);
      await open(world);
      const before = port.frames.length;
      await until(() => world.steps.length >= 40, 'forty steps are done');
      // Whether a frame came shows in its colour and its pose; how many steps there were by then does not matter.
      const came = new Set(port.frames.slice(before).map(({ actionId }) => actionId));
      return world.steps.slice(0, 38).map((id) => (came.has(id) ? 1 : 0));
    };
    host.configure({ ...settings, delay: { ...noDelay, dropPct: 50, seed: 9 } });
    streamActions();
    const first = await fates();
    const again = await fates();
    expect(first).toContain(0);
    expect(first).toContain(1);
    expect(again).toEqual(first);
  });

  test('makes the model hang, and lets it go on', async () => {
    const world = new FakeWorld(1);
    await open(world);
    host.configure({ ...settings, delay: { ...noDelay, stallEveryS: 0.5, stallMs: 300 } });
    streamActions();
    await until(() => port.frames.length > 40, 'forty frames have come');
    const begun = port.frames.map(({ times }) => times.stepBegunMs);
    const gaps = begun.slice(1).map((atMs, k) => atMs - begun[k]!);
    const hangs = gaps.filter((gapMs) => gapMs >= 299);
    expect(hangs.length).toBeGreaterThan(0);
    // Once in half a second of the time that passed; each lasts in full, and the world goes on between them.
    expect(hangs.length).toBeLessThanOrEqual((begun[begun.length - 1]! - begun[0]!) / 500 + 2);
    expect(gaps.filter((gapMs) => gapMs < 150).length).toBeGreaterThan(hangs.length);
  });
});

describe('the size of the picture', () => {
  test('is asked for between steps, where the world offers it, and the rest of the visit stays', async () => {
    const world = new FakeWorld(1);
    world.info.scales = [1, 0.75, 0.5];
    const asked: number[] = [];
    world.setScale = (scale) => asked.push(scale);
    await open(world);
    streamActions();
    await until(() => port.frames.length > 2, 'frames have come');
    const { length } = port.all('opened');
    host.configure({ ...settings, resolutionScale: 0.6 });
    await until(() => asked.length > 1, 'the world is asked');
    host.configure({ ...settings, resolutionScale: 1 });
    await until(() => asked.length > 2, 'the world is asked again');
    host.configure({ ...settings, modelHz: 90 });
    await pause(50);
    // The first is told while the world opens.
    expect(asked).toEqual([1, 0.5, 1]);
    expect(port.all('opened')).toHaveLength(length);
  });

  test('may change in the middle of a visit: older frames of another size go on being drawn', async () => {
    const simulator = new Simulator(64);
    await host.open('simulator', async () => simulator, 6, null);
    const start = port.all('opened')[0]!.worldFromHead;
    let id = 0;
    const sizes: number[] = [];
    for (const resolutionScale of [1, 0.5, 0.75, 1]) {
      host.configure({ ...settings, resolutionScale });
      for (let k = 0; k < 6; k++) {
        // Looking about, so that older frames are kept and drawn.
        const pose = multiplyPose(createPose(), start, poseFromYawPitch([0.1 * (id % 4), 0, 0], 0.35 * id, 0));
        const action = createAction();
        action.id = ++id;
        action.atMs = performance.now();
        action.worldFromPredictedHead.set(pose);
        host.receive({ type: 'action', values: encodeAction(action, new Float64Array(actionLength)) });
        await until(() => port.frames.length === id, 'the frame has come');
      }
      sizes.push(port.frames[id - 1]!.camera.width);
    }
    expect(sizes).toEqual([64, 32, 48, 64]);
    expect(port.all('failed')).toEqual([]);
    const drawn = new Set(port.frames.flatMap(({ layers }) => layers));
    const widths = port.frames.filter((frame) => drawn.has(frame.id)).map(({ camera }) => camera.width);
    expect(new Set(widths).size).toBeGreaterThan(1);
  });
});

describe('opening a world', () => {
  test('says so before the first of its frames, with where to stand', async () => {
    const before = new FakeWorld(1);
    const after = new FakeWorld(2);
    await open(before);
    streamActions();
    await until(() => framesOf(before) > 2, 'the first world is seen');
    await open(after, 77);
    await until(() => framesOf(after) > 2, 'the second world is seen');
    const kinds = port.messages.flatMap((message) => {
      if (message.type === 'opened') return [`opened ${message.info.name}`];
      return message.type === 'frame' ? [`frame ${message.frame.color[0]}`] : [];
    });
    expect([...new Set(kinds)]).toEqual(['opened World 1', 'frame 1', 'opened World 2', 'frame 2']);
    expect(kinds.lastIndexOf('frame 1')).toBeLessThan(kinds.indexOf('opened World 2'));
    const [, opened] = port.all('opened');
    expect([opened.seed, opened.keptPose, opened.worldFromHead[12]]).toEqual([77, false, after.mark]);
    expect([before.disposals, after.disposals]).toEqual([1, 0]);
  });

  test('keeps the place that it is given', async () => {
    const world = new FakeWorld(1);
    const here = poseFromYawPitch([3, 1.6, 4], 0.5, 0);
    await host.open('world-1', async () => world, 5, here);
    const [opened] = port.all('opened');
    expect([opened.keptPose, [...opened.worldFromHead]]).toEqual([true, [...here]]);
    expect(world.openings).toEqual([{ seed: 5, worldFromHead: here }]);
  });

  const stages = ['load', 'open'] as const;
  test.each(stages)('rejects when a world fails to %s, and the one before goes on', async (where) => {
    const before = new FakeWorld(1);
    const broken = new FakeWorld(2);
    await open(before);
    streamActions();
    const fail = (): never => {
      throw new Error('The file is not there; choose another world.');
    };
    if (where === 'open') broken.opening = fail;
    const load = async (): Promise<FakeWorld> => (where === 'load' ? fail() : broken);
    await expect(host.open('world-2', load, 1, null)).rejects.toThrow('The file is not there; choose another world.');
    const framesSoFar = framesOf(before);
    await until(() => framesOf(before) > framesSoFar + 2, 'the first world goes on');
    expect([before.disposals, broken.disposals]).toEqual([0, where === 'open' ? 1 : 0]);
    expect(port.all('opened')).toHaveLength(1);
  });

  test('lets the world that runs go on while the next one loads', async () => {
    const before = new FakeWorld(1);
    await open(before);
    streamActions();
    const loaded = gate();
    const after = new FakeWorld(2);
    const opening = host.open('world-2', () => loaded.opened.then(() => after), 1, null);
    const framesSoFar = framesOf(before);
    await until(() => framesOf(before) > framesSoFar + 3, 'the first world goes on');
    expect(after.openings).toEqual([]);
    loaded.open();
    await opening;
    await until(() => framesOf(after) > 0, 'the second world is seen');
    expect(after.openings).toHaveLength(1);
  });

  test('gives up a world that still loads when a later one is wanted, and hides its progress', async () => {
    const slow = new FakeWorld(1);
    const quick = new FakeWorld(2);
    const loaded = gate();
    const first = host.open(
      'world-1',
      async (worldId, report) => {
        report({ type: 'progress', worldId, progress: { step: 'compile' } });
        await loaded.opened;
        report({ type: 'progress', worldId, progress: { step: 'done', provider: 'cpu' } });
        return slow;
      },
      1,
      null,
    );
    await open(quick);
    loaded.open();
    await first;
    streamActions();
    await until(() => framesOf(quick) > 2, 'the later world is seen');
    expect(slow.disposals).toBe(1);
    expect(slow.openings).toEqual([]);
    expect(port.all('opened').map(({ info }) => info.name)).toEqual(['World 2']);
    expect(port.all('progress').map(({ progress }) => progress.step)).toEqual(['compile']);
  });

  test('starts the same world again with another seed, without loading it', async () => {
    const world = new FakeWorld(1);
    await open(world, 1);
    await host.reopen(2, null);
    expect(world.openings.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(port.all('opened').map(({ seed }) => seed)).toEqual([1, 2]);
    expect(world.disposals).toBe(0);
  });

  test('starts the world again that is there when its turn comes, not one that was replaced meanwhile', async () => {
    const before = new FakeWorld(1);
    const after = new FakeWorld(2);
    await open(before);
    const step = gate();
    before.during = () => step.opened;
    act(host, 1);
    await until(() => before.steps.length === 1, 'a step is in flight');
    const swapped = open(after, 1);
    await pause(5);
    const again = host.reopen(9, null);
    step.open();
    await Promise.all([swapped, again]);
    expect(port.all('opened').map(({ info, seed }) => [info.name, seed])).toEqual([
      ['World 1', 1],
      ['World 2', 1],
      ['World 2', 9],
    ]);
    expect([before.disposals, after.disposals]).toEqual([1, 0]);
  });
});

describe('a world that breaks', () => {
  test('is reported with a sentence and put away, and another can be opened', async () => {
    const broken = new FakeWorld(1);
    broken.during = ({ id }) => {
      if (id > 2) throw new Error('The graph asks for an operator that is missing.');
    };
    await open(broken);
    streamActions();
    await until(() => port.all('failed').length > 0, 'the failure is reported');
    const [{ worldId, message }] = port.all('failed');
    expect(worldId).toBe('world-1');
    expect(message).toBe(
      'World 1 could not paint a frame: The graph asks for an operator that is missing. ' +
        'The last picture stays; restart the model or open another world.',
    );
    expect(broken.disposals).toBe(1);
    const stepsThen = broken.steps.length;
    const sound = new FakeWorld(2);
    await open(sound);
    await until(() => framesOf(sound) > 2, 'the other world is seen');
    expect(broken.steps).toHaveLength(stepsThen);
    expect(port.all('failed')).toHaveLength(1);
  });
});

describe('the buffers of frames', () => {
  test('travel by transfer and are used again when they come back', async () => {
    const buffers = new Set<ArrayBufferLike>();
    let perFrame = 0;
    port.onFrame = (frame, transfer) => {
      const all = frameBuffers(frame);
      expect(new Set(transfer)).toEqual(new Set(all));
      for (const buffer of all) buffers.add(buffer);
      perFrame = Math.max(perFrame, all.length);
      setTimeout(() => host.receive({ type: 'release', buffers: all }), 1);
    };
    await open(new FakeWorld(1));
    streamActions();
    await until(() => port.frames.length >= 40, 'forty frames have come');
    // Two or three of each kind are under way at once.
    expect(buffers.size).toBeLessThanOrEqual(perFrame * 3);
  });

  test('that never come back do not stop the world', async () => {
    await open(new FakeWorld(1));
    streamActions();
    await until(() => port.frames.length >= 15, 'fifteen frames have come');
    expect(new Set(port.frames.map(({ color }) => color.buffer)).size).toBe(port.frames.length);
  });
});

describe('a host', () => {
  test('says that it lives before it has a world, and is silent once it is disposed of', async () => {
    expect(port.all('alive').length).toBeGreaterThan(0);
    const world = new FakeWorld(1);
    await open(world);
    streamActions();
    await until(() => port.frames.length > 2, 'frames have come');
    host.dispose();
    await pause(20);
    const messages = port.messages.length;
    await pause(600);
    expect(port.messages).toHaveLength(messages);
    expect(world.disposals).toBe(1);
  });
});
