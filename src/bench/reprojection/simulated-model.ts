import { createPoseHistory, predictionLimits, predictPose, pushPose } from '../../action/predict';
import { createPose } from '../../math/pose';
import type { Pose } from '../../math/types';
import { displayHz } from './plan';

/** Time from the end of a model step to light that the page adds to its prediction, ms: `showMs` of `src/app/visit.ts`. */
const showMs = 16;

/** Moment of a display frame, ms. */
export function displayMs(frame: number): number {
  return (frame * 1000) / displayHz;
}

/**
 * Where the model paints if a step begins in a display frame: the pose that the page predicts in that frame, with the
 * product's own code and limits. Latencies beyond the longest prediction all give the same poses.
 * @returns one pose a display frame
 */
export function predictedPoses(worldFromHead: readonly Pose[], latencyMs: number): Pose[] {
  const history = createPoseHistory();
  return worldFromHead.map((pose, frame) => {
    pushPose(history, displayMs(frame), pose);
    return predictPose(history, displayMs(frame) + latencyMs + showMs, createPose());
  });
}

/** Display frames in which a step of a model of this rate begins; every rate divides the display's. */
export function stepFrames(displayFrames: number, modelHz: number): number[] {
  const every = displayHz / modelHz;
  return Array.from({ length: Math.ceil(displayFrames / every) }, (_, k) => Math.round(k * every));
}

/** Latencies for which the page predicts the same poses, so that the same model frames serve all of them. */
export function latencyGroups(latenciesMs: readonly [number, number][]): [number, number][][] {
  const groups = new Map<number, [number, number][]>();
  for (const latency of latenciesMs) {
    const horizonMs = Math.min(latency[0] + showMs, predictionLimits.horizonMs);
    groups.set(horizonMs, [...(groups.get(horizonMs) ?? []), latency]);
  }
  return [...groups.values()];
}
