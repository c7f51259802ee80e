import type { SoundRecipe } from './synth';

/** All sounds of the page, by what happens. */
export const soundNames = [
  'throw',
  'impact-ball',
  'impact-cube',
  'grab',
  'drop',
  'menu-open',
  'menu-close',
  'menu-click',
  'teleport',
] as const;
export type SoundName = (typeof soundNames)[number];

const silence: SoundRecipe['noise'] = { gain: 0, fromHz: 1000, toHz: 1000, focus: 0, decayS: 1 };

/** A soft chime of the menu. */
function chime(hz: number, fifthHz: number): SoundRecipe {
  const modes = [
    { hz, gain: 1, decayS: 0.06 },
    { hz: fifthHz, gain: 0.5, decayS: 0.09 },
  ];
  return { lengthS: 0.4, attackS: 0.006, modes, noise: silence, peak: 0.5 };
}

export const soundRecipes: Readonly<Record<SoundName, SoundRecipe>> = {
  // Air past the hand: rises and falls in pitch within a fifth of a second.
  throw: {
    lengthS: 0.32,
    attackS: 0.06,
    modes: [],
    noise: { gain: 1, fromHz: 500, toHz: 1700, focus: 0.62, decayS: 0.09 },
    peak: 0.55,
  },
  // Rubber: a low thump and a short slap.
  'impact-ball': {
    lengthS: 0.3,
    attackS: 0.0015,
    modes: [
      { hz: 150, gain: 1, decayS: 0.045 },
      { hz: 263, gain: 0.55, decayS: 0.03 },
      { hz: 611, gain: 0.22, decayS: 0.018 },
    ],
    noise: { gain: 0.6, fromHz: 1500, toHz: 500, focus: 0.2, decayS: 0.012 },
    peak: 0.9,
  },
  // A wooden block.
  'impact-cube': {
    lengthS: 0.25,
    attackS: 0.0008,
    modes: [
      { hz: 540, gain: 1, decayS: 0.028 },
      { hz: 1280, gain: 0.5, decayS: 0.018 },
      { hz: 2330, gain: 0.25, decayS: 0.01 },
    ],
    noise: { gain: 0.5, fromHz: 3000, toHz: 1500, focus: 0.1, decayS: 0.006 },
    peak: 0.8,
  },
  grab: {
    lengthS: 0.14,
    attackS: 0.004,
    modes: [{ hz: 330, gain: 0.6, decayS: 0.02 }],
    noise: { gain: 0.7, fromHz: 900, toHz: 700, focus: 0.3, decayS: 0.02 },
    peak: 0.4,
  },
  drop: {
    lengthS: 0.14,
    attackS: 0.006,
    modes: [{ hz: 247, gain: 0.6, decayS: 0.025 }],
    noise: { gain: 0.4, fromHz: 700, toHz: 500, focus: 0.3, decayS: 0.02 },
    peak: 0.3,
  },
  'menu-open': chime(523.25, 783.99),
  'menu-close': chime(523.25, 392),
  'menu-click': { lengthS: 0.09, attackS: 0.001, modes: [{ hz: 1180, gain: 1, decayS: 0.01 }], noise: silence, peak: 0.35 },
  teleport: {
    lengthS: 0.36,
    attackS: 0.03,
    modes: [{ hz: 196, gain: 0.3, decayS: 0.1 }],
    noise: { gain: 1, fromHz: 350, toHz: 2400, focus: 0.7, decayS: 0.12 },
    peak: 0.45,
  },
};

/** Size to which `impact-*` are tuned, metres: half of it sounds an octave higher, within limits. */
const tunedRadiusM = 0.1;

/** How much faster a sound is played for a thing of this size: small things sound high. */
export function pitchOf(radiusM: number): number {
  return Math.min(2, Math.max(0.6, Math.sqrt(tunedRadiusM / Math.max(radiusM, 1e-3))));
}

/** Impacts slower than this make no sound, and from this on they are as loud as they get, m/s. */
export const quietImpactMps = 0.5;
const loudImpactMps = 7;

/** Loudness of an impact, 0 … 1. */
export function impactStrength(normalMps: number): number {
  const t = (normalMps - quietImpactMps) / (loudImpactMps - quietImpactMps);
  return t <= 0 ? 0 : Math.min(1, t) ** 0.7;
}
