import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose } from '../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../src/math/types';
import { meshUnitsPerTexel, nearSideOfCut, skyHeight, skyWidth, type LayerPicture, type WorldFrame } from '../../../src/world/contracts';

export type Rgb = readonly [number, number, number];

export type FrameSpec = {
  id?: number;
  camera?: Intrinsics;
  worldFromCamera?: Pose;
  /** Which surface a texel belongs to; texels of one surface hang together, -1 is a hole. */
  surfaceOf?: (x: number, y: number) => number;
  /** Inverse depth, 1/m, of a surface at a texel corner. */
  inverseDepthOf?: (surface: number, cornerX: number, cornerY: number) => number;
  colorOf?: (x: number, y: number) => Rgb;
  /** False leaves the vertex flags at 0, to show what they are for. */
  flags?: boolean;
  skyColor?: Rgb;
};

/** A frame made by hand, with a corner mesh of the contract's form, without the worker's mesher. */
export function makeFrame(spec: FrameSpec): WorldFrame {
  const camera = spec.camera ?? intrinsicsFromFov(8, 8, Math.PI / 2);
  const { width, height } = camera;
  const surfaceOf = spec.surfaceOf ?? (() => 0);
  const depthOf = spec.inverseDepthOf ?? (() => 0.5);
  const surfaceAt = (x: number, y: number) => (x < 0 || y < 0 || x >= width || y >= height ? null : surfaceOf(x, y));

  const corners = new Map<string, number>();
  const vertices: number[] = [];
  const depths: number[] = [];
  const indices: number[] = [];
  const vertex = (surface: number, x: number, y: number): number => {
    const key = `${surface}/${x}/${y}`;
    const known = corners.get(key);
    if (known !== undefined) return known;
    const around = [surfaceAt(x - 1, y - 1), surfaceAt(x, y - 1), surfaceAt(x - 1, y), surfaceAt(x, y)];
    const onCut = around.some((other) => other !== null && other !== surface);
    let flags = 0;
    if (onCut && spec.flags !== false) {
      flags = 1;
      around.forEach((other, i) => (flags |= other === surface ? 2 << i : 0));
      const isNear = around.some((other) => other !== null && other >= 0 && depthOf(other, x, y) < depthOf(surface, x, y));
      if (isNear) flags |= nearSideOfCut;
    }
    corners.set(key, depths.length);
    depths.push(depthOf(surface, x, y));
    vertices.push(x * meshUnitsPerTexel, y * meshUnitsPerTexel, 0, flags);
    return depths.length - 1;
  };
  const color = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      color.set(spec.colorOf?.(x, y) ?? [200, 100, 50], (y * width + x) * 4);
      const s = surfaceOf(x, y);
      if (s < 0) continue;
      const [a, b, c, d] = [vertex(s, x, y), vertex(s, x + 1, y), vertex(s, x, y + 1), vertex(s, x + 1, y + 1)];
      indices.push(a, c, b, b, c, d);
    }
  }
  const step = Math.max(...depths, 1e-3) / 65535;
  depths.forEach((d, i) => (vertices[i * 4 + 2] = Math.round(d / step)));
  const sky = new Uint8Array(skyWidth * skyHeight * 4);
  for (let p = 0; p < sky.length; p += 4) sky.set([...(spec.skyColor ?? [90, 110, 150]), 255], p);
  return {
    id: spec.id ?? 1,
    actionId: (spec.id ?? 1) * 10,
    worldFromCamera: spec.worldFromCamera ?? createPose(),
    camera,
    color,
    mesh: {
      vertices: Uint16Array.from(vertices),
      vertexCount: depths.length,
      indices: Uint32Array.from(indices),
      indexCount: indices.length,
      inverseDepthStep: step,
      texelsPerQuad: 1,
    },
    background: null,
    layers: [],
    layerUpdates: [],
    collision: null,
    sky,
    times: { actionAtMs: 1, stepBegunMs: 2, inferenceBegunMs: 3, inferenceEndedMs: 4, readBackMs: Number.NaN, meshedMs: 5, sentMs: 6 },
    invalidTexels: 0,
    cutEdges: 0,
    depthCorrection: { scale: 1, offset: 0 },
  };
}

/** The same as an older frame. */
export function makeLayer(spec: FrameSpec): LayerPicture {
  const { id, worldFromCamera, camera, color, mesh, times } = makeFrame(spec);
  return { id, worldFromCamera, camera, color, mesh, actionAtMs: times.actionAtMs };
}
