/** All of {@link ReprojectionMode}, from least to most. */
export const reprojectionModes = ['off', 'rotation', 'mesh'] as const;

/**
 * How the newest keyframe is redrawn for the pose of this display frame.
 * `mesh`: displaced by its own depth, so that it stays still in the world however the head turns and moves.
 * `rotation`: a picture infinitely far away, world-locked while the head turns, not while it moves.
 * `off`: a picture infinitely far away in front of the head; what a person sees without any reprojection.
 */
export type ReprojectionMode = (typeof reprojectionModes)[number];
