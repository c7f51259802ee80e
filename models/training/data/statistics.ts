import { surfaceClasses } from '../../../workers/layout/classes';
import type { Sample } from './record';

/** What is in the data, as sums, so that shards can be added up. */
export type Statistics = {
  frames: number;
  texels: number;
  /** Texels of each of `surfaceClasses` in the map. */
  classTexels: number[];
  sunlitTexels: number;
  /** Texels whose true distance is below 2, 5, 10, 20, 62 m, and beyond. */
  distanceTexels: number[];
  /** Sum of the true pictures' luma, 0..1, over texels. */
  luma: number;
  /** Frames that follow another one in a clip, and what lies between: metres and radians, summed. */
  steps: number;
  stepM: number;
  turnRad: number;
  /** Windows of a larger picture. */
  windows: number;
  worlds: number[];
};

export const distanceLimitsM = [2, 5, 10, 20, 62] as const;

export function emptyStatistics(): Statistics {
  return {
    frames: 0,
    texels: 0,
    classTexels: surfaceClasses.map(() => 0),
    sunlitTexels: 0,
    distanceTexels: [...distanceLimitsM, 0].map(() => 0),
    luma: 0,
    steps: 0,
    stepM: 0,
    turnRad: 0,
    windows: 0,
    worlds: [],
  };
}

export function addToStatistics(sum: Statistics, { view, color, inverseDepth, camera, action, frameInClip, seed }: Sample): void {
  const n = view.width * view.height;
  sum.frames++;
  sum.texels += n;
  for (let i = 0; i < n; i++) {
    sum.classTexels[view.classIndex[i]!]!++;
    if (view.sunVisibility[i]! > 0.5 && view.classIndex[i]! > 0) sum.sunlitTexels++;
    const distanceM = 1 / inverseDepth[i]!;
    let bin = 0;
    while (bin < distanceLimitsM.length && distanceM >= distanceLimitsM[bin]!) bin++;
    sum.distanceTexels[bin]!++;
    sum.luma += (0.299 * color[4 * i]! + 0.587 * color[4 * i + 1]! + 0.114 * color[4 * i + 2]!) / 255;
  }
  if (frameInClip > 0) {
    const [right, up, back, turn, seconds] = action;
    sum.steps++;
    sum.stepM += Math.hypot(right, up, back) * seconds;
    sum.turnRad += Math.abs(turn) * seconds;
  }
  if (Math.abs(camera.cx - view.width / 2) > 0.01 || camera.fx > view.width) sum.windows++;
  if (!sum.worlds.includes(seed)) sum.worlds.push(seed);
}

export function sumStatistics(parts: readonly Statistics[]): Statistics {
  const sum = emptyStatistics();
  for (const part of parts) {
    for (const name of ['frames', 'texels', 'sunlitTexels', 'luma', 'steps', 'stepM', 'turnRad', 'windows'] as const) {
      sum[name] += part[name];
    }
    part.classTexels.forEach((count, k) => (sum.classTexels[k]! += count));
    part.distanceTexels.forEach((count, k) => (sum.distanceTexels[k]! += count));
    sum.worlds = [...new Set([...sum.worlds, ...part.worlds])];
  }
  return sum;
}

/** A few lines for a terminal. */
export function describeStatistics(name: string, sum: Statistics): string {
  if (sum.frames === 0) return `${name}: nothing`;
  const percent = (count: number): string => `${((100 * count) / sum.texels).toFixed(1)} %`;
  const classes = surfaceClasses.map((kind, k) => `${kind} ${percent(sum.classTexels[k]!)}`).join(', ');
  const limits = [...distanceLimitsM.map((limit) => `< ${limit} m`), 'beyond'];
  const distances = limits.map((limit, k) => `${limit} ${percent(sum.distanceTexels[k]!)}`).join(', ');
  return [
    `${name}: ${sum.frames} frames of ${sum.worlds.length} worlds, ${sum.windows} of them windows of a larger picture`,
    `  surfaces: ${classes}`,
    `  distances: ${distances}; in the sun ${percent(sum.sunlitTexels)}; mean luma ${(sum.luma / sum.texels).toFixed(3)}`,
    `  between two frames of a clip: ${((100 * sum.stepM) / Math.max(1, sum.steps)).toFixed(1)} cm and ${(
      ((180 / Math.PI) * sum.turnRad) / Math.max(1, sum.steps)
    ).toFixed(1)} degrees on the mean`,
  ].join('\n');
}
