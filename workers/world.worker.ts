import * as Comlink from 'comlink';
import { clockShiftMs } from '../src/latency/clock-shift';
import type { ToWorker } from '../src/world/contracts';
import type { WorldControl } from '../src/world/control';
import { memoryBuffers } from '../src/world/visit-memory';
import { openWorld } from './host/open-world';
import type { OpenModel } from './host/opening';
import { WorldHost } from './host/world-host';

let host: WorldHost | null = null;

function connected(): WorldHost {
  if (!host) throw new Error('The world worker was used before it was connected; call connect first.');
  return host;
}

const control: WorldControl = {
  connect(port, mailbox, windowTimeOriginMs) {
    host = new WorldHost(port, mailbox, clockShiftMs(performance.timeOrigin, windowTimeOriginMs));
    port.onmessage = (event: MessageEvent<ToWorker>) => connected().receive(event.data);
  },

  async open(worldId, target, provider, seed, worldFromHead, standsOn, memory) {
    let said: readonly string[] = [];
    const load: OpenModel = async (id, report, signal) => {
      const { model, warnings } = await openWorld(id, target, provider, memory, report, signal);
      said = warnings;
      return model;
    };
    await connected().open(worldId, load, seed, worldFromHead, standsOn, memory);
    return { warnings: said, openedCount: connected().openedCount };
  },

  reopen: (seed, worldFromHead) => connected().reopen(seed, worldFromHead),

  async snapshot() {
    const memory = await connected().snapshot();
    return Comlink.transfer(memory, memoryBuffers(memory));
  },

  configure: (settings) => connected().configure(settings),
};

Comlink.expose(control);
