import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose } from '../../../src/math/pose';
import { WorldClient } from '../../../src/world/client';
import type { FromWorker, ToWorker, WorldFrame, WorldInfo } from '../../../src/world/contracts';
import { frameBuffers } from '../../../src/world/frame-buffers';
import { pause, until } from '../host/fake-world';

/** The worker's side: it gets the port that the client hands over, and answers nothing else. */
class FakeWorker {
  static port: MessagePort;
  onerror: unknown = null;
  addEventListener(): void {}
  removeEventListener(): void {}
  terminate(): void {}
  postMessage(_message: unknown, transfer: unknown[]): void {
    const port = transfer.find((item) => item instanceof MessagePort);
    if (port) FakeWorker.port = port;
  }
}

const camera = intrinsicsFromFov(4, 4, 1.5);
const info: WorldInfo = { id: 'w', name: 'W', description: '', camera, hasDepth: true, rateHz: 30, provider: 'cpu', layout: null };

function frame(id: number): WorldFrame {
  const vertices = new Uint16Array(8);
  const indices = new Uint32Array(3);
  return {
    id,
    actionId: id,
    worldFromCamera: createPose(),
    camera,
    color: new Uint8Array(64),
    mesh: { vertices, vertexCount: 2, indices, indexCount: 3, inverseDepthStep: 1, texelsPerQuad: 1 },
    background: null,
    layers: [],
    layerUpdates: [],
    collision: null,
    sky: new Uint8Array(16),
    times: {
      actionAtMs: 0,
      stepBegunMs: 0,
      inferenceBegunMs: 0,
      inferenceEndedMs: 0,
      readBackMs: Number.NaN,
      meshedMs: 0,
      sentMs: performance.now(),
    },
    invalidTexels: 0,
    cutEdges: 0,
    depthCorrection: { scale: 1, offset: 0 },
  };
}

let client: WorldClient;
const came: { id: number; atMs: number; sentMs: number }[] = [];
const overtaken: number[] = [];
const released: ArrayBuffer[] = [];

beforeEach(() => {
  came.length = 0;
  overtaken.length = 0;
  released.length = 0;
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('document', { visibilityState: 'visible' });
  client = new WorldClient({
    frame: ({ id, times }) => came.push({ id, atMs: performance.now(), sentMs: times.sentMs }),
    overtaken: ({ id }) => overtaken.push(id),
    message: () => {},
    silent: () => {},
    answered: () => {},
  });
  FakeWorker.port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === 'release') released.push(...data.buffers);
  };
});

afterEach(() => {
  client.dispose();
  FakeWorker.port.close();
  vi.unstubAllGlobals();
});

function post(message: FromWorker): void {
  FakeWorker.port.postMessage(message, message.type === 'frame' ? frameBuffers(message.frame) : []);
}

describe('frames on a link that was made slow', () => {
  test('are held for as long as the worker says, and say so in their times', async () => {
    const sent = frame(1);
    post({ type: 'frame', frame: sent, holdMs: 80 });
    await until(() => came.length === 1, 'the frame has come');
    const { atMs, sentMs } = came[0]!;
    expect(atMs - sent.times.sentMs).toBeGreaterThanOrEqual(79.5);
    // What it was held for lies before `sent`, so that the way through the port is what is left.
    expect(sentMs - sent.times.sentMs).toBeGreaterThanOrEqual(79.5);
    expect(sentMs).toBeLessThanOrEqual(atMs);
  });

  test('are overtaken by those that wait for less', async () => {
    post({ type: 'frame', frame: frame(1), holdMs: 120 });
    post({ type: 'frame', frame: frame(2), holdMs: 0 });
    await until(() => overtaken.length === 1, 'the first has come too');
    expect([came.map(({ id }) => id), overtaken]).toEqual([[2], [1]]);
  });

  test('never appear in the next world, and their buffers go back', async () => {
    post({ type: 'frame', frame: frame(1), holdMs: 100 });
    post({ type: 'frame', frame: frame(2), holdMs: 0 });
    post({ type: 'opened', info, worldFromHead: createPose(), seed: 1, keptPose: false });
    await until(() => released.length > 0, 'the buffers have come back');
    await pause(150);
    expect(came.map(({ id }) => id)).toEqual([2]);
    expect(overtaken).toEqual([]);
    expect(released).toHaveLength(frameBuffers(frame(1)).length);
  });

  test('stop with the worker', async () => {
    post({ type: 'frame', frame: frame(1), holdMs: 60 });
    await pause(20);
    client.dispose();
    await pause(100);
    expect(came).toEqual([]);
  });
});
