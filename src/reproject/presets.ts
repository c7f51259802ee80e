import { skyHeight, skyWidth } from '../world/contracts';
import { defaultLayerBudget, type LayerBudget } from '../world/layer-budget';

/** What a person may choose; `auto` goes by the device. */
export const presetChoices = ['auto', 'standalone', 'tethered', 'desktop'] as const;
export type PresetChoice = (typeof presetChoices)[number];
export type PresetName = Exclude<PresetChoice, 'auto'>;

/** What the choice depends on; see `src/xr/device-class.ts`. */
export type PresetDevice = {
  /** A headset (or phone) that computes everything by itself. */
  standalone: boolean;
  /** Of the class of a Quest 3, or better. */
  strong: boolean;
  /** An immersive session runs. */
  presenting: boolean;
};

/** How much geometry is drawn, and what it costs at most. */
export type Preset = {
  name: PresetName;
  budget: LayerBudget;
  /** Triangles a display frame, both eyes. */
  triangles: number;
  /** Draw calls a display frame, both eyes: three draws each eye by itself. */
  draws: number;
  /** Bytes to the GPU for one model frame: newest picture, background and sky; an older frame comes on top now and then. */
  uploadBytes: number;
};

/** Research, chapter 2.6: a Quest 2 holds 72 Hz with this, a Quest 3 and a headset on a PC 72 to 144 Hz with the others. */
const smallStandalone: LayerBudget = { newestSide: 192, olderFrames: 2, olderSide: 128, backgroundSide: 64 };
const strongStandalone: LayerBudget = { newestSide: 256, olderFrames: 3, olderSide: 192, backgroundSide: 128 };
const computer: LayerBudget = defaultLayerBudget;

const mostOlderFrames = 5;
const eyes = 2;

/** `low` and `high` draw one older frame fewer or more; the other qualities what the device was measured with. */
const moreFrames: Readonly<Record<string, number>> = { low: -1, high: 1 };

/**
 * The budget for a device.
 * @param quality of the options; see {@link moreFrames} @param choice what the person wants, whatever the device is
 */
export function presetFor(quality: string, device: PresetDevice, choice: PresetChoice = 'auto'): Preset {
  const name = choice === 'auto' ? nameFor(device) : choice;
  const standard = name === 'standalone' ? (device.strong ? strongStandalone : smallStandalone) : computer;
  const more = Object.hasOwn(moreFrames, quality) ? moreFrames[quality]! : 0;
  const olderFrames = Math.min(mostOlderFrames, Math.max(0, standard.olderFrames + more));
  const budget = { ...standard, olderFrames };
  return { name, budget, ...costOf(budget) };
}

function nameFor({ standalone, presenting }: PresetDevice): PresetName {
  if (standalone) return 'standalone';
  return presenting ? 'tethered' : 'desktop';
}

/**
 * Share of a background's cells that hold a guess; only those have quads. The most seen in 8 of the simulator's worlds,
 * 8 to 24 frames of a walk each, pictures of 128 and 256 texels: 0.52 at 64 cells a side (median 0.25), 0.45 at 128, 0.34 at 256.
 */
const guessedShare = 0.52;

/** What a budget costs when every other mesh has a quad for each texel: none has more. */
export function costOf(budget: LayerBudget): Pick<Preset, 'triangles' | 'draws' | 'uploadBytes'> {
  const { newestSide, olderFrames, olderSide, backgroundSide } = budget;
  const quads = newestSide ** 2 + olderFrames * olderSide ** 2 + guessedShare * backgroundSide ** 2;
  const meshes = 1 + olderFrames + (backgroundSide > 0 ? 1 : 0);
  return {
    triangles: Math.round(eyes * 2 * quads),
    draws: eyes * (meshes + 1),
    uploadBytes: pictureBytes(newestSide, 1) + pictureBytes(backgroundSide, guessedShare) + skyWidth * skyHeight * 4,
  };
}

/** Vertices beyond the shared grid, where cuts double corners; measured on the simulator's scenes. */
const doubledCorners = 1.012;

/** Colour (RGBA8) of all texels; vertices (four 16-bit numbers) and indices (six of 32 bits a quad) of those with quads. */
function pictureBytes(side: number, share: number): number {
  if (side === 0) return 0;
  const mesh = side ** 2 * 6 * 4 + (side + 1) ** 2 * doubledCorners * 4 * 2;
  return side ** 2 * 4 + Math.round(share * mesh);
}
