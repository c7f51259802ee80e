import { createAction } from '../action/action-codec';
import { poseFromYawPitch } from '../math/pose';
import { intrinsicsFromFov } from '../math/camera';
import { RollingQuantiles } from '../math/quantiles';
import { Simulator, simulatorFovYDeg } from '../../workers/backends/simulator/simulator';
import { CourtyardSurroundings } from '../../workers/layout/courtyard-surroundings';
import { createMapView } from '../../workers/layout/map-view';

export type SimulatorSummary = {
  /** Pictures a second on one core at 128x128: the simulator's live quality, and the plain map view. */
  simulatorFps: number;
  mapViewFps: number;
  simulatorMsP50: number;
  mapViewMsP50: number;
  frames: number;
};

/** One picture of the walk: the time it took, as a visitor sees it and as the plain map view. */
export type SimulatorRow = { frame: number; simulatorMs: number; mapViewMs: number };

const size = 128;
const warmUpFrames = 8;

/**
 * Times the ray caster on one core along a walk. Milliseconds of this machine: printed, never asserted.
 * @param seed of the world
 */
export async function benchSimulator(
  { frames, seed }: { frames: number; seed: number },
  onFrame: (frame: number) => void = () => {},
): Promise<{ rows: SimulatorRow[]; summary: SimulatorSummary }> {
  const simulator = new Simulator(size);
  const { worldFromHead } = await simulator.open(seed, null);
  const surroundings = new CourtyardSurroundings();
  await surroundings.start(seed, worldFromHead);
  const camera = intrinsicsFromFov(size, size, (simulatorFovYDeg * Math.PI) / 180);
  const view = createMapView(size, size);
  const action = createAction();
  const pictureMs = new RollingQuantiles(frames);
  const mapMs = new RollingQuantiles(frames);
  const rows: SimulatorRow[] = [];
  for (let k = -warmUpFrames; k < frames; k++) {
    const yaw = k * 0.06;
    poseFromYawPitch(
      [worldFromHead[12]! + 0.02 * k, worldFromHead[13]!, worldFromHead[14]!],
      yaw,
      0,
      0,
      action.worldFromPredictedHead,
    );
    const begun = performance.now();
    await simulator.step(action);
    const between = performance.now();
    surroundings.renderMapView(action.worldFromPredictedHead, camera, view);
    if (k < 0) continue;
    const row = { frame: k, simulatorMs: between - begun, mapViewMs: performance.now() - between };
    pictureMs.push(row.simulatorMs);
    mapMs.push(row.mapViewMs);
    rows.push(row);
    onFrame(k);
  }
  const simulatorMsP50 = pictureMs.quantile(0.5);
  const mapViewMsP50 = mapMs.quantile(0.5);
  const summary = {
    simulatorFps: 1000 / simulatorMsP50,
    mapViewFps: 1000 / mapViewMsP50,
    simulatorMsP50,
    mapViewMsP50,
    frames,
  };
  return { rows, summary };
}
