import type { Action } from '../../../src/action/action';
import type { Intrinsics, Pose } from '../../../src/math/types';
import { partSize, type ImagePart, type Manifest, type VectorPart } from '../../../src/world/manifest';
import type { Atmosphere, MapView } from '../../layout/map-view';
import type { MemoryView } from '../../memory/reproject';
import type { FrameHistory } from './frame-history';
import type { GaussianSource } from './gaussian';
import { imageFiller } from './image-sources';
import { vectorFiller } from './vector-sources';

/** All that a part may read in one step. What a manifest does not use is null; the manifest check keeps it unread. */
export type SourceContext = {
  camera: Intrinsics;
  /** The pose to paint at. */
  worldFromCamera: Pose;
  /** The pose of the frame before, or where the visit began. */
  worldFromPrevious: Pose;
  action: Action | null;
  map: MapView | null;
  atmosphere: Atmosphere | null;
  memory: MemoryView | null;
  history: FrameHistory | null;
  random: GaussianSource;
};

/** Writes the raw values of one part at `start`. */
export type Filler = (context: SourceContext, out: Float32Array, start: number) => void;

/** One graph input with the array that is fed on every run. */
export type BoundInput = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  fill(context: SourceContext): void;
};

/**
 * Binds every input of a manifest to its sources, in manifest order. State inputs are not among them.
 * @throws Error with a sentence when a part names something that this build does not have
 */
export function bindInputs(manifest: Manifest, camera: Intrinsics): BoundInput[] {
  return Object.entries(manifest.inputs).map(([name, input]) => {
    const plane = input.kind === 'image' ? input.shape[2] * input.shape[3] : 1;
    const data = new Float32Array(input.shape[1] * plane);
    let start = 0;
    const parts = input.parts.map((part, index) => {
      const field = `World package ${manifest.id}: inputs.${name}.parts[${index}]`;
      const fill =
        input.kind === 'image' ? imageFiller(part as ImagePart, camera, field) : vectorFiller(part as VectorPart);
      const bound = { fill, start, end: start + partSize(part) * plane, scale: part.scale, offset: part.offset };
      start = bound.end;
      return bound;
    });
    return {
      name,
      shape: input.shape,
      data,
      fill(context) {
        for (const part of parts) {
          part.fill(context, data, part.start);
          normalise(data, part.start, part.end, part.scale, part.offset);
        }
      },
    };
  });
}

/** Whether any input of the manifest reads one of these sources. */
export function usesSource(manifest: Manifest, ...sources: (ImagePart | VectorPart)['source'][]): boolean {
  return Object.values(manifest.inputs).some((input) => input.parts.some((part) => sources.includes(part.source)));
}

/** How many earlier frames the manifest reads; 0 when none. */
export function historyLength(manifest: Manifest): number {
  let length = 0;
  for (const input of Object.values(manifest.inputs)) {
    for (const part of input.parts) if (part.source === 'history') length = Math.max(length, part.back);
  }
  return length;
}

function normalise(data: Float32Array, start: number, end: number, scale: number, offset: number): void {
  if (scale === 1 && offset === 0) return;
  for (let i = start; i < end; i++) data[i] = data[i] * scale + offset;
}
