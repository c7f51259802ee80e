import type { Intrinsics, Pose } from '../../src/math/types';
import { carve } from './carve';
import { CoverageProbe, type DepthPicture } from './coverage';
import { KeyframeStore, medianDepthOf, type Keyframe } from './keyframe-store';
import { SilhouetteTrimmer } from './trim';

/** A kept frame, as the layers need it. */
export type Remembered = Keyframe & {
  frameId: number;
  actionAtMs: number;
  /** Texels carved since the page got it; -1: the page does not have it. */
  carvedSinceSent: number;
};

/** Kept at most; a few seconds of looking around. */
const capacity = 20;
/** How far aside the visitor may soon be, metres: an eye, and a lean. */
const asideM = 0.12;
const deg = Math.PI / 180;
/** An older frame must add this share of all open cells' weight to be worth a draw. */
const minShare = 0.004;
/** One that is on the screen already stays unless another adds this much more: choices must not flicker. */
const loyalty = 1.3;
/** Sent again when this share of its texels was carved since. */
const resendShare = 0.004;
const usefulnessDecay = 0.9;

/**
 * Chooses which older frames are drawn behind the newest: greedily the one that shows most of what is still open in the
 * views that the visitor may have until the next frame. Keeps them free of ghosts by carving.
 */
export class LayerMemory {
  private readonly store = new KeyframeStore(capacity);
  private readonly details = new Map<Keyframe, Remembered>();
  private readonly chosen: Remembered[] = [];
  private readonly probes = [
    // To either side, fine: what stereo, a step or a lean uncovers beside near things.
    new CoverageProbe(96, 100 * deg, 1),
    new CoverageProbe(96, 100 * deg, 1),
    // All around, coarse: what a turn uncovers.
    new CoverageProbe(48, 150 * deg, 4),
  ];
  private readonly covers = Array.from({ length: capacity }, () => this.probes.map(({ cells }) => new Uint8Array(cells * cells)));
  private readonly taken = this.probes.map(({ cells }) => new Uint8Array(cells * cells));
  private readonly trimmer = new SilhouetteTrimmer();
  private trimmed = new Float32Array(0);
  private carveNext = 0;

  /** Forgets everything; call when a world opens. */
  reset(): void {
    this.store.clear();
    this.details.clear();
    this.chosen.length = 0;
  }

  get size(): number {
    return this.store.keyframes.length;
  }

  /** What is kept, oldest first; belongs to the memory. */
  get frames(): readonly Keyframe[] {
    return this.store.keyframes;
  }

  /** Carves what is on the screen, and one more frame at a time, by what the newest frame sees. @returns texels carved */
  carveBy({ camera, inverseDepth, worldFromCamera }: DepthPicture): number {
    let total = 0;
    const kept = this.store.keyframes;
    if (kept.length === 0) return 0;
    this.carveNext = (this.carveNext + 1) % kept.length;
    for (let i = 0; i < kept.length; i++) {
      const remembered = this.details.get(kept[i]!)!;
      if (remembered.carvedSinceSent < 0 && i !== this.carveNext) continue;
      const carved = carve(remembered, inverseDepth, camera, worldFromCamera);
      if (remembered.carvedSinceSent >= 0) remembered.carvedSinceSent += carved;
      total += carved;
    }
    return total;
  }

  /**
   * The older frames to draw with a new one, the most useful first.
   * @param most at most so many. @returns a list that the next call overwrites
   */
  choose(newest: DepthPicture, most: number): readonly Remembered[] {
    const { probes, taken } = this;
    const kept = this.store.keyframes;
    this.aim(newest.worldFromCamera);
    let weightAll = 0;
    for (const [p, probe] of probes.entries()) {
      probe.begin(newest);
      weightAll += probe.cells * probe.cells * probe.weight;
      taken[p]!.fill(0, 0, probe.openCount);
      for (let i = 0; i < kept.length; i++) probe.mark(kept[i]!, this.covers[i]![p]!);
    }
    const before = new Set(this.chosen);
    this.chosen.length = 0;
    for (const keyframe of kept) keyframe.usefulness *= usefulnessDecay;
    while (this.chosen.length < most) {
      let best = -1;
      let bestGain = minShare * weightAll;
      for (let i = 0; i < kept.length; i++) {
        const remembered = this.details.get(kept[i]!)!;
        if (this.chosen.includes(remembered)) continue;
        const gain = this.gain(this.covers[i]!) * (before.has(remembered) ? loyalty : 1);
        // Newest last: among equals the newer one.
        if (gain < bestGain) continue;
        best = i;
        bestGain = gain;
      }
      if (best < 0) break;
      const winner = kept[best]!;
      for (const [p, probe] of probes.entries()) {
        const mask = this.covers[best]![p]!;
        for (let c = 0; c < probe.openCount; c++) taken[p]![c]! |= mask[c]!;
      }
      winner.usefulness += (1 - usefulnessDecay) * Math.min(1, bestGain / weightAll);
      this.chosen.push(this.details.get(winner)!);
    }
    for (const remembered of before) if (!this.chosen.includes(remembered)) remembered.carvedSinceSent = -1;
    return this.chosen;
  }

  /** Whether the page needs this frame, or needs it again. */
  needsSending({ carvedSinceSent, inverseDepth }: Remembered): boolean {
    return carvedSinceSent < 0 || carvedSinceSent > resendShare * inverseDepth.length;
  }

  /** A frame got lost on its way to the page: it needs to be sent again. */
  notSent(frameId: number): void {
    for (const remembered of this.details.values()) if (remembered.frameId === frameId) remembered.carvedSinceSent = -1;
  }

  /** Offers the newest frame after the choice for it was made; kept when it shows something new. */
  offer(
    color: Uint8Array | Uint8ClampedArray,
    inverseDepth: Float32Array,
    camera: Intrinsics,
    worldFromCamera: Pose,
    frameId: number,
    actionAtMs: number,
  ): void {
    if (!this.store.isNovel(worldFromCamera, medianDepthOf(inverseDepth))) return;
    if (this.trimmed.length !== inverseDepth.length) this.trimmed = new Float32Array(inverseDepth.length);
    this.trimmer.trim(inverseDepth, camera.width, camera.height, this.trimmed);
    this.restore(color, this.trimmed, camera, worldFromCamera, frameId, actionAtMs);
  }

  /** Takes a frame as {@link frames} gave it in an earlier visit: its silhouettes are trimmed already. */
  restore(
    color: Uint8Array | Uint8ClampedArray,
    trimmed: Float32Array,
    camera: Intrinsics,
    worldFromCamera: Pose,
    frameId: number,
    actionAtMs: number,
  ): void {
    if (!this.store.offer(color, trimmed, camera, worldFromCamera)) return;
    const kept = this.store.keyframes;
    const newest = kept[kept.length - 1]!;
    this.details.set(newest, Object.assign(newest, { frameId, actionAtMs, carvedSinceSent: -1 }));
    for (const keyframe of this.details.keys()) if (!kept.includes(keyframe)) this.forget(keyframe);
  }

  private forget(keyframe: Keyframe): void {
    const remembered = this.details.get(keyframe)!;
    this.details.delete(keyframe);
    const at = this.chosen.indexOf(remembered);
    if (at >= 0) this.chosen.splice(at, 1);
  }

  private aim(worldFromCamera: Pose): void {
    for (const [p, probe] of this.probes.entries()) {
      const pose = probe.worldFromProbe;
      pose.set(worldFromCamera);
      const aside = p === 0 ? -asideM : p === 1 ? asideM : 0;
      for (let axis = 0; axis < 3; axis++) pose[12 + axis]! += aside * worldFromCamera[axis]!;
    }
  }

  private gain(covers: readonly Uint8Array[]): number {
    let gain = 0;
    for (const [p, probe] of this.probes.entries()) {
      const mask = covers[p]!;
      const taken = this.taken[p]!;
      let count = 0;
      for (let c = 0; c < probe.openCount; c++) if (mask[c] === 1 && taken[c] === 0) count++;
      gain += count * probe.weight;
    }
    return gain;
  }
}

