/** All of {@link ReprojectionMode}, from least to most. */
export const reprojectionModes = ['off', 'rotation', 'quad', 'mesh', 'layers'] as const;

/**
 * How the dreamed frames are redrawn for the pose of this display frame.
 * `layers`: displaced by their depth, newest first, older frames and a guessed background where it saw nothing.
 * `mesh`: the newest frame alone, displaced by its depth and cut where that jumps.
 * `quad`: a flat picture two metres away, world-locked.
 * `rotation`: a picture infinitely far away, world-locked while the head turns, not while it moves.
 * `off`: a picture infinitely far away in front of the head; what a person sees without any reprojection.
 */
export type ReprojectionMode = (typeof reprojectionModes)[number];

/** Distance of the picture in mode `quad`, metres. */
export const quadDistanceM = 2;

/** Whether the picture is drawn from where the head is, so that walking shows at once. */
export function followsMove(mode: ReprojectionMode): boolean {
  return mode !== 'off' && mode !== 'rotation';
}
