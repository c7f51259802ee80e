import { multiplyPose, withoutScale } from '../math/pose';
import type { Pose } from '../math/types';

/**
 * How the tracked room stands in the rig, i.e. in what locomotion moves through the world. In VR the room's floor is the
 * rig's floor. In AR the rig is a window on the wall, or a small model on a table, and the room stands around it.
 */
export type RoomPlacement = {
  /** Similarity (one scale, rotation, translation): rig, in metres of the world, from room, in metres. */
  rigFromRoom: Pose;
  /** Whom locomotion moves and turns: the visitor's head, or the rig's origin (the window, the model). */
  body: 'head' | 'origin';
  /** Whether walls stop it. */
  collides: boolean;
  /** Where the model paints from, rigid, world; absent: from the head. Called once a display frame, must not allocate. */
  paintFrom?: (out: Pose, worldFromHead: Pose, worldFromRig: Pose) => void;
};

/**
 * The head in the rig: a rigid pose, since a person before a small model is a giant in the world, with eyes as good as
 * ever. `out` may be `roomFromHead`.
 */
export function headInRig(rigFromRoom: Pose, roomFromHead: Pose, out: Pose): Pose {
  return withoutScale(multiplyPose(out, rigFromRoom, roomFromHead));
}
