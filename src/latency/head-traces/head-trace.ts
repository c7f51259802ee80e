import { createPose, poseFromQuaternion } from '../../math/pose';
import type { Pose } from '../../math/types';
import { sampleLength, writeSample } from '../rotation';

/** How a head moved: one sample every 1 / `rateHz` seconds, in the tracked room (+Y up, floor at 0, looking along -Z). */
export type HeadTrace = {
  rateHz: number;
  /** 3 a sample, metres. */
  positions: Float32Array;
  /** 4 a sample, unit quaternions: x, y, z, w. */
  rotations: Float32Array;
  /** What is shown of it, e.g. "Step and stop". */
  name: string;
  /** Where it is from: "synthetic", or who recorded it with what. */
  source: string;
};

/** How many samples a trace has. */
export function samplesOf({ positions }: HeadTrace): number {
  return positions.length / 3;
}

/** From the first sample to the last, ms. */
export function durationMs(trace: HeadTrace): number {
  return ((samplesOf(trace) - 1) * 1000) / trace.rateHz;
}

const scratch = new Float64Array(sampleLength);

/** Writes a pose as sample `index`, in single precision. */
export function setSample({ positions, rotations }: HeadTrace, index: number, rigFromHead: Pose): void {
  writeSample(scratch, 0, rigFromHead);
  for (let i = 0; i < 3; i++) positions[index * 3 + i] = scratch[i]!;
  for (let i = 0; i < 4; i++) rotations[index * 4 + i] = scratch[3 + i]!;
}

/** A sample as 7 numbers: see {@link sampleLength}. */
export function readSample({ positions, rotations }: HeadTrace, index: number, out: Float64Array): void {
  for (let i = 0; i < 3; i++) out[i] = positions[index * 3 + i]!;
  for (let i = 0; i < 4; i++) out[3 + i] = rotations[index * 4 + i]!;
}

/** The pose of 7 numbers (position, unit quaternion). */
export function poseOfSample(sample: Float64Array, out: Pose = createPose()): Pose {
  const [px, py, pz, x, y, z, w] = sample as unknown as [number, number, number, number, number, number, number];
  return poseFromQuaternion(out, px, py, pz, x, y, z, w);
}

/** An empty trace of so many samples, to be filled with {@link setSample}. */
export function createTrace(samples: number, rateHz: number, name: string, source: string): HeadTrace {
  return { rateHz, positions: new Float32Array(3 * samples), rotations: new Float32Array(4 * samples), name, source };
}
