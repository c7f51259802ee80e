import { headingYaw, multiplyPose, poseFromYawPitch } from '../math/pose';
import { wrapAngle } from '../math/scalars';
import type { Pose } from '../math/types';

/** Height of the eyes above the floor on the page, metres. */
export const pageEyeHeightM = 1.6;
/** The page's camera pitches no further than this, radians (85 degrees), up or down. */
export const maxPagePitchRad = (85 * Math.PI) / 180;

/** What locomotion moves: the floor on which the person, or the headset's tracked room, stands. Always level. */
export type Rig = {
  /** Origin of the rig's floor in the world, metres. */
  x: number;
  y: number;
  z: number;
  /** Positive to the left; 0 looks along -Z. */
  yawRad: number;
  /** Pitch of the page's camera, positive up; a headset has its own and ignores this. */
  pagePitchRad: number;
};

export function createRig(): Rig {
  return { x: 0, y: 0, z: 0, yawRad: 0, pagePitchRad: 0 };
}

const position: [number, number, number] = [0, 0, 0];

export function worldFromRig(rig: Rig, out: Pose): Pose {
  position[0] = rig.x;
  position[1] = rig.y;
  position[2] = rig.z;
  return poseFromYawPitch(position, rig.yawRad, 0, 0, out);
}

/** The head of a person without a headset: upright above the rig's origin, pitched by the mouse. */
export function pageRigFromHead(rig: Rig, out: Pose): Pose {
  position[0] = 0;
  position[1] = pageEyeHeightM;
  position[2] = 0;
  return poseFromYawPitch(position, 0, rig.pagePitchRad, 0, out);
}

/** Head in the world, from the rig and what the headset (or {@link pageRigFromHead}) says. */
export function worldFromHead(rig: Rig, rigFromHead: Pose, out: Pose): Pose {
  return multiplyPose(out, worldFromRig(rig, out), rigFromHead);
}

/** World x of the head. */
export function headX(rig: Rig, rigFromHead: Pose): number {
  return rig.x + Math.cos(rig.yawRad) * rigFromHead[12] + Math.sin(rig.yawRad) * rigFromHead[14];
}

/** World z of the head. */
export function headZ(rig: Rig, rigFromHead: Pose): number {
  return rig.z - Math.sin(rig.yawRad) * rigFromHead[12] + Math.cos(rig.yawRad) * rigFromHead[14];
}

/** Direction that the head faces on the floor, radians, whatever its pitch. */
export function headHeadingRad(rig: Rig, rigFromHead: Pose): number {
  return rig.yawRad + headingYaw(rigFromHead);
}

/** Turns the rig about the head's own vertical, so that the head stays in its place. Positive turns to the left. */
export function turnAboutHead(rig: Rig, rigFromHead: Pose, angleRad: number): void {
  const x = headX(rig, rigFromHead);
  const z = headZ(rig, rigFromHead);
  rig.yawRad = wrapAngle(rig.yawRad + angleRad);
  rig.x += x - headX(rig, rigFromHead);
  rig.z += z - headZ(rig, rigFromHead);
}

/** Pitches the page's camera within its limits. */
export function pitchPage(rig: Rig, angleRad: number): void {
  rig.pagePitchRad = Math.min(Math.max(rig.pagePitchRad + angleRad, -maxPagePitchRad), maxPagePitchRad);
}

/**
 * Moves the rig so that the head stands where `worldHead` stands and faces the same way: opening a world, recentring,
 * passing between page and headset. The floor comes to `floorY`; by default an eye height below `worldHead`.
 */
export function placeHead(rig: Rig, rigFromHead: Pose, worldHead: Pose, floorY = worldHead[13] - pageEyeHeightM): void {
  rig.yawRad = wrapAngle(headingYaw(worldHead) - headingYaw(rigFromHead));
  rig.pagePitchRad = 0;
  pitchPage(rig, Math.asin(Math.min(Math.max(-worldHead[9], -1), 1)));
  rig.x += worldHead[12] - headX(rig, rigFromHead);
  rig.z += worldHead[14] - headZ(rig, rigFromHead);
  rig.y = floorY;
}
