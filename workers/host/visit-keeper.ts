import type { FromWorker, ModelFrame, WorldModel } from '../../src/world/contracts';
import type { MapBlock, SavedFrame, VisitMemory } from '../../src/world/visit-memory';
import { mapMessages } from './opening';

/** What a visit can be saved with, besides the older pictures, which the frame assembler has. */
export class VisitKeeper {
  /** The picture that was painted last. Its arrays are the backend's, so null while it paints. */
  newest: ModelFrame | null = null;
  private blocks: MapBlock[] = [];

  /** Another visit begins. */
  begin(): void {
    this.newest = null;
    this.blocks = [];
  }

  /** What the page is to be told of the map, and a note of the blocks in it. */
  mapMessages(model: WorldModel): FromWorker[] {
    const messages = mapMessages(model);
    for (const message of messages) if (message.type === 'map') this.blocks.push(...message.blocks);
    return messages;
  }

  /** Copies of everything; between two steps only. @param older copies of the older pictures */
  snapshot(older: SavedFrame[]): VisitMemory {
    return {
      newest: this.newest && copyOf(this.newest),
      older,
      blocks: this.blocks.map(({ i, j, tokens }) => ({ i, j, tokens: Uint8Array.from(tokens) })),
    };
  }
}

function copyOf({ worldFromCamera, camera, color, inverseDepth }: ModelFrame): SavedFrame {
  return {
    worldFromCamera: Float32Array.from(worldFromCamera),
    camera,
    color: Uint8Array.from(color),
    inverseDepth: inverseDepth && Float32Array.from(inverseDepth),
  };
}
