import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { actionLength } from '../../../src/action/action-codec';
import {
  createMessageWriter,
  createSharedMailbox,
  MessageMailbox,
  openSharedMailbox,
  type ActionReader,
  type ActionWriter,
} from '../../../src/action/mailbox';

/** Node 20 gives a worker thread no way to a .ts file; tsx, registered inside it, does. */
const loadTypeScript = `
  import('tsx/esm/api').then(({ register }) => {
    register();
    return import(require('node:worker_threads').workerData.script);
  });
`;

function filled(value: number): Float64Array {
  return new Float64Array(actionLength).fill(value);
}

function messagePair(): { writer: ActionWriter; reader: ActionReader } {
  const reader = new MessageMailbox();
  const writer = createMessageWriter({ postMessage: (message) => reader.accept(structuredClone(message).values) });
  return { writer, reader };
}

function sharedPair(): { writer: ActionWriter; reader: ActionReader } {
  const { buffer, writer } = createSharedMailbox();
  return { writer, reader: openSharedMailbox(buffer) };
}

describe.each([
  ['in shared memory', sharedPair],
  ['over messages', messagePair],
])('a mailbox %s', (_name, pair) => {
  test('says that nothing came before the first action', () => {
    const out = filled(-1);
    expect(pair().reader.readNewest(out)).toBe(false);
    expect(out).toEqual(filled(-1));
  });

  test('gives the newest of several actions, once', () => {
    const { writer, reader } = pair();
    const out = filled(0);
    for (const value of [1, 2, 3]) writer.post(filled(value));
    expect(reader.readNewest(out)).toBe(true);
    expect(out).toEqual(filled(3));
    expect(reader.readNewest(out)).toBe(false);
    writer.post(filled(4));
    expect(reader.readNewest(out)).toBe(true);
    expect(out).toEqual(filled(4));
  });

  test('keeps its own copy of what was posted', () => {
    const { writer, reader } = pair();
    const values = filled(5);
    writer.post(values);
    values.fill(6);
    const out = filled(0);
    reader.readNewest(out);
    expect(out).toEqual(filled(5));
  });
});

describe('the mailbox in shared memory', () => {
  test('refuses a buffer of another size', () => {
    expect(() => openSharedMailbox(new SharedArrayBuffer(64))).toThrow(/64.*reload the page/s);
  });

  test('has one reader: a second one is told to take a new mailbox', () => {
    const { buffer } = createSharedMailbox();
    openSharedMailbox(buffer);
    expect(() => openSharedMailbox(buffer)).toThrow(/new mailbox for a new worker/);
  });

  test('never shows a torn action while another thread writes without a pause', async () => {
    const { buffer } = createSharedMailbox();
    const reader = openSharedMailbox(buffer);
    const stop = new SharedArrayBuffer(4);
    const worker = new Worker(loadTypeScript, {
      eval: true,
      workerData: { mailbox: buffer, stop, script: new URL('mailbox-writer.worker.ts', import.meta.url).href },
    });
    await once(worker, 'message');
    const out = new Float64Array(actionLength);
    let reads = 0;
    let torn = 0;
    let backwards = 0;
    let newest = 0;
    const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));
    const endMs = performance.now() + 3000;
    while (reads < 2000 && performance.now() < endMs) {
      if (!reader.readNewest(out)) {
        // On a busy machine both threads may share one core: let the writer have it.
        Atomics.wait(nobodyWakes, 0, 0, 0.05);
        continue;
      }
      reads++;
      if (out.some((value) => value !== out[0])) torn++;
      if (out[0] <= newest) backwards++;
      newest = out[0];
    }
    Atomics.store(new Int32Array(stop), 0, 1);
    const [posted] = (await once(worker, 'message')) as [number];
    await worker.terminate();
    expect({ torn, backwards }).toEqual({ torn: 0, backwards: 0 });
    expect(reads).toBeGreaterThan(0);
    expect(posted).toBeGreaterThanOrEqual(reads);
    // Whatever the race was like, the last one arrives.
    if (reader.readNewest(out)) newest = out[0];
    expect(newest).toBe(posted + 0.1);
  });
});
