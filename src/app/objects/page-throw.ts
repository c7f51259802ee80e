import { createPose, multiplyPose, poseFromYawPitch } from '../../math/pose';
import type { BodySpec } from '../../physics/body';
import { createControls } from '../../xr/controls';
import type { PageClick } from '../../xr/devices/page-click';
import { addPagePointer } from '../../xr/devices/page-pointer';
import { pageFovYDeg } from '../page-camera';
import type { ThingsVisit } from './things';
import { pageThingRadiusM, type ThingShape } from './thing-size';
import { aimedPoint, lobVelocity } from './throwing';

const speedMps = 8;
/** It rolls forward in the air, so that one sees it turn. */
const spinRadPerS = 7;
/** From the lower right of the view, well within the visitor's own room: right, up, back, metres. */
const fromHand = [0.1, -0.16, -0.12] as const;

/** A throw from the page's camera, as that stood when it was clicked: the physics may still have to come. */
export class PageThrow {
  readonly spec: BodySpec;

  constructor(
    { worldFromHead, worldFromRig, collider }: Pick<ThingsVisit, 'worldFromHead' | 'worldFromRig' | 'collider'>,
    click: PageClick | null,
    shape: ThingShape,
  ) {
    const controls = createControls();
    const { x, y, width, height } = click ?? { x: 0.5, y: 0.5, width: 1, height: 1 };
    addPagePointer(controls, x, y, width, height, (pageFovYDeg(width / height) * Math.PI) / 180, 1);
    const m = worldFromHead;
    const ray = multiplyPose(createPose(), m, controls.pointers[0]!.spaceFromPointer);
    const eye = [m[12]!, m[13]!, m[14]!] as const;
    const direction = [-ray[8]!, -ray[9]!, -ray[10]!] as const;
    const from = eye.map((at, k) => at + m[k]! * fromHand[0] + m[4 + k]! * fromHand[1] + m[8 + k]! * fromHand[2]);
    const target = aimedPoint(eye, direction, collider, worldFromRig[13]!, [0, 0, 0]);
    const [dx, , dz] = direction;
    const level = Math.hypot(dx, dz) || 1;
    this.spec = {
      shape,
      radiusM: pageThingRadiusM(shape),
      worldFromBody: poseFromYawPitch(from, Math.atan2(-dx, -dz), 0),
      velocityMps: lobVelocity(from, target, speedMps, [0, 0, 0]),
      angularRadPerS: [(spinRadPerS * dz) / level, 0, (-spinRadPerS * dx) / level],
    };
  }
}
