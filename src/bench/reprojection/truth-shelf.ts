import type { Pose } from '../../math/types';
import type { Eye } from './lattice-views';
import type { SceneClient } from './scene-client';
import type { Truth } from './scene.worker';

/** A truth that will be asked for. `keep`: again by later sequences. */
export type WantedTruth = { frame: number; eye: Eye; keep: boolean };

/** How many truths are under way at once. */
const most = 4;

/** True pictures along a trace, drawn ahead of time in the order in which they are wanted; shared ones only once. */
export class TruthShelf {
  private readonly shelf = new Map<string, Promise<Truth>>();
  private readonly kept = new Set<string>();
  private wanted: string[] = [];
  private readonly uses = new Map<string, number>();
  private asked = 0;

  /** @param poseOf pose of an eye in a display frame */
  constructor(
    private readonly client: Pick<SceneClient, 'truth'>,
    private readonly poseOf: (frame: number, eye: Eye) => Pose,
  ) {}

  /** What the next sequence will ask for, in order. */
  plan(list: readonly WantedTruth[]): void {
    this.wanted = [];
    this.uses.clear();
    this.asked = 0;
    for (const { frame, eye, keep } of list) {
      const key = keyOf(frame, eye);
      if (keep) this.kept.add(key);
      const uses = this.uses.get(key) ?? 0;
      this.uses.set(key, uses + 1);
      if (uses === 0) this.wanted.push(key);
    }
    this.ask(most);
  }

  get(frame: number, eye: Eye): Promise<Truth> {
    const key = keyOf(frame, eye);
    const at = this.wanted.indexOf(key);
    if (at < 0) throw new Error(`The truth of display frame ${frame} was not planned; plan it before it is asked for.`);
    this.ask(at + 1 + most);
    const truth = this.shelf.get(key)!;
    const left = this.uses.get(key)! - 1;
    this.uses.set(key, left);
    if (left === 0 && !this.kept.has(key)) this.shelf.delete(key);
    return truth;
  }

  private ask(until: number): void {
    for (; this.asked < Math.min(until, this.wanted.length); this.asked++) {
      const key = this.wanted[this.asked];
      if (this.shelf.has(key)) continue;
      const [frame, eye] = key.split(' ');
      const truth = this.client.truth(this.poseOf(Number(frame), eye as Eye));
      truth.catch(() => {});
      this.shelf.set(key, truth);
    }
  }
}

function keyOf(frame: number, eye: Eye): string {
  return `${frame} ${eye}`;
}
