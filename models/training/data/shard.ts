import { intrinsicsFromFov } from '../../../src/math/camera';
import { createRandom } from '../../../src/math/hash';
import type { Intrinsics } from '../../../src/math/types';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { offlineQuality } from '../../../workers/backends/simulator/teacher/quality';
import { TeacherRenderer } from '../../../workers/backends/simulator/teacher/teacher-renderer';
import { hours } from '../../../workers/layout/hours';
import { createMapView, type Atmosphere } from '../../../workers/layout/map-view';
import { atmosphereOf, heldoutPalettes, randomAtmosphere } from '../../../workers/layout/palettes';
import { addPlainShapes } from '../../../workers/layout/plain-shapes';
import { renderMapView } from '../../../workers/layout/render-map-view';
import { SceneWindow } from '../../../workers/layout/scene-window';
import { clipsPerSeed, framesPerClip, frameSize, type Shard, type Split } from './plan';
import { chooseAction, chooseGaze, gazeAfter, noAction, poseOf, type ClipAction, type Gaze } from './poses';
import { packRecord, recordBytes } from './record';
import { addToStatistics, emptyStatistics, type Statistics } from './statistics';
import type { WorldMaker } from './worlds';

export const fovYDeg = 100;
const fovRad = (fovYDeg * Math.PI) / 180;
/** Clips around one site before the next. */
const clipsPerSite = 4;
/** Side of the square in which sites lie, metres. */
const worldSideM = 160;
/** Half of the frames are windows of a picture of twice the size: the painter paints both sizes. */
const largeShare = 0.5;
/** Windows begin on texels that the painter's coarsest level begins on, too. */
const windowStep = 16;

export type ShardData = { bytes: Uint8Array; statistics: Statistics };

/** Makes all frames of a shard. @throws whatever stands in the way of the worlds */
export async function makeShard(shard: Shard, worldOf: WorldMaker): Promise<ShardData> {
  const frameBytes = recordBytes(frameSize, frameSize);
  const bytes = new Uint8Array(frameBytes * shard.frames);
  const statistics = emptyStatistics();
  let frame = 0;
  for (const seed of shard.seeds) {
    const random = createRandom(seed);
    const { map, decideAround } = await worldOf(shard.map, seed);
    const plain = new SceneWindow(map, addPlainShapes);
    const ornate = new SceneWindow(map, addOrnateShapes);
    let [siteX, siteZ] = [0, 0];
    let air: Atmosphere | null = null;
    let painter: TeacherRenderer | null = null;
    for (let clip = 0; clip < clipsPerSeed; clip++) {
      if (clip % clipsPerSite === 0) {
        [siteX, siteZ] = [(random() - 0.5) * worldSideM, (random() - 0.5) * worldSideM];
        await decideAround(siteX, siteZ);
        ornate.centreOn(siteX, siteZ);
        air = null;
      }
      if (air === null || painter === null) {
        // One light a site: the teacher remembers what light it has gathered there.
        air = airOf(shard.split, seed, random);
        painter = new TeacherRenderer(ornate, air);
      }
      const camera = chooseWindow(random);
      let gaze = chooseGaze(ornate, siteX, siteZ, random);
      let action: Readonly<ClipAction> = noAction;
      for (let frameInClip = 0; frameInClip < framesPerClip; frameInClip++) {
        if (frameInClip > 0) [gaze, action] = stepFrom(ornate, gaze, random);
        const worldFromCamera = poseOf(gaze);
        const view = createMapView(frameSize, frameSize);
        const color = new Uint8ClampedArray(frameSize * frameSize * 4);
        const inverseDepth = new Float32Array(frameSize * frameSize);
        renderMapView(plain, air, worldFromCamera, camera, view);
        painter.render(worldFromCamera, camera, offlineQuality, color, inverseDepth);
        const sample = { view, color, inverseDepth, air, worldFromCamera, camera, action, frameInClip, seed };
        bytes.set(packRecord(sample), frame++ * frameBytes);
        addToStatistics(statistics, sample);
      }
    }
  }
  return { bytes, statistics };
}

function stepFrom(scene: SceneWindow, from: Gaze, random: () => number): [Gaze, Readonly<ClipAction>] {
  for (;;) {
    const action = chooseAction(random);
    const gaze = gazeAfter(scene, from, action);
    if (gaze) return [gaze, action];
  }
}

/** Training worlds see many more palettes than there are; held-out ones those that people see, or one never seen. */
function airOf(split: Split, seed: number, random: () => number): Atmosphere {
  const hour = hours[Math.floor(random() * hours.length)]!;
  if (split === 'newPalette') return atmosphereOf(seed, { palette: heldoutPalettes[0]!.name, hour });
  if (split === 'heldout' || random() < 0.4) return atmosphereOf(seed, { palette: 'auto', hour });
  return randomAtmosphere(random);
}

/** The whole picture at this size, or a window of one with twice as many texels a side. */
function chooseWindow(random: () => number): Intrinsics {
  if (random() >= largeShare) return intrinsicsFromFov(frameSize, frameSize, fovRad);
  const large = intrinsicsFromFov(2 * frameSize, 2 * frameSize, fovRad);
  const places = frameSize / windowStep + 1;
  const left = windowStep * Math.floor(random() * places);
  const top = windowStep * Math.floor(random() * places);
  return { ...large, width: frameSize, height: frameSize, cx: large.cx - left, cy: large.cy - top };
}
