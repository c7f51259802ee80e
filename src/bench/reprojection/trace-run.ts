import { Ahead } from './ahead';
import { findTrace } from './head-trace';
import { eyePose } from './lattice-views';
import type { Pose } from '../../math/types';
import type { Plan } from './plan';
import type { TraceRow } from './result';
import type { SceneClient } from './scene-client';
import { displayMs, predictedPoses } from './simulated-model';
import type { BenchStage } from './stage';
import { leadFrames, planRun, withLead } from './trace-plan';
import { TraceSim, type SentFrame } from './trace-sim';
import { TruthShelf, type WantedTruth } from './truth-shelf';
import { buildUncutMesh } from './uncut-mesh';

/** Model frames built ahead of the display. */
const framesAhead = 4;

export type TraceOutcome = { rows: TraceRow[]; displayFrames: number };

/**
 * Walks simulated models along the head trace.
 * @param latenciesMs some of those of the plan, for which the page predicts the same poses
 * @param onDisplay called after each display frame with the share done
 */
export async function runTraces(
  plan: Plan,
  latenciesMs: readonly [number, number][],
  client: SceneClient,
  stage: BenchStage,
  onDisplay: (share: number) => void,
): Promise<TraceOutcome> {
  const [sceneSeed] = plan.sceneSeeds;
  await client.open(sceneSeed);
  const lead = leadFrames(plan.latenciesMs);
  const trace = withLead(findTrace(sceneSeed, plan.tracePartS, plan.seed), lead);
  const heads = trace.worldFromHead;
  const poses = predictedPoses(heads, latenciesMs[0][0]);
  const shelf = new TruthShelf(client, (frame, eye) => eyePose(heads[frame], eye));
  const rows: TraceRow[] = [];
  const total = plan.modelHz.length * heads.length;
  let done = 0;
  for (const modelHz of plan.modelHz) {
    const runs = latenciesMs.map((latency) => planRun(plan, latency, modelHz, heads.length, lead));
    const sims = runs.map((run) => new TraceSim(run, trace, stage, (frame, eye) => shelf.get(frame, eye)));
    await client.begin();
    shelf.plan(wantedOf(runs, heads.length));
    const frames = framesOf(plan, client, poses, runs[0].steps);
    const arrived: (SentFrame | null)[] = [];
    for (let k = 0; k < heads.length; k++) {
      const newest = Math.max(...sims.map((sim) => sim.newestBy(k)));
      while (arrived.length <= newest) arrived.push(await frames.take(arrived.length));
      for (const sim of sims) await sim.display(k, (index) => arrived[index]!);
      // Whoever still waits for a frame needs it; what all have got may go.
      arrived.fill(null, 0, Math.min(...sims.map((sim) => sim.arrived)));
      onDisplay(++done / total);
    }
    for (const [i, sim] of sims.entries()) {
      const { latencyMs, spreadMs: latencySpreadMs } = runs[i];
      const displayFrames = heads.length;
      rows.push(...sim.score.rows({ latencyMs, latencySpreadMs, modelHz, displayFrames, modelFrames: sim.arrived }));
      sim.dispose();
    }
  }
  return { rows, displayFrames: heads.length };
}

/** Model frames of one sequence, painted and built ahead of time. @param steps display frames in which they begin */
function framesOf(plan: Plan, client: SceneClient, poses: readonly Pose[], steps: readonly number[]): Ahead<SentFrame> {
  return new Ahead(steps.length, framesAhead, async (i) => {
    const pose = poses[steps[i]];
    // Frames of the same pose are painted once: slower rates use every so many of the faster one's.
    const sent = await client.assemble(pose, plan.traceSourceSize, displayMs(steps[i]), false, pose.join(' '));
    const { width, height } = sent.frame.camera;
    return { ...sent, uncut: buildUncutMesh(sent.inverseDepth, width, height) };
  }).start();
}

/** Truths in the order in which the simulations will ask for them. */
function wantedOf(runs: readonly { pairs: readonly { first: number; eye: 'left' | 'right' }[] }[], frames: number): WantedTruth[] {
  const out: WantedTruth[] = [];
  for (let k = 0; k < frames; k++) {
    for (const { pairs } of runs) {
      const pair = pairs.find(({ first }) => first === k || first + 1 === k);
      // The left eye has the pairs that are the same for all models.
      if (pair) out.push({ frame: k, eye: pair.eye, keep: pair.eye === 'left' });
    }
  }
  return out;
}
