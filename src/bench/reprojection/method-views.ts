import type { WebGLRenderer } from 'three';
import { buildFlatGrid } from '../../../workers/mesh/flat-grid';
import type { Pose } from '../../math/types';
import { WorldView } from '../../reproject/world-view';
import type { FrameMesh, WorldFrame } from '../../world/contracts';
import type { Method } from './result';
import type { BenchStage } from './stage';

/** What is drawn; `limit` is computed from the truth. */
export const drawnMethods = ['off', 'rotation', 'quad', 'uncut', 'mesh', 'layers'] as const satisfies readonly Method[];
export type DrawnMethod = (typeof drawnMethods)[number];

/** Whatever one measures of each method that is drawn. */
export type ByMethod<T> = Record<DrawnMethod, T>;

export function byMethod<T>(make: (method: DrawnMethod) => T): ByMethod<T> {
  return Object.fromEntries(drawnMethods.map((method) => [method, make(method)])) as ByMethod<T>;
}

/**
 * The same stream of frames in every method, each with the product's shaders and sky. `layers` has a view of its own,
 * because another mode would end its fades. `off`, `rotation` and `quad` are flat: they get a plain grid, free of the
 * small shifts that a cut mesh has along silhouettes.
 */
export class MethodViews {
  private readonly layers = new WorldView(() => {});
  private readonly mesh = new WorldView(() => {});
  private readonly uncut = new WorldView(() => {});
  private readonly flat = new WorldView(() => {});
  private readonly all = [this.layers, this.mesh, this.uncut, this.flat];
  private grid: FrameMesh | null = null;

  constructor() {
    this.layers.setMode('layers');
    this.mesh.setMode('mesh');
    this.uncut.setMode('mesh');
    this.flat.setMode('rotation');
  }

  /** Id of the newest frame on the screen; 0 before the first. */
  get newestId(): number {
    return this.layers.lastDrawn?.id ?? 0;
  }

  /** When the action of that frame was sampled, ms. */
  get newestAtMs(): number {
    return this.layers.lastDrawn?.times.actionAtMs ?? Number.NaN;
  }

  queue(frame: WorldFrame, uncut: FrameMesh): void {
    const alone: WorldFrame = { ...frame, background: null, layers: [], layerUpdates: [] };
    this.layers.queue(frame);
    this.mesh.queue(alone);
    this.uncut.queue({ ...alone, mesh: uncut });
    this.flat.queue({ ...alone, mesh: (this.grid ??= flatGrid(frame.camera.width, frame.camera.height)) });
  }

  setHead(worldFromHead: Pose): void {
    for (const view of this.all) view.setHead(worldFromHead);
  }

  /** One display frame. */
  flush(atMs: number, renderer: WebGLRenderer): void {
    for (const view of this.all) view.flush(atMs, renderer);
  }

  /** All fades are over, all that waits is there. */
  settle(renderer: WebGLRenderer): void {
    for (const view of this.all) view.settle(renderer);
  }

  draw(stage: BenchStage, method: DrawnMethod, worldFromEye: Pose): Uint8Array {
    return stage.draw(this.viewFor(method), worldFromEye);
  }

  source(stage: BenchStage, method: DrawnMethod, worldFromEye: Pose): Uint8Array {
    return stage.source(this.viewFor(method), worldFromEye);
  }

  sky(stage: BenchStage, worldFromEye: Pose): Uint8Array {
    return stage.sky(this.layers, worldFromEye);
  }

  /** Id of the frame behind a layer code of a method's source buffer; 0: none. */
  sourceId(method: DrawnMethod, code: number): number {
    return this.viewFor(method).sourceId(code);
  }

  dispose(): void {
    for (const view of this.all) view.dispose();
  }

  private viewFor(method: DrawnMethod): WorldView {
    if (method === 'layers' || method === 'mesh' || method === 'uncut') return this[method];
    this.flat.setMode(method);
    return this.flat;
  }
}

function flatGrid(width: number, height: number): FrameMesh {
  const most = (width / 4 + 2) * (height / 4 + 2);
  return buildFlatGrid(width, height, new Uint16Array(4 * most), new Uint32Array(6 * most));
}
