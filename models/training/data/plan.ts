/** Which frames the data has: shards of clips, a few clips from each world. Pure, so that any shard can be made anew. */

export const frameSize = 128;
export const framesPerShard = 64;
/** Clips of consecutive frames with the actions between them. */
export const framesPerClip = 2;
/** Clips from one world before the next seed: building a world's surroundings costs as much as a frame. */
export const clipsPerSeed = 8;
/** Training worlds have seeds from here on, held-out ones from there on. Worlds that open by default are neither. */
export const firstTrainSeed = 10_000;
export const firstHeldoutSeed = 1_000_000;
/** Imagined training worlds have seeds from here on: `imagine` has not seen their districts either. */
export const firstImaginedSeed = 500_000;
/** Seeds between the first ones of two shards. */
const seedStride = 100;

/** `heldout`: other worlds under the palettes that people see. `newPalette`: the same worlds under a palette never seen. */
export type Split = 'train' | 'heldout' | 'newPalette';

/** `districts`: maps of the rule that `imagine` learned from. `imagined`: what a visitor walks through. */
export type MapSource = 'districts' | 'imagined';

export type Shard = { file: string; frames: number; split: Split; map: MapSource; seeds: number[] };

/**
 * All counts are rounded up to whole shards.
 * @param frames wanted for training, on maps of the districts
 * @param heldout wanted for each of the two held-out splits
 * @param imagined wanted for training besides, on imagined maps
 */
export function planShards(frames: number, heldout: number, imagined: number): Shard[] {
  const part = (split: Split, count: number, firstSeed: number, map: MapSource = 'districts'): Shard[] =>
    Array.from({ length: Math.ceil(count / framesPerShard) }, (_, k) => ({
      file: `${map === 'imagined' ? map : split}-${String(k).padStart(3, '0')}.bin`,
      frames: framesPerShard,
      split,
      map,
      seeds: Array.from(
        { length: framesPerShard / framesPerClip / clipsPerSeed },
        (_, s) => firstSeed + k * seedStride + s,
      ),
    }));
  return [
    ...part('heldout', heldout, firstHeldoutSeed),
    ...part('newPalette', heldout, firstHeldoutSeed),
    ...part('train', frames, firstTrainSeed),
    ...part('train', imagined, firstImaginedSeed, 'imagined'),
  ];
}
