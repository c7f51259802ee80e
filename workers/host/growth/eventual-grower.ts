import type { ImaginedBlock } from '../../imagine/tokens';
import type { GrowListener, MapGrower } from '../../layout/imagined-surroundings';

/** A grower that is still loading: what it is told meanwhile, it hears when it is there. */
export class EventualGrower implements MapGrower {
  private grower: MapGrower | null = null;
  private isDisposed = false;
  private listener: GrowListener | null = null;
  private failure: string | null = null;
  private hearThen: (() => void)[] = [];

  constructor(loading: Promise<MapGrower>) {
    loading.then(
      (grower) => this.loaded(grower),
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.failure = `The map cannot be imagined here: ${reason}`;
        this.listener?.failed(this.failure);
      },
    );
  }

  begin(seed: number, known: readonly ImaginedBlock[], listener: GrowListener): void {
    this.listener = listener;
    if (this.failure !== null) listener.failed(this.failure);
    else if (this.grower) this.grower.begin(seed, known, listener);
    else this.hearThen = [() => this.grower?.begin(seed, known, listener)];
  }

  want(blocks: readonly { i: number; j: number }[]): void {
    if (this.grower) this.grower.want(blocks);
    else this.hearThen = [...this.hearThen.slice(0, 1), () => this.grower?.want(blocks)];
  }

  dispose(): void {
    this.isDisposed = true;
    this.listener = null;
    this.grower?.dispose();
  }

  private loaded(grower: MapGrower): void {
    if (this.isDisposed) return grower.dispose();
    this.grower = grower;
    for (const hear of this.hearThen.splice(0)) hear();
  }
}
