import { MapCollider } from '../../../workers/layout/collision';
import type { SceneWindow } from '../../../workers/layout/scene-window';
import { chooseSpawn } from '../../../workers/layout/spawn';
import { multiplyPose, createPose, poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { tryCase } from './occlusion-cases';

const eyeHeightM = 1.6;
/** Room round the head, metres, and places within this of where the world begins. */
const roomM = 0.45;
const aroundM = 25;
const tries = 3000;
/** A place is good when so many of these tries find something to hide a ball. */
const looks = 40;
const goodLooks = 3;
const testRadiusM = 0.11;

/** Poses of level heads in free places with columns, walls or the like near ahead. */
export function findPlaces(scene: SceneWindow, count: number, random: () => number): Pose[] {
  const collider = new MapCollider(scene.map);
  const spawn = chooseSpawn(scene.map);
  const places: Pose[] = [];
  for (let k = 0; k < tries && places.length < count; k++) {
    const x = spawn[12]! + (2 * random() - 1) * aroundM;
    const z = spawn[14]! + (2 * random() - 1) * aroundM;
    if (collider.groundHeight(x, z) > 0 || collider.clearance(x, z, 0, roomM) < roomM) continue;
    const pose = poseFromYawPitch([x, eyeHeightM, z], random() * 2 * Math.PI, -0.1);
    scene.centreOn(x, z);
    let found = 0;
    for (let look = 0; look < looks && found < goodLooks; look++) {
      const one = tryCase(scene, pose, [x, eyeHeightM, z], 0, testRadiusM, random);
      if (one && one.edge !== 'plant') found++;
    }
    if (found === goodLooks) places.push(pose);
  }
  return places;
}

/** A short way to a place, a step aside and a turn, so that there are older frames: the place itself comes last. */
export function wayTo(place: Pose): Pose[] {
  return [
    [-0.24, 0.14],
    [-0.12, 0.07],
    [0, 0],
  ].map(([asideM, yaw]) => multiplyPose(createPose(), place, poseFromYawPitch([asideM!, 0, 0], yaw!, 0)));
}
