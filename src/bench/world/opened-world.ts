import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAction } from '../../action/action-codec';
import { headingYaw } from '../../math/pose';
import type { Intrinsics, Pose } from '../../math/types';
import type { ModelFrame } from '../../world/contracts';
import { exclusively } from '../../../workers/backends/onnx/exclusively';
import type { OnnxModel } from '../../../workers/backends/onnx/onnx-model';
import { openOnnxModel } from '../../../workers/backends/onnx/open-onnx-model';
import type { Surroundings, SurroundingsMaker } from '../../../workers/backends/onnx/surroundings';
import type { OrtRuntime } from '../../../workers/backends/onnx/web-runtime';
import { GrowLoop } from '../../../workers/host/growth/grow-loop';
import { loadBlockSources } from '../../../workers/host/growth/block-source';
import { surroundingsMaker } from '../../../workers/host/make-surroundings';
import { decodeBlock, type ImaginedBlock } from '../../../workers/imagine/tokens';
import { BlockMap } from '../../../workers/layout/block-map';
import { CourtyardSurroundings } from '../../../workers/layout/courtyard-surroundings';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { DistrictSurroundings } from '../../../workers/layout/district-surroundings';
import { DistrictMap } from '../../../workers/layout/districts/district-map';
import type { Hour } from '../../../workers/layout/hours';
import { ImaginedSurroundings } from '../../../workers/layout/imagined-surroundings';
import type { MapView } from '../../../workers/layout/map-view';
import type { SemanticMap } from '../../../workers/layout/things';
import { fetchFile } from '../node-fetch';
import { nativeRuntime } from './node-runtime';
import { withFlatNoise } from './flat-noise';

/** Which map a world is shown on: `true` is the rule that the teacher draws, `own` what the package itself says. */
export type MapChoice = 'true' | 'own';
export type OpenChoice = { map: MapChoice; noise?: 'anchored' | 'flat'; runtime?: OrtRuntime };

/** Seconds between two frames, as far as actions tell. */
const frameMs = 1000 / 30;

/** A world package in this process, opened as the worker opens it, and stepped from pose to pose. */
export class OpenedWorld {
  /** The map of the visit: grows while an imagining world is walked. */
  map: SemanticMap;
  private blocksMap: BlockMap | null = null;
  private readonly blockList: ImaginedBlock[] = [];
  private readonly action = createAction();

  private constructor(
    readonly model: OnnxModel,
    private readonly around: Surroundings,
    readonly layoutKind: string,
  ) {
    this.map = trueMapOf(layoutKind, 0);
  }

  /** @throws Error with a sentence when the package cannot be opened */
  static async open(manifestFile: string, { map, noise = 'anchored', runtime = nativeRuntime }: OpenChoice): Promise<OpenedWorld> {
    const maker = surroundingsMaker(async (graphs) => new GrowLoop(await loadBlockSources(nativeRuntime, graphs)));
    let around: Surroundings | null = null;
    let layoutKind = '';
    const surroundings: SurroundingsMaker = (loaded) => {
      layoutKind = loaded.manifest.layout?.kind ?? 'courtyards';
      const made = map === 'own' ? maker(loaded) : trueSurroundings(layoutKind);
      around = noise === 'flat' ? withFlatNoise(made) : made;
      return around;
    };
    const manifestUrl = pathToFileURL(path.resolve(manifestFile)).href;
    const model = await openOnnxModel({ manifestUrl, provider: 'auto', surroundings, fetchFile, runtime });
    return new OpenedWorld(model, around!, layoutKind);
  }

  get camera(): Intrinsics {
    return this.model.info.camera;
  }

  /** Blocks that were imagined in this visit; empty for maps that are rules. */
  get blocks(): readonly ImaginedBlock[] {
    return this.blockList;
  }

  /** Starts a visit. @param known blocks that an earlier visit saved @returns where it starts */
  async begin(seed: number, hour: Hour, at: Pose | null = null, known: readonly ImaginedBlock[] = []): Promise<Pose> {
    this.model.setLight({ palette: 'auto', hour });
    if (known.length > 0) this.model.recall(seed, known);
    const { worldFromHead } = await this.model.open(seed, at);
    this.blockList.length = 0;
    this.blocksMap = this.around.layout.kind === 'imagined' ? new BlockMap(seed) : null;
    this.map = this.blocksMap ?? trueMapOf(this.layoutKind, seed);
    this.takeMap();
    this.action.id = 0;
    this.action.worldFromHead.set(worldFromHead);
    return worldFromHead;
  }

  /** One frame; its arrays are used again by the next. Waits for the map, so that nothing depends on what runs beside. */
  async step(pose: Pose): Promise<ModelFrame> {
    const { action, around } = this;
    if (around instanceof ImaginedSurroundings) await around.settle(pose);
    this.takeMap();
    const { move } = action.intent;
    const before = action.worldFromHead;
    const yaw = headingYaw(before);
    const [x, z] = [pose[12] - before[12], pose[14] - before[14]];
    move[0] = (Math.cos(yaw) * x - Math.sin(yaw) * z) * (1000 / frameMs);
    move[1] = (pose[13] - before[13]) * (1000 / frameMs);
    move[2] = (Math.sin(yaw) * x + Math.cos(yaw) * z) * (1000 / frameMs);
    const turn = headingYaw(pose) - yaw;
    action.intent.turnRadPerS = Math.atan2(Math.sin(turn), Math.cos(turn)) * (1000 / frameMs);
    action.id++;
    action.dtMs = frameMs;
    action.worldFromHead.set(pose);
    action.worldFromPredictedHead.set(pose);
    return this.model.step(action);
  }

  /** The map from this pose, as the network was given it. */
  viewMap(pose: Pose, out: MapView): void {
    this.around.renderMapView(pose, this.camera, out);
  }

  /** Resolves when all of it is freed: a process that ends while ONNX Runtime frees something may not end at all. */
  async close(): Promise<void> {
    this.model.dispose();
    await exclusively(async () => undefined);
  }

  private takeMap(): void {
    const news = this.model.takeMap();
    if (!news || !this.blocksMap) return;
    if (news.failure !== null) throw new Error(news.failure);
    for (const block of news.blocks) {
      if (this.blocksMap.has(block.i, block.j)) continue;
      this.blocksMap.put(block.i, block.j, decodeBlock(block.tokens));
      this.blockList.push(block);
    }
  }
}

/** The map that a package learnt from. @param layoutKind of its manifest */
export function trueMapOf(layoutKind: string, seed: number): SemanticMap {
  return layoutKind === 'courtyards' ? new CourtyardMap(seed) : new DistrictMap(seed);
}

function trueSurroundings(layoutKind: string): Surroundings {
  return layoutKind === 'courtyards' ? new CourtyardSurroundings() : new DistrictSurroundings();
}
