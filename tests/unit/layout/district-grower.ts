import { encodeBlock, type ImaginedBlock } from '../../../workers/imagine/tokens';
import { districtBlock } from '../../../workers/layout/districts/district-map';
import type { GrowListener, MapGrower } from '../../../workers/layout/imagined-surroundings';

/** Grows the districts when it is told to: a network of which the truth is known. */
export class DistrictGrower implements MapGrower {
  readonly begun: { seed: number; known: readonly ImaginedBlock[] }[] = [];
  wanted: { i: number; j: number }[] = [];
  /** Called after each `want`; by default everything wanted is there a moment later. */
  wish: () => void = () => setTimeout(() => this.grow(), 0);
  disposals = 0;
  private listener: GrowListener | null = null;
  private seed = 0;

  begin(seed: number, known: readonly ImaginedBlock[], listener: GrowListener): void {
    this.begun.push({ seed, known: [...known] });
    this.seed = seed;
    this.listener = listener;
    this.wanted = [];
  }

  want(blocks: readonly { i: number; j: number }[]): void {
    this.wanted = [...blocks];
    this.wish();
  }

  /** Decides the most urgent of what is wanted. */
  grow(count = Number.POSITIVE_INFINITY): void {
    this.listener?.blocks(this.wanted.splice(0, count).map(({ i, j }) => districtTokens(this.seed, i, j)));
  }

  fail(why: string): void {
    this.listener?.failed(why);
  }

  dispose(): void {
    this.disposals++;
  }
}

export function districtTokens(seed: number, i: number, j: number): ImaginedBlock {
  return { i, j, tokens: encodeBlock(districtBlock(seed, i, j)) };
}
