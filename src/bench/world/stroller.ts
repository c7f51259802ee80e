import { poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { MapCollider } from '../../../workers/layout/collision';
import type { SemanticMap } from '../../../workers/layout/things';

const bodyM = 0.3;
const eyeM = 1.6;
/** How far ahead the way must be free, metres, and how far a turn goes where it is not, radians. */
const aheadM = 0.9;
const turnRad = 0.12;
/** No step is longer than the collider can slide. */
const mostStepM = 0.25;

/** Somebody who goes straight on, turns away where the way ends, and looks to the sides a little. Needs no dice. */
export class Stroller {
  private readonly collider: MapCollider;
  private readonly place: { x: number; z: number };
  private yaw: number;
  private frame = 0;
  /** Metres walked. */
  wayM = 0;

  /** @param map may grow while one walks @param strideM of one frame, at most 0.25 */
  constructor(
    map: SemanticMap,
    start: Pose,
    private readonly strideM: number,
  ) {
    if (!(strideM > 0 && strideM <= mostStepM)) throw new RangeError(`A stride is up to ${mostStepM} m, not ${strideM}.`);
    this.collider = new MapCollider(map);
    this.place = { x: start[12], z: start[14] };
    this.yaw = Math.atan2(start[8], start[10]);
  }

  /** Where the head is in the next frame: eyes 1.6 m above the floor. */
  next(): Pose {
    const { collider, place, strideM } = this;
    const [forwardX, forwardZ] = [-Math.sin(this.yaw), -Math.cos(this.yaw)];
    if (collider.clearance(place.x + forwardX * aheadM, place.z + forwardZ * aheadM, 0, 0.6) > 0.5) {
      const [fromX, fromZ] = [place.x, place.z];
      collider.slide(fromX, fromZ, fromX + forwardX * strideM, fromZ + forwardZ * strideM, bodyM, place);
      this.wayM += Math.hypot(place.x - fromX, place.z - fromZ);
    } else {
      this.yaw += turnRad;
    }
    const k = this.frame++;
    const glance = 0.25 * Math.sin(k * 0.05);
    const floor = collider.groundHeight(place.x, place.z);
    return poseFromYawPitch([place.x, floor + eyeM, place.z], this.yaw + glance, -0.05 + 0.05 * Math.sin(k * 0.03));
  }
}

/** The poses of a stroll over a map that is known. */
export function strollPoses(map: SemanticMap, start: Pose, frames: number, strideM = 0.08): Pose[] {
  const stroller = new Stroller(map, start, strideM);
  return Array.from({ length: frames }, () => stroller.next());
}
