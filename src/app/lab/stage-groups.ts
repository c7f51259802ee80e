import { moment, momentCount, momentNames, type MomentName } from '../../latency/stages';

/** Parts of the way from input to light that a person can tell apart, in order; each ends with one of its moments. */
export const stageGroups = [
  { name: 'Input', ends: ['sampled', 'predicted', 'posted'], color: '#8ab4f8' },
  { name: 'Queue', ends: ['stepBegun'], color: '#5b73d6' },
  { name: 'Prepare inputs', ends: ['inferenceBegun'], color: '#46b5ab' },
  { name: 'Network', ends: ['inferenceEnded'], color: '#ecc993' },
  { name: 'Read back, mesh', ends: ['readBack', 'meshed'], color: '#d08b5b' },
  { name: 'Held back', ends: ['sent'], color: '#f0705a' },
  { name: 'Transfer', ends: ['received'], color: '#b79ae0' },
  { name: 'Upload, draw', ends: ['uploaded', 'drawn'], color: '#7dbf74' },
  { name: 'Display', ends: ['expectedDisplay'], color: '#c3cad6' },
] as const satisfies readonly { name: string; ends: readonly MomentName[]; color: string }[];

const groupOf = momentNames.map((name) => stageGroups.findIndex(({ ends }) => (ends as readonly string[]).includes(name)));

/**
 * How long each group took, ms: what passed between a moment and the one before it that is known belongs to the later
 * moment's group. They sum to the last moment minus the first. NaN: none of the group's moments is known.
 * @param moments as in a Span, ms @param out one number a group; filled and returned
 */
export function groupTimes(moments: ArrayLike<number>, out: Float64Array): Float64Array {
  out.fill(Number.NaN);
  let before = Number.NaN;
  for (let k = 0; k < momentCount; k++) {
    const at = moments[k]!;
    if (!Number.isFinite(at)) continue;
    const group = groupOf[k]!;
    if (group >= 0 && !Number.isNaN(before)) out[group] = (Number.isNaN(out[group]!) ? 0 : out[group]!) + at - before;
    before = at;
  }
  return out;
}

/** When the picture was seen, ms on the window's clock. */
export function seenAtMs(moments: ArrayLike<number>): number {
  return moments[moment.expectedDisplay]!;
}
