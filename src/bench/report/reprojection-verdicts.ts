import type { ReprojectionSummary } from '../reprojection/result';
import type { Verdict } from './bench-report';
import { fixed, signed } from './format';

type Bar = {
  label: string;
  bar: string;
  value: (summary: ReprojectionSummary) => number | null;
  text: (summary: ReprojectionSummary) => string;
  meets: (value: number) => boolean;
};

/** What the method `layers` has to reach; the same bars are in docs/benchmarks.md. */
const bars: readonly Bar[] = [
  {
    label: 'Cells lost to a peer',
    bar: 'wanted: 0',
    value: (s) => s.cellsLost,
    text: (s) => `${fixed(s.cellsLost, 0)} of ${fixed(s.cells, 0)}`,
    meets: (value) => value === 0,
  },
  {
    label: 'Gain over the uncut mesh, all pixels',
    bar: 'wanted: at least 2 dB',
    value: (s) => s.gainAllDb,
    text: (s) => `${signed(s.gainAllDb, 2)} dB`,
    meets: (value) => value >= 2,
  },
  {
    label: 'Gain over the uncut mesh, disoccluded pixels',
    bar: 'wanted: at least 6 dB',
    value: (s) => s.gainDisoccludedDb,
    text: (s) => `${signed(s.gainDisoccludedDb, 2)} dB`,
    meets: (value) => value >= 6,
  },
  {
    label: 'Truly empty pixels, worst cell or trace',
    bar: 'wanted: 0.00 %',
    value: (s) => s.trulyEmptyPct,
    text: (s) => `${fixed(s.trulyEmptyPct, 2)} %`,
    meets: (value) => value < 0.005,
  },
  {
    label: 'Apparent rotation lag, display frames, worst model',
    bar: 'wanted: at most 1',
    value: (s) => s.rotationLagFramesMax,
    text: (s) => fixed(s.rotationLagFramesMax, 2),
    meets: (value) => Math.abs(value) <= 1,
  },
  {
    label: 'Rubber-sheet area, mean of the cells',
    bar: 'wanted: under 0.1 %',
    value: (s) => s.rubberSheetPct,
    text: (s) => `${fixed(s.rubberSheetPct, 3)} %`,
    meets: (value) => value < 0.1,
  },
  {
    label: 'False cuts on a floor seen at 85°',
    bar: 'wanted: under 1 %',
    value: (s) => s.falseCutPct,
    text: (s) => `${fixed(s.falseCutPct, 2)} %`,
    meets: (value) => value < 1,
  },
];

/** The figures of a run beside their bars, in the order of the page. */
export function reprojectionVerdicts(summary: ReprojectionSummary): Verdict[] {
  return bars.map(({ label, bar, value, text, meets }) => {
    const measured = value(summary);
    const known = measured !== null && Number.isFinite(measured);
    return { label, bar, value: known ? text(summary) : '–', passed: known ? meets(measured) : null };
  });
}
