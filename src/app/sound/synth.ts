import { createRandom } from '../../math/hash';

/** One tone of a struck thing: it rings at `hz` and is gone after about five times `decayS`. */
export type Mode = { hz: number; gain: number; decayS: number };

/** What a short sound is made of. */
export type SoundRecipe = {
  lengthS: number;
  /** Rises for so long, seconds: 0 is a knock. */
  attackS: number;
  modes: readonly Mode[];
  /** Hiss between two frequencies that may glide from begin to end; 0 gain: none. */
  noise: { gain: number; fromHz: number; toHz: number; /** 0 … 1: how narrow */ focus: number; decayS: number };
  /** Largest value, 0 … 1. */
  peak: number;
};

/** The end fades in this time, whatever still rings, seconds. */
const fadeS = 0.012;
/** What is below this cannot be heard and would only push the loudspeaker, Hz. */
const lowestHz = 30;

/**
 * Renders a recipe: struck modes (van den Doel and Pai 1998, "The sounds of physical shapes") and a band of noise
 * through a state variable filter (Chamberlin 1985). Pure: the same seed gives the same samples.
 * @returns samples in -1 … 1 that begin and end in silence, without a constant part
 */
export function synthesise(recipe: SoundRecipe, sampleRateHz: number, seed: number): Float32Array<ArrayBuffer> {
  const { lengthS, attackS, modes, noise, peak } = recipe;
  const out = new Float32Array(Math.max(1, Math.round(lengthS * sampleRateHz)));
  const random = createRandom(seed);
  for (const { hz, gain, decayS } of modes) {
    if (hz >= sampleRateHz / 2) continue;
    const phase = 2 * Math.PI * random();
    for (let i = 0; i < out.length; i++) {
      const t = i / sampleRateHz;
      out[i]! += gain * Math.exp(-t / decayS) * Math.sin(2 * Math.PI * hz * t + phase);
    }
  }
  if (noise.gain > 0) addNoise(out, noise, sampleRateHz, random);
  const fade = fadeS * sampleRateHz;
  const attack = Math.max(attackS * sampleRateHz, 0.0005 * sampleRateHz);
  for (let i = 0; i < out.length; i++) {
    out[i]! *= Math.min(1, i / attack) * Math.min(1, (out.length - 1 - i) / fade);
  }
  withoutConstant(out, sampleRateHz);
  return toPeak(out, peak);
}

function addNoise(out: Float32Array, noise: SoundRecipe['noise'], sampleRateHz: number, random: () => number): void {
  let low = 0;
  let band = 0;
  const damping = 2 - 1.9 * noise.focus;
  for (let i = 0; i < out.length; i++) {
    const done = i / out.length;
    const hz = Math.min(noise.fromHz * (noise.toHz / noise.fromHz) ** done, sampleRateHz / 7);
    const f = 2 * Math.sin((Math.PI * hz) / sampleRateHz);
    const high = 2 * random() - 1 - low - damping * band;
    band += f * high;
    low += f * band;
    out[i]! += noise.gain * Math.exp(-i / sampleRateHz / noise.decayS) * band;
  }
}

/** A high pass, forwards only; its tail is as short as the fade. */
function withoutConstant(samples: Float32Array, sampleRateHz: number): void {
  const keep = Math.exp((-2 * Math.PI * lowestHz) / sampleRateHz);
  let before = 0;
  let value = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    value = keep * (value + sample - before);
    before = sample;
    samples[i] = value;
  }
  // What is left of the constant part goes evenly, weighted so that both ends stay silent.
  const sum = samples.reduce((total, sample) => total + sample, 0);
  const share = Math.PI / (2 * samples.length);
  for (let i = 0; i < samples.length; i++) samples[i]! -= sum * share * Math.sin((Math.PI * i) / Math.max(1, samples.length - 1));
}

function toPeak(samples: Float32Array<ArrayBuffer>, peak: number): Float32Array<ArrayBuffer> {
  const largest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  if (largest > 0) for (let i = 0; i < samples.length; i++) samples[i]! *= peak / largest;
  return samples;
}
