import { createPose, invertRigid, multiplyPose, poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';

/** The rig is the form, `scale` times as large: similarity, rig (world metres) from room (metres). Allocates nothing. */
export function rigFromRoomOf(out: Pose, roomFromForm: Pose, scale: number): Pose {
  invertRigid(out, roomFromForm);
  for (let column = 0; column < 16; column += 4) {
    for (let row = 0; row < 3; row++) out[column + row] *= scale;
  }
  return out;
}

/** Turns a form in place about the vertical through `x, z` of the room, radians, positive to the left. */
export function turnForm(roomFromForm: Pose, x: number, z: number, angleRad: number): Pose {
  const turned = poseFromYawPitch([x, 0, z], angleRad, 0);
  const back = poseFromYawPitch([-x, 0, -z], 0, 0);
  return multiplyPose(roomFromForm, multiplyPose(turned, turned, back), roomFromForm);
}

/**
 * The same place after the runtime moved the origin of its reference space.
 * @param oldFromNewSpace the reset event's transform: the new origin in the old coordinates (WebXR, XRReferenceSpaceEvent)
 */
export function afterReset(roomFromForm: Pose, oldFromNewSpace: Pose): Pose {
  return multiplyPose(roomFromForm, invertRigid(createPose(), oldFromNewSpace), roomFromForm);
}

const rigid = createPose();

/** Where a pose of the room is in the form, metres of the room; `out` may be `pose`. Allocates nothing. */
export function inForm(out: Pose, roomFromForm: Pose, pose: Pose): Pose {
  return multiplyPose(out, invertRigid(rigid, roomFromForm), pose);
}
