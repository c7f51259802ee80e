/** How the jitter is clipped, standard deviations. */
const clipSigmas = 3;
/** No model answers faster, ms. */
const leastMs = 1;

/** One sample of a normal distribution of mean 0 and deviation 1, from two uniform ones (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * When the frames of a simulated model arrive on the page.
 * @param begunMs when each step began, in order
 * @param meanMs, spreadMs latency from the begin of a step to its arrival: normal, clipped to three deviations and 1 ms
 * @returns one time for each; frames never overtake each other, as they come through one port
 */
export function arrivalsMs(
  begunMs: readonly number[],
  meanMs: number,
  spreadMs: number,
  random: () => number,
): Float64Array {
  const out = new Float64Array(begunMs.length);
  let last = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < begunMs.length; k++) {
    const jitter = spreadMs * Math.min(clipSigmas, Math.max(-clipSigmas, normal(random)));
    last = Math.max(last, begunMs[k] + Math.max(leastMs, meanMs + jitter));
    out[k] = last;
  }
  return out;
}
