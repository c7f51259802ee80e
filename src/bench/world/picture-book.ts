import { encode } from 'fast-png';
import type { Rgba8 } from '../../math/image-metrics';
import type { Moment } from './fidelity';
import type { LoopPicture } from './persistence';
import type { WalkPlan, WorldPlan } from './plan';
import type { WorldPictures } from './result';

type Kept = { frame: number; painted: Rgba8; truth: Rgba8 };

/** Collects the pictures of the page while the measurements run: few, so that the page can be mailed. */
export class PictureBook {
  private readonly walks = new Map<string, Kept[]>();
  private worst: Moment | null = null;
  private readonly loops: LoopPicture[] = [];

  /** @param worldId of the package that paints @param size of its pictures */
  constructor(
    private readonly plan: WorldPlan,
    private readonly worldId: string,
    private readonly size: { width: number; height: number },
  ) {}

  keepMoment(moment: Moment): void {
    const { framesPerWalk, scoredEvery, sheetFrames } = this.plan;
    if (!this.worst || moment.psnrDb < this.worst.psnrDb) this.worst = moment;
    // As many as the sheet has room for, evenly over the walk.
    const scored = Math.ceil(framesPerWalk / scoredEvery);
    const every = Math.max(1, Math.floor(scored / sheetFrames));
    if ((moment.frame / scoredEvery) % every !== 0) return;
    const kept = this.walks.get(nameOf(moment)) ?? [];
    this.walks.set(nameOf(moment), kept);
    if (kept.length < sheetFrames) kept.push(moment);
  }

  keepLoop(picture: LoopPicture): void {
    this.loops.push(picture);
  }

  pictures(): WorldPictures {
    const { worst } = this;
    return {
      sheets: [...this.walks].map(([name, moments]) => ({
        title: `${this.worldId}. ${name}: painted above, truth below; frames ${moments.map(({ frame }) => frame).join(', ')}`,
        png: this.grid([moments.map(({ painted }) => painted), moments.map(({ truth }) => truth)]),
      })),
      worst: worst && {
        title: `The worst frame: ${nameOf(worst)}, frame ${worst.frame}, ${worst.psnrDb.toFixed(2)} dB. Raw map, painted, truth`,
        png: this.grid([[worst.raw, worst.painted, worst.truth]]),
      },
      loops: this.loops.map((loop) => ({
        title: `${nameOf(loop)}: half way out, first sight and second sight`,
        png: this.grid([[loop.first, loop.second]]),
      })),
    };
  }

  /** All contact sheets below one another: each walk has a row of what was painted and one of the truth. */
  sheet(): Uint8Array | null {
    const rows = [...this.walks.values()].flatMap((moments) => [
      moments.map(({ painted }) => painted),
      moments.map(({ truth }) => truth),
    ]);
    return rows.length > 0 ? gridPng(rows, this.size.width, this.size.height) : null;
  }

  private grid(rows: readonly (readonly Rgba8[])[]): string {
    const png = gridPng(rows, this.size.width, this.size.height);
    return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  }
}

function nameOf({ seed, hour }: WalkPlan): string {
  return `World ${seed}, ${hour === 'auto' ? 'its own light' : hour}`;
}

/** Pictures of one size in rows, as a PNG; rows may differ in length. */
export function gridPng(rows: readonly (readonly Rgba8[])[], width: number, height: number): Uint8Array {
  const columns = Math.max(...rows.map((row) => row.length));
  const data = new Uint8Array(3 * width * columns * height * rows.length);
  for (const [r, row] of rows.entries()) {
    for (const [c, picture] of row.entries()) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const to = 3 * ((r * height + y) * width * columns + c * width + x);
          for (let k = 0; k < 3; k++) data[to + k] = picture[4 * (y * width + x) + k];
        }
      }
    }
  }
  return encode({ width: width * columns, height: height * rows.length, data, channels: 3 });
}
