import type { WorldSummary } from '../world/result';
import type { Verdict } from './bench-report';
import { fixed, signed } from './format';

type Bar = {
  label: string;
  bar: string;
  value: (summary: WorldSummary) => number | boolean | null;
  text: (summary: WorldSummary) => string;
  meets: (value: number) => boolean;
};

const db = (of: keyof WorldSummary, label: string, least: number, text = fixed): Bar => ({
  label,
  bar: `wanted: at least ${least} dB`,
  value: (s) => s[of],
  text: (s) => `${text(s[of] as number, 2)} dB`,
  meets: (value) => value >= least,
});
const atLeast = (of: keyof WorldSummary, label: string, least: number, digits: number, unit = ''): Bar => ({
  label,
  bar: `wanted: at least ${least}${unit}`,
  value: (s) => s[of],
  text: (s) => `${fixed(s[of] as number, digits)}${unit}`,
  meets: (value) => value >= least,
});
const atMost = (of: keyof WorldSummary, label: string, most: number, digits: number, unit = ''): Bar => ({
  label,
  bar: `wanted: at most ${most}${unit}`,
  value: (s) => s[of],
  text: (s) => `${fixed(s[of] as number, digits)}${unit}`,
  meets: (value) => value <= most,
});
const under = (of: keyof WorldSummary, label: string, most: number, digits: number, unit = ''): Bar => ({
  ...atMost(of, label, most, digits, unit),
  bar: `wanted: under ${most}${unit}`,
  meets: (value) => value < most,
});

const megabyte = 1e6;

/** What the world that opens by default has to reach; the same bars are in docs/benchmarks.md. */
const bars: readonly Bar[] = [
  db('walkPsnrDb', 'Walks against the teacher', 25),
  atLeast('walkSsim', 'SSIM of these walks', 0.85, 3),
  db('gainOverRawMapDb', 'Gain over the raw map', 3, signed),
  db('gainOverNoMapDb', 'Gain over no map', 5, signed),
  atLeast('sharpnessRatio', 'Sharpness over the truth’s', 0.8, 2),
  atMost('flickerRatio', 'Flicker over the truth’s', 1.2, 2),
  db('loopPsnrDb', 'Second sight against first', 35),
  atLeast('loopSsim', 'SSIM of second sight', 0.95, 3),
  atLeast('loopSharpnessRatio', 'Sharpness of second sight', 0.8, 2),
  {
    label: 'Collapsed at frame',
    bar: 'wanted: never',
    // Frame 0 can be no collapse, so it stands for none.
    value: (s) => (s.driftFrames > 0 ? (s.collapsedAtFrame ?? 0) : null),
    text: (s) => (s.collapsedAtFrame === null ? `never in ${fixed(s.driftFrames, 0)} frames` : fixed(s.collapsedAtFrame, 0)),
    meets: (value) => value === 0,
  },
  under('rotationErrDeg', 'Turn, recovered from pictures', 1, 3, '°'),
  under('translationErrPct', 'Way, recovered from pictures', 5, 2, ' %'),
  {
    label: 'Causal and repeatable',
    bar: 'wanted: bit by bit',
    value: (s) => s.causal,
    text: (s) => (s.causal ? 'yes' : 'no'),
    meets: (value) => value === 1,
  },
  atLeast('bitsPerTokenGainPct', 'Fewer bits than the context model', 20, 1, ' %'),
  under('impossiblePct', 'Impossible arrangements', 1, 2, ' %'),
  atMost('paintMsCpu', 'Painting, one core', 60, 1, ' ms'),
  {
    label: 'Packages in fp16',
    bar: 'wanted: at most 12 MB',
    value: (s) => s.packageBytesFp16,
    text: (s) => `${fixed(s.packageBytesFp16 / megabyte, 2)} MB`,
    meets: (value) => value <= 12 * megabyte,
  },
];

/** The figures of a run beside their bars, in the order of the page. */
export function worldVerdicts(summary: WorldSummary): Verdict[] {
  return bars.map(({ label, bar, value, text, meets }) => {
    const measured = value(summary);
    const known = measured !== null && Number.isFinite(Number(measured));
    return { label, bar, value: known ? text(summary) : '–', passed: known ? meets(Number(measured)) : null };
  });
}
