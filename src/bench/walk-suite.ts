import * as ort from 'onnxruntime-node';
import { openOnnxModel } from '../../workers/backends/onnx/open-onnx-model';
import { Simulator } from '../../workers/backends/simulator/simulator';
import { MapCollider } from '../../workers/layout/collision';
import { CourtyardSurroundings } from '../../workers/layout/courtyard-surroundings';
import { CourtyardMap } from '../../workers/layout/courtyards';
import { createMapView, type MapView } from '../../workers/layout/map-view';
import { createAction } from '../action/action-codec';
import { psnr, sharpness, ssim } from '../math/image-metrics';
import { poseFromYawPitch } from '../math/pose';
import { RollingQuantiles } from '../math/quantiles';
import type { Pose } from '../math/types';
import { fetchFile } from './node-fetch';

/** Means over a walk, against the simulator's true picture at the same poses; range of colour 0..1. */
export type Quality = { psnrDb: number; ssim: number; sharpnessRatio: number };

export type WalkSummary = {
  frames: number;
  network: Quality;
  rawMap: Quality;
  /** The network over the last tenth of the walk: a world that dissolves shows here. */
  networkAtEnd: Quality;
  /** Mean relative depth error of the network on pixels nearer than 50 m in both, median over frames. */
  depthErrorMedian: number;
  /** Whether the first view, painted again after the walk, has the same bytes. */
  revisitIdentical: boolean;
  /** Time of one step, map view and network, on this machine with onnxruntime-node. */
  stepMsP50: number;
};

/** One frame of the walk. */
export type WalkRow = {
  frame: number;
  network: Quality;
  rawMap: Quality;
  /** Mean relative error of the network's inverse depth, where both are nearer than 50 m. */
  depthError: number;
  stepMs: number;
};

/** A picture of the walk for a contact sheet: painted beside truth. */
export type WalkPicture = { frame: number; painted: Uint8ClampedArray; truth: Uint8ClampedArray; raw: Uint8ClampedArray };

const strideM = 0.08;
const bodyM = 0.3;

/** Poses of a stroll: straight on, turning away where the way ends, with looks to the side. */
export function strollPoses(seed: number, start: Pose, frames: number): Pose[] {
  const collider = new MapCollider(new CourtyardMap(seed));
  const place = { x: start[12]!, z: start[14]! };
  let yaw = Math.atan2(start[8]!, start[10]!);
  return Array.from({ length: frames }, (_, k) => {
    const free = collider.clearance(place.x - Math.sin(yaw) * 0.9, place.z - Math.cos(yaw) * 0.9, 0, 0.6) > 0.5;
    if (free) {
      const [fromX, fromZ] = [place.x, place.z];
      collider.slide(fromX, fromZ, fromX - Math.sin(yaw) * strideM, fromZ - Math.cos(yaw) * strideM, bodyM, place);
    } else {
      yaw += 0.12;
    }
    const glance = 0.25 * Math.sin(k * 0.05);
    const floor = collider.groundHeight(place.x, place.z);
    return poseFromYawPitch([place.x, floor + 1.6, place.z], yaw + glance, -0.05 + 0.05 * Math.sin(k * 0.03));
  });
}

/**
 * Walks through the shipped neural world from nothing and measures what it paints.
 * @param keep is called with each frame's pictures; their arrays are used again for the next frame
 */
export async function benchWalk(
  manifestUrl: string,
  seed: number,
  frames: number,
  keep: (picture: WalkPicture) => void,
): Promise<{ rows: WalkRow[]; summary: WalkSummary }> {
  const surroundings = new CourtyardSurroundings();
  const model = await openOnnxModel({
    manifestUrl,
    provider: 'auto',
    surroundings,
    fetchFile,
    runtime: { ort, plan: async () => ({ order: ['cpu'], warnings: [] }) },
  });
  const { camera } = model.info;
  const { worldFromHead } = await model.open(seed, null);
  const simulator = new Simulator(camera.width);
  await simulator.open(seed, worldFromHead);
  const view = createMapView(camera.width, camera.height);
  const action = createAction();
  const steps = new RollingQuantiles(frames);
  const depthErrors = new RollingQuantiles(frames);
  const rows: WalkRow[] = [];
  const poses = strollPoses(seed, worldFromHead, frames);
  let first: Uint8ClampedArray | null = null;
  for (const [k, pose] of poses.entries()) {
    action.id = k + 1;
    action.worldFromHead.set(pose);
    action.worldFromPredictedHead.set(pose);
    const begun = performance.now();
    const painted = await model.step(action);
    const stepMs = performance.now() - begun;
    steps.push(stepMs);
    const truth = await simulator.step(action);
    surroundings.renderMapView(pose, camera, view);
    const raw = rgbaOf(view);
    first ??= painted.color.slice();
    const depthError = relativeDepthError(painted.inverseDepth!, truth.inverseDepth!);
    depthErrors.push(depthError);
    rows.push({
      frame: k,
      network: compare(painted.color, truth.color, camera.width, camera.height),
      rawMap: compare(raw, truth.color, camera.width, camera.height),
      depthError,
      stepMs,
    });
    keep({ frame: k, painted: painted.color, truth: truth.color, raw });
  }
  action.worldFromPredictedHead.set(poses[0]!);
  const again = await model.step(action);
  const revisitIdentical = again.color.every((value, i) => value === first![i]);
  model.dispose();
  const network = rows.map((row) => row.network);
  const summary = {
    frames,
    network: meanOf(network),
    rawMap: meanOf(rows.map((row) => row.rawMap)),
    networkAtEnd: meanOf(network.slice(-Math.ceil(frames / 10))),
    depthErrorMedian: depthErrors.quantile(0.5),
    revisitIdentical,
    stepMsP50: steps.quantile(0.5),
  };
  return { rows, summary };
}

function compare(a: Uint8ClampedArray, truth: Uint8ClampedArray, width: number, height: number): Quality {
  return {
    psnrDb: psnr(a, truth),
    ssim: ssim(a, truth, width, height),
    sharpnessRatio: sharpness(a, width, height) / sharpness(truth, width, height),
  };
}

function meanOf(values: readonly Quality[]): Quality {
  const mean = (of: (quality: Quality) => number): number => values.reduce((sum, v) => sum + of(v), 0) / values.length;
  return {
    psnrDb: mean((v) => v.psnrDb),
    ssim: mean((v) => v.ssim),
    sharpnessRatio: mean((v) => v.sharpnessRatio),
  };
}

function relativeDepthError(painted: Float32Array, truth: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < truth.length; i++) {
    const [a, b] = [painted[i]!, truth[i]!];
    // Farther off than 50 m, a metre more or less is not seen.
    if (!(a > 0.02) || !(b > 0.02)) continue;
    sum += Math.abs(a - b) / b;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

function rgbaOf(view: MapView): Uint8ClampedArray {
  const n = view.width * view.height;
  const out = new Uint8ClampedArray(4 * n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < 3; c++) out[4 * i + c] = 255 * view.color[c * n + i]!;
    out[4 * i + 3] = 255;
  }
  return out;
}
