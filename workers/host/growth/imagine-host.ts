import { GrowLoop, type BlockSources } from './grow-loop';
import type { FromImagine, ToImagine } from './imagine-messages';
import type { ImagineGraphs } from '../../backends/onnx/package-loader';

/** Makes what imagines maps, from the graphs of a package. @throws Error with a sentence */
export type LoadSources = (graphs: ImagineGraphs) => Promise<BlockSources>;

/** The imagine worker without its thread: takes messages, grows, answers. @returns the handler of messages */
export function imagineHost(load: LoadSources, answer: (message: FromImagine) => void): (message: ToImagine) => void {
  let loop: GrowLoop | null = null;
  return (message) => {
    switch (message.type) {
      case 'load':
        load(message.graphs).then(
          (sources) => {
            loop = new GrowLoop(sources);
            answer({ type: 'loaded' });
          },
          (error: unknown) => answer({ type: 'refused', why: error instanceof Error ? error.message : String(error) }),
        );
        return;
      case 'begin': {
        const { map, seed, known } = message;
        loop?.begin(seed, known, {
          blocks: (blocks) => answer({ type: 'blocks', map, blocks }),
          failed: (why) => answer({ type: 'failed', map, why }),
        });
        return;
      }
      case 'want':
        loop?.want(message.blocks);
        return;
      default: {
        const never: never = message;
        throw new Error(`The imagine worker does not know the message ${JSON.stringify(never)}.`);
      }
    }
  };
}
