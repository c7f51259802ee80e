import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WorldModel } from '../../../src/world/contracts';
import { WorldHost } from '../../../workers/host/world-host';
import { FakePort, FakeWorld } from './fake-world';

let port: FakePort;
let host: WorldHost;

beforeEach(() => {
  port = new FakePort();
  host = new WorldHost(port, null, 0);
});

afterEach(() => host.dispose());

/** Opens a world that never finishes loading unless it is called off; notes its signal. */
function openEndless(id: string): { signal: () => AbortSignal; opening: Promise<void> } {
  let heard: AbortSignal | undefined;
  const load = (_: string, __: unknown, signal: AbortSignal): Promise<WorldModel> => {
    heard = signal;
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  };
  const opening = host.open(id, load, 1, null);
  return { signal: () => heard!, opening };
}

test('an opening calls off the one before it, which settles quietly, and only that one', async () => {
  const first = openEndless('first');
  const second = openEndless('second');
  expect([first.signal().aborted, second.signal().aborted]).toEqual([true, false]);
  await expect(first.opening).resolves.toBeUndefined();
  await host.open('world-3', async () => new FakeWorld(3), 1, null);
  await expect(second.opening).resolves.toBeUndefined();
  expect(port.all('opened').map(({ info }) => info.name)).toEqual(['World 3']);
});

test('an opening that succeeds, or fails by itself, was not called off', async () => {
  const signals: AbortSignal[] = [];
  await host.open('world-1', async (_, __, signal) => (signals.push(signal), new FakeWorld(1)), 1, null);
  const failing = host.open(
    'world-2',
    async (_, __, signal) => {
      signals.push(signal);
      throw new Error('The file is not there.');
    },
    1,
    null,
  );
  await expect(failing).rejects.toThrow('The file is not there.');
  expect(signals[1].aborted).toBe(false);
});

test('disposing of the host calls the opening off', async () => {
  const { signal, opening } = openEndless('first');
  host.dispose();
  expect(signal().aborted).toBe(true);
  await expect(opening).resolves.toBeUndefined();
});
