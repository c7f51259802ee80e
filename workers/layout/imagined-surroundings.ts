import type { Intrinsics, Pose } from '../../src/math/types';
import type { LayoutRef, MapNews, OpenHooks } from '../../src/world/contracts';
import type { ImaginedBlock } from '../imagine/tokens';
import { blocksAround } from './block-window';
import { cellSize } from './grid';
import { ImaginedPlace } from './imagined-place';
import type { Atmosphere, MapView } from './map-view';
import { atmosphereOf, autoLight, type LightChoice } from './palettes';
import { farthestM, renderMapView } from './render-map-view';
import { chooseSpawn, spawnLook } from './spawn';

/** Decides blocks somewhere else: a worker, or slices of this thread. See `workers/host/growth`. */
export interface MapGrower {
  /** A map begins; `listener` hears of this one from now on, and whoever listened before hears no more. */
  begin(seed: number, known: readonly ImaginedBlock[], listener: GrowListener): void;
  /** What to decide, the most urgent first; replaces what was wanted before. */
  want(blocks: readonly { i: number; j: number }[]): void;
  dispose(): void;
}

export type GrowListener = {
  blocks(blocks: readonly ImaginedBlock[]): void;
  /** Nothing more comes; `why` is a sentence. */
  failed(why: string): void;
};

/** What a picture can show: as far as rays go, and a cell more, because piers stand where two cells meet. */
export const pictureReachM = farthestM + cellSize;
/** Decided beyond that, so that who walks never waits: two blocks, which take a runner four seconds. */
const aheadM = 24;

/** The map as a network imagines it: it grows around the visitor, ahead of what pictures can show. */
export class ImaginedSurroundings {
  private place = new ImaginedPlace(0);
  /** Prepared for the next start. */
  private next: { place: ImaginedPlace; asked: Pose | null; start: Pose } | null = null;
  /** The place that the grower works for. */
  private growing: ImaginedPlace | null = null;
  private recalled: { seed: number; blocks: readonly ImaginedBlock[] } | null = null;
  private light: LightChoice = autoLight;
  private air: Atmosphere = atmosphereOf(0);
  private cellI = Number.NaN;
  private cellJ = Number.NaN;

  constructor(private readonly grower: MapGrower) {}

  get layout(): LayoutRef {
    return { kind: 'imagined', seed: this.place.seed };
  }

  /** The next start with this seed begins with these blocks. */
  recall(seed: number, blocks: readonly ImaginedBlock[]): void {
    this.recalled = { seed, blocks };
    this.next = null;
  }

  /**
   * Decides all that the first pictures can show, while the place before stays as it is.
   * @throws the signal's reason; a sentence when nothing could be imagined at all
   */
  async prepare(seed: number, worldFromHead: Pose | null, { onProgress, signal }: OpenHooks = {}): Promise<void> {
    signal?.throwIfAborted();
    this.next = null;
    const place = new ImaginedPlace(seed);
    if (this.recalled?.seed === seed) place.add(this.recalled.blocks);
    this.grow(place);
    const report = (done: number, total: number): void => onProgress?.({ step: 'imagine', done, total });
    try {
      const start = worldFromHead ?? (await this.spawn(place, report, signal));
      const shown = blocksAround(start[12]!, start[14]!, pictureReachM);
      this.grower.want(this.missingAround(place, start));
      await place.whenDecided(shown, report, signal);
      if (place.failure !== null && place.count === 0) throw new Error(place.failure);
      this.next = { place, asked: worldFromHead, start };
    } catch (error) {
      // What runs goes on growing.
      if (this.growing === place) this.grow(this.place);
      throw error;
    }
  }

  async start(seed: number, worldFromHead: Pose | null): Promise<Pose> {
    if (!this.next || this.next.place.seed !== seed || !samePose(this.next.asked, worldFromHead)) {
      await this.prepare(seed, worldFromHead);
    }
    const { place, start } = this.next!;
    this.next = null;
    this.recalled = null;
    this.place = place;
    place.tellAll();
    this.air = atmosphereOf(seed, this.light);
    this.cellI = Number.NaN;
    return start;
  }

  setLight(light: LightChoice): void {
    this.light = light;
    this.air = atmosphereOf(this.place.seed, light);
  }

  renderMapView(worldFromCamera: Pose, camera: Intrinsics, out: MapView): void {
    this.lookAhead(worldFromCamera);
    renderMapView(this.place.scene, this.air, worldFromCamera, camera, out);
  }

  /** Waits until all is decided that a picture from here can show; for measurements, a visit never waits. */
  async settle(worldFromCamera: Pose): Promise<void> {
    const { place } = this;
    this.grower.want(this.missingAround(place, worldFromCamera));
    await place.whenDecided(blocksAround(worldFromCamera[12]!, worldFromCamera[14]!, pictureReachM));
    if (place.failure !== null) throw new Error(place.failure);
  }

  atmosphere(): Atmosphere {
    return this.air;
  }

  takeMap(): MapNews | null {
    return this.place.takeNews();
  }

  dispose(): void {
    this.grower.dispose();
  }

  private grow(place: ImaginedPlace): void {
    this.growing = place;
    this.cellI = Number.NaN;
    this.grower.begin(place.seed, place.all, {
      blocks: (blocks) => place.add(blocks),
      failed: (why) => place.fail(why),
    });
  }

  /** Decides what the choice of a start looks at, and chooses. */
  private async spawn(
    place: ImaginedPlace,
    report: (done: number, total: number) => void,
    signal: AbortSignal | undefined,
  ): Promise<Pose> {
    const { x, z, radius } = spawnLook;
    const about = blocksAround(x, z, pictureReachM).length;
    const needed = blocksAround(x, z, radius);
    this.grower.want(needed);
    await place.whenDecided(needed, (done) => report(done, about), signal);
    return chooseSpawn(place.map);
  }

  /** Asks for what is missing ahead, when the visitor has come to another cell. */
  private lookAhead(worldFromCamera: Pose): void {
    const i = Math.floor(worldFromCamera[12]! / cellSize);
    const j = Math.floor(worldFromCamera[14]! / cellSize);
    // While another place is being prepared, this one rests: it has a margin.
    if ((i === this.cellI && j === this.cellJ) || this.growing !== this.place) return;
    this.cellI = i;
    this.cellJ = j;
    const missing = this.missingAround(this.place, worldFromCamera);
    if (missing.length > 0) this.grower.want(missing);
  }

  private missingAround(place: ImaginedPlace, worldFromCamera: Pose): { i: number; j: number }[] {
    const wanted = blocksAround(worldFromCamera[12]!, worldFromCamera[14]!, pictureReachM + aheadM);
    return wanted.filter(({ i, j }) => !place.map.has(i, j));
  }
}

function samePose(a: Pose | null, b: Pose | null): boolean {
  if (a === null || b === null) return a === b;
  return a.every((value, index) => value === b[index]);
}
