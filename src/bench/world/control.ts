import { angleBetween, createPose, invertRigid, multiplyPose, poseFromYawPitch } from '../../math/pose';
import { createRandom } from '../../math/hash';
import type { Pose } from '../../math/types';
import { MapCollider } from '../../../workers/layout/collision';
import { createMapView } from '../../../workers/layout/map-view';
import { chooseSpawn } from '../../../workers/layout/spawn';
import type { SemanticMap } from '../../../workers/layout/things';
import { rgbaOf } from './fidelity';
import { OpenedWorld, trueMapOf } from './opened-world';
import type { WorldPlan } from './plan';
import { solvePose, type Rgbd } from './pose-solver';
import type { ControlRow, CounterfactualRow } from './result';
import { strollPoses } from './stroller';

/** A move of the head, metres and radians, in its own heading: right, up, back, and a turn to the left. */
export type Move = { rightM: number; backM: number; turnRad: number };

const leastStepM = 0.1;
const mostStepM = 0.3;
const mostTurnRad = (6 * Math.PI) / 180;
/** Of a counterfactual: the one step, and the turn where only that is asked for. */
const pairStepM = 0.2;
const pairTurnRad = (4 * Math.PI) / 180;
/** Room a head must have where it goes, metres. */
const roomM = 0.35;
/** Metres between two states along the stroll. */
const strideM = 0.2;

/** Where a move leads; null when something stands there. */
export function afterMove(collider: MapCollider, pose: Pose, { rightM, backM, turnRad }: Move): Pose | null {
  const yaw = Math.atan2(pose[8], pose[10]);
  const x = pose[12] + Math.cos(yaw) * rightM + Math.sin(yaw) * backM;
  const z = pose[14] - Math.sin(yaw) * rightM + Math.cos(yaw) * backM;
  if (collider.clearance(x, z, 0, roomM) < roomM) return null;
  const pitch = Math.asin(Math.max(-1, Math.min(1, -pose[9])));
  return poseFromYawPitch([x, pose[13], z], yaw + turnRad, pitch);
}

/** Recovers from consecutive pictures and their depth how the head moved, and compares it with what was asked for. */
export async function benchControl(
  manifestFile: string,
  plan: WorldPlan,
  onProgress: (text: string) => void,
): Promise<(ControlRow | CounterfactualRow)[]> {
  const world = await OpenedWorld.open(manifestFile, { map: 'true' });
  const rows: (ControlRow | CounterfactualRow)[] = [];
  const perWalk = Math.ceil(plan.controlSteps / plan.walks.length);
  for (const { seed, hour } of plan.walks) {
    const map = trueMapOf(world.layoutKind, seed);
    const states = statesOf(map, 4 * perWalk);
    await world.begin(seed, hour, states[0]);
    const collider = new MapCollider(map);
    const random = createRandom(seed);
    let steps = 0;
    for (const state of states) {
      if (steps === perWalk) break;
      const move = chooseMove(random);
      const next = afterMove(collider, state, move);
      if (!next) continue;
      steps++;
      onProgress(`control in world ${seed}, step ${steps} of ${perWalk}`);
      rows.push(await measureStep(world, seed, state, next, move));
    }
    const perState = Math.ceil(plan.counterfactualStates / plan.walks.length);
    const spread = states.filter((_, k) => k % Math.max(1, Math.floor(states.length / perState)) === 0).slice(0, perState);
    for (const state of spread) rows.push(...(await compareActions(world, seed, collider, state)));
  }
  await world.close();
  return rows;
}

function statesOf(map: SemanticMap, count: number): Pose[] {
  return strollPoses(map, chooseSpawn(map), count, strideM);
}

function chooseMove(random: () => number): Move {
  const way = random() * 2 * Math.PI;
  const step = leastStepM + (mostStepM - leastStepM) * random();
  return { rightM: Math.cos(way) * step, backM: Math.sin(way) * step, turnRad: mostTurnRad * (2 * random() - 1) };
}

async function measureStep(world: OpenedWorld, seed: number, a: Pose, b: Pose, move: Move): Promise<ControlRow> {
  const asked = bFromA(a, b);
  const found = solvePose(await paintedAt(world, a), await paintedAt(world, b), world.camera);
  const floor = solvePose(mapAt(world, a), mapAt(world, b), world.camera);
  const error = poseError(found, asked);
  const least = poseError(floor, asked);
  return {
    kind: 'control',
    seed,
    stepM: Math.hypot(move.rightM, move.backM),
    turnDeg: (move.turnRad * 180) / Math.PI,
    rotationErrDeg: error.rotationDeg,
    translationErrPct: error.translationPct,
    floorRotationErrDeg: least.rotationDeg,
    floorTranslationErrPct: least.translationPct,
  };
}

/** Opposite actions from one state, each judged by what its picture shows. */
async function compareActions(world: OpenedWorld, seed: number, collider: MapCollider, state: Pose): Promise<CounterfactualRow[]> {
  const rest = { rightM: 0, backM: 0, turnRad: 0 };
  const pairs: [CounterfactualRow['actions'], Move, Move][] = [
    ['left and right', { ...rest, rightM: -pairStepM }, { ...rest, rightM: pairStepM }],
    ['forward and back', { ...rest, backM: -pairStepM }, { ...rest, backM: pairStepM }],
    ['turn left and right', { ...rest, turnRad: pairTurnRad }, { ...rest, turnRad: -pairTurnRad }],
  ];
  const before = await paintedAt(world, state);
  const rows: CounterfactualRow[] = [];
  for (const [actions, ...moves] of pairs) {
    const answers: boolean[] = [];
    for (const move of moves) {
      const next = afterMove(collider, state, move);
      if (!next) continue;
      // Each of the two begins in the state itself, whatever the network keeps between frames.
      await paintedAt(world, state);
      const found = solvePose(before, await paintedAt(world, next), world.camera);
      answers.push(goesTheWay(found, bFromA(state, next)));
    }
    if (answers.length === 2) rows.push({ kind: 'counterfactual', seed, actions, isRight: answers.every(Boolean) });
  }
  return rows;
}

/** Whether a recovered change is the asked one, by half to one and a half times as much; of the turn or the way. */
export function goesTheWay(found: Pose, asked: Pose): boolean {
  const yaw = (pose: Pose): number => Math.atan2(pose[8], pose[10]);
  const dot = found[12] * asked[12] + found[13] * asked[13] + found[14] * asked[14];
  const length = asked[12] ** 2 + asked[13] ** 2 + asked[14] ** 2;
  const share = length > 1e-6 ? dot / length : yaw(found) / yaw(asked);
  return share >= 0.5 && share <= 1.5;
}

export function bFromA(a: Pose, b: Pose): Pose {
  return multiplyPose(createPose(), invertRigid(createPose(), b), a);
}

/** @param asked a change with a step in it */
export function poseError(found: Pose, asked: Pose): { rotationDeg: number; translationPct: number } {
  const off = Math.hypot(found[12] - asked[12], found[13] - asked[13], found[14] - asked[14]);
  return {
    rotationDeg: (angleBetween(found, asked) * 180) / Math.PI,
    translationPct: (100 * off) / Math.hypot(asked[12], asked[13], asked[14]),
  };
}

async function paintedAt(world: OpenedWorld, pose: Pose): Promise<Rgbd> {
  const { color, inverseDepth } = await world.step(pose);
  if (!inverseDepth) throw new Error('This world has no depth of its own, so control cannot be measured in it.');
  return { color: color.slice(), inverseDepth: inverseDepth.slice() };
}

function mapAt(world: OpenedWorld, pose: Pose): Rgbd {
  const view = createMapView(world.camera.width, world.camera.height);
  world.viewMap(pose, view);
  return { color: rgbaOf(view), inverseDepth: view.inverseDepth };
}
