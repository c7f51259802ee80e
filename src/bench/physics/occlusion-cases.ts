import { createPose, poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { surfaceClasses, type SurfaceClass } from '../../../workers/layout/classes';
import { atClass, primitiveStride } from '../../../workers/layout/primitives';
import type { SceneWindow } from '../../../workers/layout/scene-window';
import { hit, traceRay } from '../../../workers/layout/trace';
import { eyeCamera, eyeSize } from './occlusion-plan';

/** A ball that is partly hidden by the true geometry, and the eye that looks at it. */
export type OcclusionCase = {
  worldFromEye: Pose;
  ball: { x: number; y: number; z: number; radiusM: number };
  /** What hides it. */
  edge: SurfaceClass;
  distanceM: number;
  baselineCm: number;
  /** One byte a pixel of the eye's picture, rows from the top: 1 where the ball is really seen. */
  truth: Uint8Array;
  visibleShare: number;
};

/** Sizes that the product throws: from a hand, and from a click. */
export const ballRadiiM = [0.05, 0.11] as const;
/** Partly hidden: neither nearly all nor nearly nothing is seen. */
const leastShare = 0.15;
const mostShare = 0.85;
/** Of what hides it, and how far behind that the ball may be, metres: what one sees when one throws past something. */
const nearestM = 0.8;
const farthestM = 3;
const deepestM = 1.5;
/** Leaves have no outline that anybody could agree about: few, and in a group of their own. */
const plantShare = 0.1;
/** Directions searched for an edge, from the model's axis: what the model's picture surely shows, radians. */
const widestYaw = 0.6;
const lowestPitch = -0.6;
const highestPitch = 0.15;
/** A step in direction between two rays that may have an edge between them, radians. */
const edgeStep = 0.004;

/** First hit of a ray, metres; infinite for the sky. Direction of unit length. */
function seeM(scene: SceneWindow, from: Pose, x: number, y: number, z: number, mostM: number): number {
  return traceRay(scene, from[12]!, from[13]!, from[14]!, x, y, z, mostM, false) ? hit.distance : Number.POSITIVE_INFINITY;
}

/** Whether the head may go from one place to another with a hand's breadth to spare. */
export function isFreeWay(scene: SceneWindow, from: Pose, toX: number, toY: number, toZ: number): boolean {
  const [x, y, z] = [toX - from[12]!, toY - from[13]!, toZ - from[14]!];
  const way = Math.hypot(x, y, z);
  return way === 0 || seeM(scene, from, x / way, y / way, z / way, way + 0.15) === Number.POSITIVE_INFINITY;
}

/**
 * Looks for a place behind an edge: two rays beside each other of which one ends near and one goes on, and a ball
 * between the two depths, its middle about on the edge.
 * @param worldFromModel the directions searched are those that the model's picture has
 * @returns null when this try found none
 */
export function tryCase(
  scene: SceneWindow,
  worldFromModel: Pose,
  eyeAt: readonly [number, number, number],
  baselineCm: number,
  radiusM: number,
  random: () => number,
): OcclusionCase | null {
  const modelYaw = Math.atan2(worldFromModel[8]!, worldFromModel[10]!);
  const yaw = modelYaw + (2 * random() - 1) * widestYaw;
  const pitch = lowestPitch + random() * (highestPitch - lowestPitch);
  const eye = poseFromYawPitch(eyeAt, yaw, pitch);
  const edge = nextEdge(scene, eyeAt, yaw, pitch);
  if (!edge || edge.nearM < nearestM) return null;
  if (edge.surface === 'plant' && random() > plantShare) return null;
  const from = edge.nearM + 1.3 * radiusM;
  const to = Math.min(edge.farM - 1.3 * radiusM, edge.nearM + deepestM);
  if (from >= to) return null;
  const distanceM = from + random() * (to - from);
  const aside = ((2 * random() - 1) * 0.7 * radiusM) / distanceM;
  poseFromYawPitch(eyeAt, edge.yaw + aside, pitch, 0, eye);
  const ball = {
    x: eyeAt[0] - eye[8]! * distanceM,
    y: eyeAt[1] - eye[9]! * distanceM,
    z: eyeAt[2] - eye[10]! * distanceM,
    radiusM,
  };
  if (ball.y < radiusM) return null;
  const truth = trueMask(scene, eye, ball);
  if (truth === null) return null;
  const { mask, visibleShare } = truth;
  if (visibleShare < leastShare || visibleShare > mostShare) return null;
  return { worldFromEye: eye, ball, edge: edge.surface, distanceM, baselineCm, truth: mask, visibleShare };
}

/** The first jump in depth beside a direction, turning to the left. */
function nextEdge(scene: SceneWindow, eyeAt: readonly [number, number, number], yaw: number, pitch: number) {
  const at = createPose();
  const look = (angle: number): { m: number; surface: SurfaceClass } => {
    poseFromYawPitch(eyeAt, angle, pitch, 0, at);
    const m = seeM(scene, at, -at[8]!, -at[9]!, -at[10]!, 60);
    const primitive = hit.primitive;
    const surface = primitive >= 0 ? surfaceClasses[scene.primitives[primitive * primitiveStride + atClass]!]! : 'ground';
    return { m, surface };
  };
  let before = look(yaw);
  for (let k = 1; k <= 50; k++) {
    const angle = yaw + k * edgeStep;
    const here = look(angle);
    const [near, far] = here.m < before.m ? [here, before] : [before, here];
    if (far.m > near.m + 0.3 && near.m < farthestM && near.surface !== 'ground') {
      return { yaw: angle - edgeStep / 2, nearM: near.m, farM: far.m, surface: near.surface };
    }
    before = here;
  }
  return null;
}

/** Which pixels show the ball, by rays. @returns null when the ball is nowhere in the picture */
export function trueMask(
  scene: SceneWindow,
  worldFromEye: Pose,
  ball: { x: number; y: number; z: number; radiusM: number },
): { mask: Uint8Array; visibleShare: number } | null {
  const { fx, fy, cx, cy } = eyeCamera;
  const m = worldFromEye;
  const mask = new Uint8Array(eyeSize * eyeSize);
  const [bx, by, bz] = [ball.x - m[12]!, ball.y - m[13]!, ball.z - m[14]!];
  let covered = 0;
  let seen = 0;
  for (let y = 0; y < eyeSize; y++) {
    for (let x = 0; x < eyeSize; x++) {
      const rx = (x + 0.5 - cx) / fx;
      const ry = -(y + 0.5 - cy) / fy;
      const length = Math.hypot(rx, ry, 1);
      const dx = (m[0]! * rx + m[4]! * ry - m[8]!) / length;
      const dy = (m[1]! * rx + m[5]! * ry - m[9]!) / length;
      const dz = (m[2]! * rx + m[6]! * ry - m[10]!) / length;
      const along = dx * bx + dy * by + dz * bz;
      const inside = ball.radiusM ** 2 - (bx * bx + by * by + bz * bz - along * along);
      if (inside < 0 || along <= 0) continue;
      covered++;
      const toBallM = along - Math.sqrt(inside);
      if (seeM(scene, m, dx, dy, dz, toBallM) < toBallM) continue;
      mask[y * eyeSize + x] = 1;
      seen++;
    }
  }
  return covered === 0 ? null : { mask, visibleShare: seen / covered };
}

/** Share of two masks' pixels that both have, of those that any has; 1 when neither has one. */
export function iou(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let any = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i]! & b[i]!;
    any += a[i]! | b[i]!;
  }
  return any === 0 ? 1 : both / any;
}
