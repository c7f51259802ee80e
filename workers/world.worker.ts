import * as Comlink from 'comlink';
import type { ToWorker } from '../src/world/contracts';
import type { WorldControl } from '../src/world/control';
import { openWorld } from './host/open-world';
import { WorldHost, type OpenModel } from './host/world-host';

let host: WorldHost | null = null;

function connected(): WorldHost {
  if (!host) throw new Error('The world worker was used before it was connected; call connect first.');
  return host;
}

const control: WorldControl = {
  connect(port, mailbox, windowTimeOriginMs) {
    host = new WorldHost(port, mailbox, performance.timeOrigin - windowTimeOriginMs);
    port.onmessage = (event: MessageEvent<ToWorker>) => connected().receive(event.data);
  },

  async open(worldId, target, provider, seed, worldFromHead) {
    let said: readonly string[] = [];
    const load: OpenModel = async (id, report, signal) => {
      const { model, warnings } = await openWorld(id, target, provider, report, signal);
      said = warnings;
      return model;
    };
    await connected().open(worldId, load, seed, worldFromHead);
    return { warnings: said, openedCount: connected().openedCount };
  },

  reopen: (seed, worldFromHead) => connected().reopen(seed, worldFromHead),

  configure: (settings) => connected().configure(settings),
};

Comlink.expose(control);
