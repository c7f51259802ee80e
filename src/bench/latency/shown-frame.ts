import type { Trial, WatchedFrame } from './pixel-watch';

/** What the pixels of one trial say. */
export type Shown = {
  /**
   * Display frames from the change of the pose to the first that shows it; 1 is the very next one, which cannot be beaten.
   * NaN when none shows it.
   */
  frames: number;
  /** From the change to the moment at which that frame was drawn, ms. */
  ms: number;
  /** Whether that frame was drawn from a model frame which knew of the change: then it was the model, not the redrawing. */
  byModel: boolean;
  /** How far the very next display frame had gone from the old picture (0) to the new one (1). */
  firstShare: number;
  /** How far that frame was from the new picture, over how far the old one is: 0 is the new picture itself. */
  firstRest: number;
  /** Root mean square difference of the two settled pictures, levels of 0 … 255. */
  contrast: number;
};

/** The settled pictures must differ by this much, levels; less could be noise. */
const leastContrast = 4;
/** A picture that shows the new pose is this near to the settled one, over how far the old one is from that. */
const mostRest = 0.75;

/**
 * How far a picture has gone from one to another along the straight line between them: 0 is `from`, 1 is `to`, and above
 * one half it is the nearer of the two (least squares).
 */
export function shareOfChange(picture: ArrayLike<number>, from: ArrayLike<number>, to: ArrayLike<number>): number {
  let along = 0;
  let whole = 0;
  for (let i = 0; i < picture.length; i++) {
    const step = to[i]! - from[i]!;
    along += (picture[i]! - from[i]!) * step;
    whole += step * step;
  }
  return along / whole;
}

/**
 * Finds the first display frame that shows a change of the pose: the one from which on every frame is nearer to the settled
 * picture after the change than to the one before, and near to it at all. A frame that only differs, because it is darker or
 * shows something else, does not count.
 * @throws Error when the settled pictures hardly differ: then nothing could be found
 */
export function shownFrame({ before, after, changedAtMs, poseSampledMs }: Trial): Shown {
  const from = before.at(-1)!.luma;
  const to = after.at(-1)!.luma;
  const contrast = rms(from, to);
  if (!(contrast >= leastContrast)) {
    throw new Error(`The pictures before and after the change differ by ${contrast.toFixed(1)} levels, which shows nothing.`);
  }
  const shows = ({ luma }: WatchedFrame): boolean =>
    shareOfChange(luma, from, to) > 0.5 && rms(luma, to) < mostRest * contrast;
  let first = after.length;
  while (first > 0 && shows(after[first - 1]!)) first--;
  const frame = after[first];
  return {
    frames: frame ? first + 1 : Number.NaN,
    ms: frame ? frame.atMs - changedAtMs : Number.NaN,
    byModel: frame ? knows(frame, changedAtMs, poseSampledMs) : false,
    firstShare: shareOfChange(after[0]!.luma, from, to),
    firstRest: rms(after[0]!.luma, to) / contrast,
    contrast,
  };
}

/** Whether a display frame was drawn from a model frame that had the new pose. */
function knows(frame: WatchedFrame, changedAtMs: number, poseSampledMs: Record<number, number>): boolean {
  // A frame without a trace: a step that began before the change cannot know, a later one may.
  return (poseSampledMs[frame.frameId] ?? frame.stepBegunMs) > changedAtMs;
}

function rms(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum / a.length);
}
