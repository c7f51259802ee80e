import type { ImaginedBlock } from '../../imagine/tokens';
import type { ImagineGraphs } from '../../backends/onnx/package-loader';

/** World worker to imagine worker. `map` counts begun maps; answers carry it, so that late ones can be told. */
export type ToImagine =
  | { type: 'load'; graphs: ImagineGraphs }
  | { type: 'begin'; map: number; seed: number; known: readonly ImaginedBlock[] }
  | { type: 'want'; blocks: readonly { i: number; j: number }[] };

/** Imagine worker to world worker. */
export type FromImagine =
  | { type: 'loaded' }
  /** It cannot be loaded here; `why` is a sentence. */
  | { type: 'refused'; why: string }
  | { type: 'blocks'; map: number; blocks: readonly ImaginedBlock[] }
  | { type: 'failed'; map: number; why: string };
