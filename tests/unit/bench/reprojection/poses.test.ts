import { expect, test } from 'vitest';
import { findTrace, motions } from '../../../../src/bench/reprojection/head-trace';
import { findWalk, roomAt } from '../../../../src/bench/reprojection/history-walk';
import { eyePose, latticeDirections, latticeViews } from '../../../../src/bench/reprojection/lattice-views';
import { displayHz, planOf } from '../../../../src/bench/reprojection/plan';
import { displayMs, predictedPoses, stepFrames } from '../../../../src/bench/reprojection/simulated-model';
import { leadFrames, planRun, withLead } from '../../../../src/bench/reprojection/trace-plan';
import { predictionLimits } from '../../../../src/action/predict';
import { angleBetween, distanceBetween, headingYaw, poseFromYawPitch } from '../../../../src/math/pose';
import { MapCollider } from '../../../../workers/layout/collision';
import { CourtyardMap } from '../../../../workers/layout/courtyards';

const plan = planOf(false, 6);
const [sceneSeed] = plan.sceneSeeds;
const collider = new MapCollider(new CourtyardMap(sceneSeed));
const deg = Math.PI / 180;

test('the worlds are none that a network was trained or judged on', () => {
  for (const seed of [0, 6, 500]) {
    for (const scene of planOf(true, seed).sceneSeeds) expect(scene).toBeGreaterThanOrEqual(2_000_000);
  }
});

test('the walk is free, a metre a second, looks to both sides and ends straight ahead', () => {
  const { poses, timesMs } = findWalk(sceneSeed, plan.historyFrames, 6);
  expect(poses).toHaveLength(12);
  let left = 0;
  let right = 0;
  let last = 0;
  for (let k = 1; k < poses.length; k++) {
    const seconds = (timesMs[k] - timesMs[k - 1]) / 1000;
    expect(distanceBetween(poses[k], poses[k - 1]) / seconds).toBeCloseTo(1, 3);
    expect(roomAt(collider, poses[k][12], poses[k][14], 0.4)).toBeGreaterThan(0.35);
    const way = Math.atan2(-(poses[k][12] - poses[k - 1][12]), -(poses[k][14] - poses[k - 1][14]));
    const look = Math.atan2(Math.sin(headingYaw(poses[k]) - way), Math.cos(headingYaw(poses[k]) - way));
    left = Math.max(left, look);
    right = Math.min(right, look);
    last = look;
  }
  expect(Math.abs(last)).toBeLessThan(4 * deg);
  expect(left).toBeGreaterThan(22 * deg);
  expect(right).toBeLessThan(-22 * deg);
});

test('the lattice has the baselines and rotations it says, for both eyes, and stays out of walls', () => {
  const source = findWalk(sceneSeed, plan.historyFrames, 6).poses[11];
  const views = latticeViews(plan, sceneSeed, source);
  expect(latticeDirections()).toHaveLength(26);
  for (const { baselineCm, rotationDeg, eye, worldFromEye } of views) {
    const toHead = eyePose(worldFromEye, eye === 'left' ? 'right' : 'left');
    const head = [12, 13, 14].map((i) => (worldFromEye[i] + toHead[i]) / 2);
    // The middle between an eye and its own far side is the eye itself moved half the distance inwards.
    expect(Math.hypot(head[0] - source[12], head[1] - source[13], head[2] - source[14]) * 100).toBeLessThan(baselineCm + 1.7);
    expect(angleBetween(worldFromEye, source) / deg).toBeCloseTo(rotationDeg, 3);
    expect(roomAt(collider, worldFromEye[12], worldFromEye[14], 0.25)).toBeGreaterThan(0.2);
  }
  const cells = new Set(views.map(({ baselineCm, rotationDeg }) => `${baselineCm} ${rotationDeg}`));
  expect(cells.size).toBe(plan.baselinesCm.length * plan.rotationsDeg.length);
  const of = (baselineCm: number, rotationDeg: number) =>
    views.filter((view) => view.baselineCm === baselineCm && view.rotationDeg === rotationDeg);
  expect(of(10, 20)).toHaveLength(2 * plan.directions);
  // The same picture twice would count twice.
  expect(of(0, 0)).toHaveLength(2);
});

test('eyes are 63 mm apart', () => {
  const head = poseFromYawPitch([1, 1.6, 2], 0.4, -0.2);
  expect(distanceBetween(eyePose(head, 'left'), eyePose(head, 'right'))).toBeCloseTo(0.063, 6);
});

test('the head trace is long enough, continuous and free', () => {
  const { worldFromHead, motion } = findTrace(sceneSeed, plan.tracePartS, 6);
  expect(worldFromHead.length).toBeGreaterThanOrEqual(1500);
  expect(new Set(motion)).toEqual(new Set(motions));
  for (let k = 1; k < worldFromHead.length; k++) {
    expect(distanceBetween(worldFromHead[k], worldFromHead[k - 1]) * displayHz).toBeLessThan(1.6);
    expect((angleBetween(worldFromHead[k], worldFromHead[k - 1]) / deg) * displayHz).toBeLessThan(300);
    expect(roomAt(collider, worldFromHead[k][12], worldFromHead[k][14], 0.4)).toBeGreaterThan(0.3);
  }
});

test('frames are painted ahead of the head by the latency, and never by more than the product predicts', () => {
  const yawRadPerMs = 0.001;
  const heads = Array.from({ length: 60 }, (_, k) => poseFromYawPitch([0, 1.6, 0], displayMs(k) * yawRadPerMs, 0));
  const aheadRad = (latencyMs: number) => angleBetween(predictedPoses(heads, latencyMs)[40], heads[40]);
  expect(aheadRad(50) / yawRadPerMs).toBeCloseTo(66, 0);
  expect(aheadRad(400) / yawRadPerMs).toBeCloseTo(predictionLimits.horizonMs, 0);
  expect(predictedPoses(heads, 150)).toEqual(predictedPoses(heads, 1000));
});

test('steps of every rate are display frames, and slower rates use frames of the fastest', () => {
  const fastest = new Set(stepFrames(600, 30));
  for (const hz of plan.modelHz) {
    const steps = stepFrames(600, hz);
    expect(steps).toHaveLength(10 * hz);
    expect(steps.every((frame) => Number.isInteger(frame) && fastest.has(frame))).toBe(true);
  }
});

test('before the trace there is time for the slowest model to answer, and every scored frame has a frame to show', () => {
  const lead = leadFrames(plan.latenciesMs);
  const trace = withLead(findTrace(sceneSeed, plan.tracePartS, 6), lead);
  const frames = trace.worldFromHead.length;
  for (const latency of plan.latenciesMs) {
    for (const hz of plan.modelHz) {
      const run = planRun(plan, latency, hz, frames, lead);
      expect(run.arrivalsMs[0]).toBeLessThan(displayMs(run.pairs[0].first));
      expect(run.pairs.length).toBeGreaterThan(plan.tracePairs * 0.8);
      const apart = run.pairs.map(({ first }, k) => first - (run.pairs[k - 1]?.first ?? 0));
      expect(Math.min(...apart)).toBeGreaterThan(1);
      expect(Math.max(...run.pairs.map(({ first }) => first)) + 2).toBeLessThan(frames);
      // Some pairs lie around the arrival of a frame.
      const shown = new Set([...run.arrivalsMs].map((atMs) => Math.ceil((atMs * displayHz) / 1000)));
      const moved = run.pairs.filter(({ eye }) => eye === 'right');
      expect(moved.filter(({ first }) => shown.has(first + 1)).length).toBeGreaterThan(moved.length / 2);
    }
  }
});

test('the same seed makes the same plan', () => {
  const run = () => {
    const source = findWalk(sceneSeed, 12, 6).poses[11];
    const trace = findTrace(sceneSeed, 2, 6);
    return [latticeViews(plan, sceneSeed, source), trace, planRun(plan, [400, 100], 5, trace.motion.length, 0)];
  };
  expect(run()).toEqual(run());
});
