/** What a model may do at most. */
export type Allowance = {
  /** Steps a second; as high as the limit when nothing is held back. */
  modelHzCap: number;
  /** Share of its full width and height. */
  resolutionScale: number;
  /** Share of the older frames and of the background. */
  layerScale: number;
};

/** What may be asked of the model that runs. */
export type LadderLimits = {
  /** Steps a second that the person allows. */
  modelHz: number;
  /** Sizes on offer, falling from 1. */
  scales: readonly number[];
};

const layerScales = [1, 0.6, 0.2] as const;
/** A world that moves less than twice a second is hardly one. */
const leastHz = 2;

/**
 * The order in which a model is asked for less: rate, then size, then older frames; and back the other way round. Places
 * on it are numbers, so that "where it had to give in" can be remembered: the share of the rate from 0 to 1, plus 1 for
 * every size and layer budget that is not held back.
 */
export class Ladder {
  private cap = Number.POSITIVE_INFINITY;
  private scale = 0;
  private layer = 0;
  private limits: LadderLimits = { modelHz: 30, scales: [1] };

  set(limits: LadderLimits): void {
    this.limits = limits;
    this.scale = Math.min(this.scale, limits.scales.length - 1);
  }

  get allowance(): Allowance {
    const { modelHz, scales } = this.limits;
    return {
      modelHzCap: Math.min(this.cap, modelHz),
      resolutionScale: scales[this.scale] ?? 1,
      layerScale: layerScales[this.layer]!,
    };
  }

  /** Nothing is held back. */
  get isFull(): boolean {
    return this.cap >= this.limits.modelHz && this.scale === 0 && this.layer === 0;
  }

  get place(): number {
    const { modelHz, scales } = this.limits;
    const floor = this.floorHz;
    const share = modelHz > floor ? (Math.min(this.cap, modelHz) - floor) / (modelHz - floor) : 1;
    return share + (scales.length - 1 - this.scale) + (layerScales.length - 1 - this.layer);
  }

  /** Share of the whole work that is left, as far as the rate tells; below it, by the texels too. @param hz without a cap */
  workLeft(hz: number): number {
    const { modelHzCap, resolutionScale } = this.allowance;
    return Math.min(1, modelHzCap / Math.max(hz, leastHz)) * resolutionScale ** 2;
  }

  /**
   * One step down.
   * @param factor what is left of the rate @param hz what the model really makes; NaN while unknown
   * @returns what was lowered, null at the bottom
   */
  lower(factor: number, hz: number): string | null {
    const { modelHzCap } = this.allowance;
    // A cap above what the model makes anyway changes nothing.
    const now = hz > 0 ? Math.min(modelHzCap, 1.1 * hz) : modelHzCap;
    if (now > this.floorHz * 1.02) {
      // The last bit is no step of its own.
      this.cap = now * factor > 1.3 * this.floorHz ? now * factor : this.floorHz;
      return 'rate';
    }
    if (this.scale < this.limits.scales.length - 1) {
      this.scale++;
      return 'size';
    }
    if (this.layer < layerScales.length - 1) {
      this.layer++;
      return 'layers';
    }
    return null;
  }

  /** Where {@link raise} would lead. */
  placeAbove(share: number): number {
    const { place } = this;
    return this.layer > 0 || this.scale > 0 ? place + 1 : place + share;
  }

  /** One step up. @param share of the whole rate */
  raise(share: number): string {
    if (this.layer > 0) {
      this.layer--;
      return 'layers';
    }
    if (this.scale > 0) {
      this.scale--;
      return 'size';
    }
    const { modelHz } = this.limits;
    const next = Math.min(this.cap, modelHz) + share * (modelHz - this.floorHz);
    this.cap = next > 0.98 * modelHz ? Number.POSITIVE_INFINITY : next;
    return 'rate';
  }

  /** Everything is given back. */
  release(): void {
    this.cap = Number.POSITIVE_INFINITY;
    this.scale = 0;
    this.layer = 0;
  }

  save(): () => void {
    const { cap, scale, layer } = this;
    return () => Object.assign(this, { cap, scale, layer });
  }

  private get floorHz(): number {
    return Math.min(leastHz, this.limits.modelHz);
  }
}
