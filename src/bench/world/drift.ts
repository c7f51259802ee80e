import { createMapView } from '../../../workers/layout/map-view';
import { statisticsOf } from './collapse';
import { rgbaOf } from './fidelity';
import { OpenedWorld } from './opened-world';
import { depthAgreementPct } from './picture-scores';
import type { WorldPlan } from './plan';
import type { DriftRow } from './result';
import { Stroller } from './stroller';

/** A brisk walk: a thousand frames are up to 200 m, so that all of it is new. */
const strideM = 0.2;

/** Long walks over the package's own maps: what the pictures are like as a whole, frame by frame. */
export async function benchDrift(manifestFile: string, plan: WorldPlan, onProgress: (text: string) => void): Promise<DriftRow[]> {
  const world = await OpenedWorld.open(manifestFile, { map: 'own' });
  const { camera } = world;
  const { width, height } = camera;
  const view = createMapView(width, height);
  const rows: DriftRow[] = [];
  for (const { seed, hour } of plan.drifts) {
    const start = await world.begin(seed, hour);
    const stroller = new Stroller(world.map, start, strideM);
    for (let frame = 0; frame < plan.driftFrames; frame++) {
      onProgress(`long walk in world ${seed}, frame ${frame + 1} of ${plan.driftFrames}`);
      const pose = stroller.next();
      const { color, inverseDepth } = await world.step(pose);
      world.viewMap(pose, view);
      rows.push({
        kind: 'drift',
        seed,
        hour,
        frame,
        ...statisticsOf(color, inverseDepth, width, height),
        map: statisticsOf(rgbaOf(view), view.inverseDepth, width, height),
        depthAgreementPct: inverseDepth && depthAgreementPct(inverseDepth, view.inverseDepth, camera),
      });
    }
  }
  await world.close();
  return rows;
}
