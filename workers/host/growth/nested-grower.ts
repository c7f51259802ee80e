import type { ImagineGraphs } from '../../backends/onnx/package-loader';
import type { ImaginedBlock } from '../../imagine/tokens';
import type { GrowListener, MapGrower } from '../../layout/imagined-surroundings';
import type { FromImagine, ToImagine } from './imagine-messages';

/** A worker that has loaded takes messages; a dead one says nothing at all, so loading has an end, ms. */
const loadTimeoutMs = 60_000;

/** Grows the map in a worker of its own, beside the one that paints. */
export class NestedGrower implements MapGrower {
  private map = 0;
  private listener: GrowListener | null = null;

  private constructor(private readonly worker: Worker) {
    worker.onmessage = (event: MessageEvent<FromImagine>) => this.hear(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.listener?.failed(`The map grows no further: its worker crashed${event.message ? ` (${event.message})` : ''}.`);
    };
  }

  /**
   * @param spawn makes the worker; tests bring their own
   * @throws Error when there is no worker in a worker here, or when it cannot load the graphs
   */
  static async start(graphs: ImagineGraphs, spawn: () => Worker = spawnImagineWorker): Promise<NestedGrower> {
    const worker = spawn();
    try {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('The imagine worker did not start.')), loadTimeoutMs);
        const settle = (how: () => void): void => {
          clearTimeout(timer);
          how();
        };
        worker.onerror = (event) => {
          event.preventDefault();
          settle(() => reject(new Error(event.message || 'The imagine worker could not be loaded.')));
        };
        worker.onmessage = ({ data }: MessageEvent<FromImagine>) => {
          if (data.type === 'loaded') settle(resolve);
          else if (data.type === 'refused') settle(() => reject(new Error(data.why)));
        };
        worker.postMessage({ type: 'load', graphs } satisfies ToImagine);
      });
    } catch (error) {
      worker.terminate();
      throw error;
    }
    return new NestedGrower(worker);
  }

  begin(seed: number, known: readonly ImaginedBlock[], listener: GrowListener): void {
    this.listener = listener;
    this.post({ type: 'begin', map: ++this.map, seed, known });
  }

  want(blocks: readonly { i: number; j: number }[]): void {
    this.post({ type: 'want', blocks });
  }

  dispose(): void {
    this.listener = null;
    this.worker.terminate();
  }

  private post(message: ToImagine): void {
    this.worker.postMessage(message);
  }

  private hear(message: FromImagine): void {
    // Answers about the map before may still be on their way.
    if (!('map' in message) || message.map !== this.map) return;
    if (message.type === 'blocks') this.listener?.blocks(message.blocks);
    else this.listener?.failed(message.why);
  }
}

function spawnImagineWorker(): Worker {
  return new Worker(new URL('../../imagine.worker.ts', import.meta.url), { type: 'module', name: 'imagine' });
}
