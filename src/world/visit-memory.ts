import type { ImaginedBlock } from '../../workers/imagine/tokens';
import type { Intrinsics, Pose } from '../math/types';
import type { LayoutRef } from './contracts';

/** One block of an imagined map as its tokens; `i` and `j` count blocks. */
export type MapBlock = ImaginedBlock;

/** A painted picture that is kept beyond its visit. */
export type SavedFrame = {
  worldFromCamera: Pose;
  camera: Intrinsics;
  /** sRGB RGBA8, rows from the top, width * height * 4. */
  color: Uint8Array;
  /** Planar inverse depth, 1/m: 0 is infinitely far, NaN a hole. Null: a world without depth. */
  inverseDepth: Float32Array | null;
};

/** All that a world knows of one visit: what it takes to see the place again as it was, without painting it anew. */
export type VisitMemory = {
  /** The newest picture; null before the first. */
  newest: SavedFrame | null;
  /** Older pictures, which show what the newest does not; the most useful ones may be anywhere in the list. */
  older: SavedFrame[];
  /** Empty for worlds whose map follows from the seed. */
  blocks: MapBlock[];
};

/** Id of the world that shows a saved visit until its own world has loaded. */
export const rememberedId = 'saved-visit';

/** What is known of a saved place before its world has loaded. */
export type RememberedPlace = {
  /** What the page calls it meanwhile. */
  name: string;
  layout: LayoutRef | null;
  worldFromHead: Pose;
};

/** The buffers of a memory, to be transferred with it. */
export function memoryBuffers({ newest, older, blocks }: VisitMemory): ArrayBuffer[] {
  const out: ArrayBuffer[] = [];
  for (const { worldFromCamera, color, inverseDepth } of newest ? [newest, ...older] : older) {
    out.push(worldFromCamera.buffer as ArrayBuffer, color.buffer as ArrayBuffer);
    if (inverseDepth) out.push(inverseDepth.buffer as ArrayBuffer);
  }
  for (const { tokens } of blocks) out.push(tokens.buffer as ArrayBuffer);
  return out;
}
