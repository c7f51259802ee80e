import { MapCollider } from '../../../workers/layout/collision';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { createPose, multiplyPose, poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { eyeHeightM, roomAt } from './history-walk';
import { eyeDistanceM, randomFor, shuffled, type Plan } from './plan';

export type Eye = 'left' | 'right';
/** One picture of the lattice. */
export type LatticeView = { baselineCm: number; rotationDeg: number; eye: Eye; worldFromEye: Pose };

/** Room that the head keeps from walls, metres. */
const headRoomM = 0.25;

type Turn = 'left' | 'right' | 'up' | 'down';
/** How heads turn, as often as they do so. */
const turns: readonly Turn[] = ['left', 'right', 'left', 'right', 'up', 'left', 'right', 'down'];

/** All 26 neighbours in a cube, unit length, in the axes of the source camera's heading: right, up, back. */
export function latticeDirections(): [number, number, number][] {
  const out: [number, number, number][] = [];
  for (let x = -1; x <= 1; x++) {
    for (let y = -1; y <= 1; y++) {
      for (let z = -1; z <= 1; z++) {
        const length = Math.hypot(x, y, z);
        if (length > 0) out.push([x / length, y / length, z / length]);
      }
    }
  }
  return out;
}

/** worldFromEye, half the eye distance to the side of the head. */
export function eyePose(worldFromHead: Pose, eye: Eye, out: Pose = createPose()): Pose {
  headFromEye[12] = ((eye === 'left' ? -1 : 1) * eyeDistanceM) / 2;
  return multiplyPose(out, worldFromHead, headFromEye);
}
const headFromEye = createPose();

/** Whether the head may go `metres` in this direction (source axes): no wall, no floor nearer than the room it keeps. */
function mayGo(collider: MapCollider, source: Pose, direction: readonly number[], metres: number): boolean {
  for (let share = 0.25; share <= 1; share += 0.25) {
    const [x, y, z] = moved(source, direction, metres * share);
    if (y < headRoomM || y > 2 * eyeHeightM || roomAt(collider, x, z, headRoomM + 0.05) <= headRoomM) return false;
  }
  return true;
}

function moved(source: Pose, [x, y, z]: readonly number[], metres: number): [number, number, number] {
  return [0, 1, 2].map((i) => source[12 + i] + metres * (source[i] * x + source[4 + i] * y + source[8 + i] * z)) as [
    number,
    number,
    number,
  ];
}

/** The views of one scene's lattice around its source pose: baselines x directions x rotations x eyes. */
export function latticeViews(plan: Plan, sceneSeed: number, source: Pose): LatticeView[] {
  const collider = new MapCollider(new CourtyardMap(sceneSeed));
  const all = latticeDirections();
  const farthestM = Math.max(...plan.baselinesCm) / 100;
  const chosen = shuffled(all.length, randomFor(plan.seed, `directions ${sceneSeed}`))
    .map((i) => all[i])
    .filter((direction) => mayGo(collider, source, direction, farthestM))
    .slice(0, plan.directions);
  const firstTurn = Math.floor(randomFor(plan.seed, `turns ${sceneSeed}`)() * turns.length);
  const views: LatticeView[] = [];
  for (const baselineCm of plan.baselinesCm) {
    for (const rotationDeg of plan.rotationsDeg) {
      const done = new Set<string>();
      for (const [k, direction] of chosen.entries()) {
        const turn = turns[(firstTurn + k) % turns.length];
        // Without a baseline all directions are the same view, without a rotation all turns.
        const key = `${baselineCm > 0 ? k : ''} ${rotationDeg > 0 ? turn : ''}`;
        if (done.has(key)) continue;
        done.add(key);
        const head = headPose(source, direction, baselineCm / 100, turn, rotationDeg);
        for (const eye of ['left', 'right'] as const) {
          views.push({ baselineCm, rotationDeg, eye, worldFromEye: eyePose(head, eye) });
        }
      }
    }
  }
  return views;
}

function headPose(source: Pose, direction: readonly number[], metres: number, turn: Turn, deg: number): Pose {
  const rad = (deg * Math.PI) / 180;
  const yaw = turn === 'left' ? rad : turn === 'right' ? -rad : 0;
  const pitch = turn === 'up' ? rad : turn === 'down' ? -rad : 0;
  const head = multiplyPose(createPose(), source, poseFromYawPitch([0, 0, 0], yaw, pitch));
  head.set(moved(source, direction, metres), 12);
  return head;
}
