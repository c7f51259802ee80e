import type { Pair } from './match';
import { deviationOf, meanOf, quantileOf } from './recording';

/** Latency by light, ms. NaN where there are too few values; never to be shown in one table with estimates. */
export type OpticalLatency = {
  kind: 'optically measured';
  n: number;
  meanMs: number;
  /** Of the mean: deviation over the root of n. */
  standardErrorMs: number;
  deviationMs: number;
  p50Ms: number;
  p95Ms: number;
  minMs: number;
  maxMs: number;
};

export function latencyOf(pairs: readonly Pair[]): OpticalLatency {
  const values = pairs.map(({ latencyMs }) => latencyMs);
  const deviationMs = deviationOf(values);
  return {
    kind: 'optically measured',
    n: values.length,
    meanMs: meanOf(values),
    standardErrorMs: deviationMs / Math.sqrt(values.length),
    deviationMs,
    p50Ms: quantileOf(values, 0.5),
    p95Ms: quantileOf(values, 0.95),
    minMs: quantileOf(values, 0),
    maxMs: quantileOf(values, 1),
  };
}

/** What the distance of the samples does to one measured latency, and to the mean. */
export type Quantisation = {
  /** Between two samples of light, ms. */
  samplePeriodMs: number;
  /** Standard deviation of one latency that the sampling alone can add, ms; interpolation makes it less. */
  deviationMs: number;
  /** So many flips make the mean certain to 1 ms, 19 times of 20. */
  flipsForOneMs: number;
};

/**
 * A time known to the sample is wrong by up to half a period either way, evenly: its deviation is the period over the root
 * of 12. Where the onset is read from the same samples both ends are, and the variances add.
 * @param onsetPeriodMs between the samples in which the onset was found; 0 when its time is exact
 */
export function quantisationOf(samplePeriodMs: number, onsetPeriodMs: number, { deviationMs }: OpticalLatency): Quantisation {
  const added = Math.sqrt((samplePeriodMs ** 2 + onsetPeriodMs ** 2) / 12);
  const one = Math.max(added, Number.isFinite(deviationMs) ? deviationMs : 0);
  return { samplePeriodMs, deviationMs: added, flipsForOneMs: Math.max(2, Math.ceil((1.96 * one) ** 2)) };
}
