/** One axis: values of the data to positions in the drawing. */
export type Scale = {
  /** Position of a value; NaN for what cannot be shown (NaN, infinities, zero on a logarithmic axis). */
  at: (value: number) => number;
  ticks: readonly { value: number; label: string }[];
};

/** How an axis is stretched. `log1p`: like a logarithm, and still has a zero; for baselines from 0 to 50 cm. */
export type Stretch = 'linear' | 'log' | 'log1p';

/** Beyond this, differences overflow; nothing that is measured gets near it. */
const largest = 1e100;
const isShown = (value: number): boolean => Math.abs(value) <= largest;

const stretches: Record<Stretch, (value: number) => number> = {
  linear: (value) => (isShown(value) ? value : Number.NaN),
  log: (value) => (value > 0 && isShown(value) ? Math.log(value) : Number.NaN),
  log1p: (value) => (value > -1 && isShown(value) ? Math.log1p(value) : Number.NaN),
};

/**
 * Round numbers from at or below `low` to at or above `high`, about `wanted` of them.
 * The steps are 1, 2, 2.5 or 5 times a power of ten.
 */
export function niceTicks(low: number, high: number, wanted = 6): number[] {
  if (!isShown(low) || !isShown(high)) return [0, 1];
  if (low > high) [low, high] = [high, low];
  // A flat line still needs an axis around it, and one that floating point can count along.
  const least = Math.max(Math.abs(low), Math.abs(high)) * 1e-9 || 1;
  if (high - low < least) [low, high] = [low - Math.max(least, 0.5), high + Math.max(least, 0.5)];
  const rough = (high - low) / Math.max(1, wanted - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999) ?? 10 * power;
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, k) => cleanTick((first + k) * step));
}

/** 0.1 + 0.2 is no tick label. */
function cleanTick(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(10));
}

/** An axis over all values of the data, ending at round numbers. */
export function linearScale(values: readonly number[], from: number, to: number, wanted = 6): Scale {
  const known = values.filter(isShown);
  const ticks = known.length > 0 ? niceTicks(min(known), max(known), wanted) : [0, 1];
  return { at: position(stretches.linear, ticks[0]!, ticks.at(-1)!, from, to), ticks: ticks.map(labelled) };
}

/** An axis that has a tick at each of the given values and nowhere else, in ascending order. */
export function tickedScale(values: readonly number[], stretch: Stretch, from: number, to: number): Scale {
  const shown = [...new Set(values.filter((value) => Number.isFinite(stretches[stretch](value))))].sort((a, b) => a - b);
  return {
    at: position(stretches[stretch], shown[0] ?? 0, shown.at(-1) ?? 1, from, to),
    ticks: shown.map(labelled),
  };
}

/** Leaves out ticks whose labels would touch an earlier one; the last one always stays. */
export function spreadTicks(scale: Scale, gap: number): Scale['ticks'] {
  const kept: { value: number; label: string }[] = [];
  for (const tick of [...scale.ticks].reverse()) {
    const before = kept.at(-1);
    if (!before || Math.abs(scale.at(tick.value) - scale.at(before.value)) >= gap) kept.push(tick);
  }
  return kept.reverse();
}

function position(stretch: (value: number) => number, low: number, high: number, from: number, to: number) {
  const [start, length] = [stretch(low), stretch(high) - stretch(low)];
  return (value: number): number => {
    const along = length === 0 ? 0.5 : (stretch(value) - start) / length;
    return Number.isFinite(along) ? from + along * (to - from) : Number.NaN;
  };
}

const labelled = (value: number): { value: number; label: string } => ({ value, label: String(value).replace('-', '−') });
const min = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const max = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));
