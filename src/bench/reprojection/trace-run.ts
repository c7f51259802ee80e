import { findTrace } from './head-trace';
import { eyePose } from './lattice-views';
import type { Plan } from './plan';
import type { TraceRow } from './result';
import { Ahead, type SceneClient } from './scene-client';
import { displayMs, predictedPoses } from './simulated-model';
import type { BenchStage } from './stage';
import { leadFrames, planRun, withLead } from './trace-plan';
import { TraceSim, type SentFrame } from './trace-sim';
import { TruthShelf, type WantedTruth } from './truth-shelf';
import { buildUncutMesh } from './uncut-mesh';
import type { Pose } from '../../math/types';

/** Model frames built ahead of the display. */
const framesAhead = 4;

export type TraceOutcome = { rows: TraceRow[]; displayFrames: number };

/** Latencies for which the product predicts the same poses, so that the same model frames serve all of them. */
type Group = { latencies: [number, number][]; poses: Pose[] };

function groupsOf(plan: Plan, worldFromHead: readonly Pose[]): Group[] {
  const groups: Group[] = [];
  for (const latency of plan.latenciesMs) {
    const poses = predictedPoses(worldFromHead, latency[0]);
    const same = groups.find((group) => group.poses.every((pose, k) => pose.every((value, i) => value === poses[k][i])));
    if (same) same.latencies.push(latency);
    else groups.push({ latencies: [latency], poses });
  }
  return groups;
}

/** Walks every simulated model along the head trace. @param onDisplay called after each display frame */
export async function runTraces(
  plan: Plan,
  client: SceneClient,
  stage: BenchStage,
  onDisplay: (done: number, total: number) => void,
): Promise<TraceOutcome> {
  const [sceneSeed] = plan.sceneSeeds;
  await client.open(sceneSeed);
  const lead = leadFrames(plan.latenciesMs);
  const trace = withLead(findTrace(sceneSeed, plan.tracePartS, plan.seed), lead);
  const heads = trace.worldFromHead;
  const shelf = new TruthShelf(client, (frame, eye) => eyePose(heads[frame], eye));
  const rows: TraceRow[] = [];
  const groups = groupsOf(plan, heads);
  const total = groups.length * plan.modelHz.length * heads.length;
  let done = 0;
  for (const { latencies, poses } of groups) {
    for (const modelHz of plan.modelHz) {
      const runs = latencies.map((latency) => planRun(plan, latency, modelHz, heads.length, lead));
      const sims = runs.map((run) => new TraceSim(run, trace, stage, (frame, eye) => shelf.get(frame, eye)));
      shelf.plan(wantedOf(runs, heads.length));
      await client.begin();
      const { steps } = runs[0];
      const frames = new Ahead(steps.length, framesAhead, async (i): Promise<SentFrame> => {
        const pose = poses[steps[i]];
        // Frames of the same pose are painted once: slower rates use every so many of the faster one's.
        const key = pose.join(' ');
        const sent = await client.frames.assemble(pose, plan.traceSourceSize, displayMs(steps[i]), false, key);
        const { width, height } = sent.frame.camera;
        return { ...sent, uncut: buildUncutMesh(sent.inverseDepth, width, height) };
      }).start();
      const arrived: (SentFrame | null)[] = [];
      for (let k = 0; k < heads.length; k++) {
        const newest = Math.max(...sims.map((sim) => sim.newestBy(k)));
        while (arrived.length <= newest) arrived.push(await frames.take(arrived.length));
        for (const sim of sims) await sim.display(k, (index) => arrived[index]!);
        arrived.fill(null, 0, Math.min(...sims.map((sim) => sim.arrived)));
        onDisplay(++done, total);
      }
      for (const [i, sim] of sims.entries()) {
        const { latencyMs, spreadMs: latencySpreadMs } = runs[i];
        const displayFrames = heads.length;
        rows.push(...sim.score.rows({ latencyMs, latencySpreadMs, modelHz, displayFrames, modelFrames: sim.arrived }));
        sim.dispose();
      }
    }
  }
  return { rows, displayFrames: heads.length };
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
