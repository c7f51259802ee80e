/**
 * The moments of one action on its way to light, in the order in which they happen; ms on the window's performance
 * clock, NaN where one is missing (it was not told, or there was none).
 *
 * - `event`: newest input event in the action; missing when the action carries only the head's pose
 * - `sampled`: the display frame that read the devices and the head began
 * - `predicted`: the pose to paint for was predicted
 * - `posted`: the action is in the mailbox
 * - `stepBegun`: the worker took it; the time before is the wait in the mailbox ("queued")
 * - `inferenceBegun`, `inferenceEnded`: around the run of the network
 * - `readBack`: the outputs are a picture in the worker's memory; missing where a backend does not tell
 * - `meshed`: depth cleaned, cut, meshed, older layers chosen
 * - `sent`: posted to the page, after all delay that was added on purpose
 * - `received`: the page took it out of the port
 * - `uploaded`: its upload was done, in the display frame that first shows it
 * - `drawn`: the page had given that display frame's draw calls to the GPU
 * - `expectedDisplay`: when that display frame is expected to be seen
 */
export const momentNames = [
  'event',
  'sampled',
  'predicted',
  'posted',
  'stepBegun',
  'inferenceBegun',
  'inferenceEnded',
  'readBack',
  'meshed',
  'sent',
  'received',
  'uploaded',
  'drawn',
  'expectedDisplay',
] as const;
export type MomentName = (typeof momentNames)[number];

export const momentCount = momentNames.length;

/** Index of each moment in {@link Span} `moments`. */
export const moment = Object.freeze(
  Object.fromEntries(momentNames.map((name, index) => [name, index])) as Record<MomentName, number>,
);

/** One model frame that reached the screen, with the action that its pixels know of. */
export type Span = {
  frameId: number;
  actionId: number;
  /** {@link momentCount} times, ms on the window's clock, NaN where missing. */
  moments: Float64Array;
  /** How long its upload took of the time before `uploaded`, ms. */
  uploadMs: number;
};

/** Time between two moments that follow each other among those that are there. */
export type Part = { from: MomentName; to: MomentName; ms: number };

/** Name of a part in reports, CSV and traces: `sampled>predicted`. */
export function partName(from: MomentName, to: MomentName): string {
  return `${from}>${to}`;
}

/** The parts between consecutive moments that are there; they sum to the last moment minus the first. */
export function partsOf(moments: ArrayLike<number>): Part[] {
  const parts: Part[] = [];
  let from = -1;
  for (let to = 0; to < momentCount; to++) {
    if (!Number.isFinite(moments[to]!)) continue;
    if (from >= 0) parts.push({ from: momentNames[from]!, to: momentNames[to]!, ms: moments[to]! - moments[from]! });
    from = to;
  }
  return parts;
}

/** From the first moment that is there to the last, ms; NaN with fewer than two. */
export function totalMsOf(moments: ArrayLike<number>): number {
  let first = Number.NaN;
  let last = Number.NaN;
  for (let k = 0; k < momentCount; k++) {
    const at = moments[k]!;
    if (!Number.isFinite(at)) continue;
    if (Number.isNaN(first)) first = at;
    else last = at;
  }
  return last - first;
}

/**
 * How far the parts, each as time that really passed, are from adding up to the total, ms. A part cannot last less than
 * nothing: where a clock is off by more than a stage takes, or a frame was joined with the wrong action, a later moment
 * comes before an earlier one, and this tells by how much. 0 for moments in order.
 */
export function sumErrorMsOf(moments: ArrayLike<number>): number {
  let passedMs = 0;
  let before = Number.NaN;
  for (let k = 0; k < momentCount; k++) {
    const at = moments[k]!;
    if (!Number.isFinite(at)) continue;
    if (at > before) passedMs += at - before;
    before = at;
  }
  const totalMs = totalMsOf(moments);
  return Number.isNaN(totalMs) ? Number.NaN : Math.abs(passedMs - totalMs);
}
