import type { Action } from '../action/action';
import type { ImaginedBlock } from '../../workers/imagine/tokens';
import type { LightChoice } from '../../workers/layout/palettes';
import type { Intrinsics, Pose } from '../math/types';

/** 'courtyards' and 'districts' are rules, 'imagined' is what a network of the package says. */
export type LayoutKind = 'courtyards' | 'districts' | 'imagined';

/**
 * Where the person may walk, when a world can say so. The rules are deterministic from kind and seed, so that both threads
 * agree; the blocks of an imagined map come with `map` messages ({@link FromWorker}).
 */
export type LayoutRef = { kind: LayoutKind; seed: number };

/** What an imagining world has decided; `failure`: a sentence when it can decide nothing more, told once. */
export type MapNews = { seed: number; blocks: readonly ImaginedBlock[]; failure: string | null };

/** Colours of a world for things drawn by the page itself (sky dome before the first frame, titles): linear RGB, 0..1. */
export type WorldInfo = {
  id: string;
  name: string;
  /** One sentence for the page. */
  description: string;
  camera: Intrinsics;
  hasDepth: boolean;
  /** What the host does to the depth of every frame before it is used; see docs/manifest.md, Outputs. Left out: nothing. */
  depthCare?: { median: boolean; align: boolean };
  /** Steps a second the world was made for; the host never asks for more. */
  rateHz: number;
  /** Shares of the camera's width and height that it can paint at, falling from 1. Left out: the full size only. */
  scales?: readonly number[];
  /** What computes it: 'cpu' for the simulator, 'webgpu' or 'wasm' for networks. */
  provider: string;
  layout: LayoutRef | null;
  /** Which package paints it: saved visits tell by it whether the world has changed. Left out: none does. */
  package?: { version: string; sha256: string };
};

/** What a backend returns for one step. The backend owns the arrays and may reuse them in its next step. */
export type ModelFrame = {
  /** The pose the picture was really made for. */
  worldFromCamera: Pose;
  camera: Intrinsics;
  /** sRGB-encoded RGBA8, rows from the top, width * height * 4. */
  color: Uint8ClampedArray;
  /** Planar inverse depth, 1/m, rows from the top; 0 is infinitely far. Null: no depth, drawn as a screen far away. */
  inverseDepth: Float32Array | null;
  /** When the network (or ray caster) began and ended, ms on the worker's performance clock. */
  inferenceBegunMs: number;
  inferenceEndedMs: number;
  /** When picture and depth had been read out of the network's outputs; left out: the backend does not tell. */
  readBackMs?: number;
};

/** Where a visit starts. */
export type OpenResult = { worldFromHead: Pose };

/** Bytes and steps of opening a world. 'imagine' comes after 'done', for worlds that imagine: blocks of the map. */
export type OpenProgress =
  | { step: 'download'; loadedBytes: number; totalBytes: number }
  | { step: 'compile' }
  | { step: 'self-check'; provider: string }
  | { step: 'done'; provider: string }
  | { step: 'imagine'; done: number; total: number };

/** What somebody who waits for a world can be told, and how they call it off. */
export type OpenHooks = { onProgress?: (progress: OpenProgress) => void; signal?: AbortSignal };

/** Everything that can dream a world: simulator, ONNX package, replay, remote. */
export interface WorldModel {
  readonly info: WorldInfo;
  /** Starts the world afresh. `worldFromHead` null: the world chooses a good place to stand. Call it again to reset. */
  open(seed: number, worldFromHead: Pose | null): Promise<OpenResult>;
  /**
   * Does what takes long in the `open` with the same arguments that follows, while steps of the visit before go on.
   * @throws the signal's reason when it was called off
   */
  prepare?(seed: number, worldFromHead: Pose | null, hooks: OpenHooks): Promise<void>;
  /** Changes light and colours from the next step on; worlds that have only one look leave it out. Not during a step. */
  setLight?(light: LightChoice): void;
  /** Paints at this share of its full size from the next step on, one of `info.scales`. Not during a step. */
  setScale?(scale: number): void;
  /** Blocks of this seed's map that an earlier visit has seen; the next `open` with this seed begins with them. */
  recall?(seed: number, blocks: readonly ImaginedBlock[]): void;
  /** What was decided of the map since it was last asked, all of it after `open`; null: nothing new. */
  takeMap?(): MapNews | null;
  /** One causal step: the frame depends on this action and on the past, on nothing else. */
  step(action: Action): Promise<ModelFrame>;
  dispose(): void;
}

/** Units of {@link FrameMesh} positions in a texel. */
export const meshUnitsPerTexel = 16;
/** Largest width or height of a picture, texels: what 16 bits hold in these units. */
export const maxPictureTexels = 4095;

/** Vertex flag, bit 5: see {@link FrameMesh}. */
export const farFromCuts = 32;

/** Vertex flag, bit 6: see {@link FrameMesh}. */
export const nearSideOfCut = 64;

/** Cut corner mesh of one frame; see `workers/mesh/corner-mesh.ts`. */
export type FrameMesh = {
  /**
   * Four 16-bit numbers a vertex:
   * - x and y from the top left of the picture, in 1/16 texel ({@link meshUnitsPerTexel}). A vertex on a cut may stand
   *   less than half a quad off its own corner, so that silhouettes are smooth: rounding to whole quads gives that
   *   corner, and the colour is looked up there. All vertices of a corner stand at the same place.
   * - inverse depth, in steps of `inverseDepthStep`; 0 is infinitely far.
   * - flags. Bit 0: lies on a cut. Bits 1 to 4, set only beside bit 0: which of the quads around the corner (up left,
   *   up right, down left, down right) it belongs to. Bit 5: no cut within two quads, so that colour may be filtered
   *   more widely than between two texels. Bit 6, only beside bit 0: something farther off is on the other side of the
   *   cut.
   */
  vertices: Uint16Array;
  vertexCount: number;
  /** Three indices a triangle, counter-clockwise seen from the camera. */
  indices: Uint32Array;
  indexCount: number;
  /** 1/m for one step of the 16-bit inverse depth. */
  inverseDepthStep: number;
  /** Texels of the picture along each side of a quad: 1, or more where the mesh is coarser than the picture. */
  texelsPerQuad: number;
};

/** Times of one frame, ms on the window's performance clock. */
export type FrameTimes = {
  actionAtMs: number;
  stepBegunMs: number;
  inferenceBegunMs: number;
  inferenceEndedMs: number;
  /** NaN where the backend does not tell. */
  readBackMs: number;
  meshedMs: number;
  sentMs: number;
};

/** Size of {@link WorldFrame.sky}, texels: all directions, equirectangular. */
export const skyWidth = 128;
export const skyHeight = 64;

/** A picture and its geometry, as seen by one camera: what one draw needs. */
export type Picture = {
  camera: Intrinsics;
  /** sRGB-encoded RGBA8, rows from the top, width * height * 4. */
  color: Uint8Array;
  mesh: FrameMesh;
};

/** An older frame that is drawn behind the newest one, where that one saw nothing. */
export type LayerPicture = Picture & {
  /** Id of the frame it was. */
  id: number;
  worldFromCamera: Pose;
  /** When its action was sampled, ms on the window's clock. */
  actionAtMs: number;
};

/**
 * Surfaces of one frame for bodies to bounce off: a coarse cut mesh, in world metres. Where the depth jumps there is
 * nothing, never a sheet between near and far.
 */
export type CollisionMesh = {
  /** Of the frame it was made from. */
  frameId: number;
  worldFromCamera: Pose;
  camera: Intrinsics;
  /** x, y, z of each vertex. */
  positions: Float32Array;
  vertexCount: number;
  /** Three a triangle, counter-clockwise seen from the camera. */
  indices: Uint32Array;
  indexCount: number;
  /** Side of the squares of the picture that the mesh comes in, texels of {@link camera}. */
  partTexels: number;
  /**
   * First vertex and first index of each square, row by row, and the ends of the last. Squares share no vertices, so each
   * can become a collider of its own.
   */
  partStarts: readonly number[];
};

/** One dreamed frame, as the worker posts it. All arrays are transferred; give them back with {@link ToWorker} `release`. */
export type WorldFrame = Picture & {
  id: number;
  /** The newest action that the frame's pixels know of. */
  actionId: number;
  worldFromCamera: Pose;
  /**
   * What probably lies behind the cuts and beyond the border of this frame, seen from the same pose, often with a wider
   * camera: a guess, drawn only where no frame has seen anything. Null when there is nothing to guess from.
   */
  background: Picture | null;
  /** Ids of the older frames to draw with this one, the most useful first. All others may be forgotten. */
  layers: readonly number[];
  /** Older frames that the page does not have yet, or that have lost texels which newer frames see through. */
  layerUpdates: readonly LayerPicture[];
  /** A few times a second while there are bodies in the world, else null. */
  collision: CollisionMesh | null;
  /**
   * Colour of what is far away in every direction, as if infinitely far: `skyWidth` x `skyHeight` RGBA8 sRGB. Row 0 is
   * straight down, the last row straight up; column 0 begins behind (+Z), and columns go on over +X (right), −Z (ahead)
   * and −X: longitude = atan2(x, z) from 0 to 2 pi.
   */
  sky: Uint8Array;
  times: FrameTimes;
  /** Depth texels that were NaN, infinite or negative and were taken out. */
  invalidTexels: number;
  cutEdges: number;
  /**
   * 1: the newest pictures that could be compared fit the pose of a neighbouring frame clearly better than their own;
   * 0: they do not; NaN or left out: there was nothing to compare.
   */
  poseMismatch?: number;
  /** What the model's inverse depth was multiplied by and what was added (1/m), to agree with the frame before. */
  depthCorrection: { scale: number; offset: number };
};

/** Worker to page, over the raw port. */
export type FromWorker =
  /** `holdMs`: the page holds it back for so long, as if the link were slow; the loop here goes on meanwhile. */
  | { type: 'frame'; frame: WorldFrame; holdMs: number }
  /** `stepBegunMs`: when the step in flight began, window's clock; null between steps. */
  | { type: 'alive'; atMs: number; stepBegunMs: number | null }
  | { type: 'progress'; worldId: string; progress: OpenProgress }
  | { type: 'opened'; info: WorldInfo; worldFromHead: Pose; seed: number; keptPose: boolean }
  | { type: 'failed'; worldId: string; message: string }
  /** What is there now, for whoever must know the walls: all of it right after `opened`, then what is new. */
  | { type: 'map'; seed: number; blocks: readonly ImaginedBlock[] }
  /** The map grows no further; the world goes on with what is known. `message` is a sentence. */
  | { type: 'map-failed'; worldId: string; message: string }
  /** The frames do not fit together as if a convention of the package were wrong; a sentence, null: all is well again. */
  | { type: 'advice'; worldId: string; message: string | null };

/** Page to worker, over the raw port. Actions go through the mailbox, see `src/action/mailbox.ts`. */
export type ToWorker =
  | { type: 'release'; buffers: ArrayBuffer[] }
  | { type: 'action'; values: Float64Array };
