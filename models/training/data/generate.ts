/**
 * Makes the training data of `paint`: the map seen from a pose, and the simulator's true picture from the same pose.
 * usage: npm run data -- [--out data/paint] [--frames 5120] [--heldout 256] [--processes 2]
 * Resumable: shards that are complete are kept. One simulator only: this is the one that the viewer runs.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { intrinsicsFromFov } from '../../src/math/camera';
import { createRandom } from '../../src/math/hash';
import type { Pose } from '../../src/math/types';
import { addOrnateShapes } from '../../workers/backends/simulator/ornament';
import { CourtyardRenderer, teacherQuality } from '../../workers/backends/simulator/render';
import { CourtyardMap } from '../../workers/layout/courtyards';
import { distanceToScene } from '../../workers/layout/distance';
import { createMapView } from '../../workers/layout/map-view';
import { atmosphereOf, randomAtmosphere } from '../../workers/layout/palettes';
import { addPlainShapes } from '../../workers/layout/plain-shapes';
import { renderMapView } from '../../workers/layout/render-map-view';
import { SceneWindow } from '../../workers/layout/scene-window';
import { packRecord, recordBytes, recordClasses, recordFields } from './record';

const size = 128;
const fovYDeg = 100;
const framesPerShard = 128;
/** Frames from one world before the next seed: building a world's surroundings costs as much as a frame. */
const framesPerSeed = 16;
/** Poses are taken on sites of this size, metres, a few in each world: small enough to share one scene window. */
const siteSizeM = 14;
const framesPerSite = 8;
/** Held-out worlds have seeds from here on; training worlds lie below. Worlds that people open by default are neither. */
const firstTrainSeed = 10_000;
const firstHeldoutSeed = 1_000_000;

type Shard = { file: string; frames: number; split: 'train' | 'heldout'; seeds: number[] };

const { values: args } = parseArgs({
  options: {
    out: { type: 'string', default: 'data/paint' },
    frames: { type: 'string', default: '5120' },
    heldout: { type: 'string', default: '256' },
    processes: { type: 'string', default: '2' },
    part: { type: 'string' },
  },
});

function planShards(): Shard[] {
  const plan = (split: Shard['split'], frames: number, firstSeed: number): Shard[] =>
    Array.from({ length: Math.ceil(frames / framesPerShard) }, (_, k) => ({
      file: `${split}-${String(k).padStart(3, '0')}.bin`,
      frames: framesPerShard,
      split,
      seeds: Array.from({ length: framesPerShard / framesPerSeed }, (_, s) => firstSeed + k * 1000 + s),
    }));
  return [
    ...plan('heldout', Number(args.heldout), firstHeldoutSeed),
    ...plan('train', Number(args.frames), firstTrainSeed),
  ];
}

/** A standing or crouching visitor who looks anywhere, not with the nose at a wall. */
function choosePose(scene: SceneWindow, siteX: number, siteZ: number, random: () => number): Pose {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const clearance = random() < 0.85 ? 1 : 0.5;
  for (;;) {
    const x = siteX + (random() - 0.5) * siteSizeM;
    const z = siteZ + (random() - 0.5) * siteSizeM;
    const y = Math.max(0.8, 1.6 + 0.2 * normal() + (random() < 0.15 ? 0.7 : 0));
    if (distanceToScene(scene, x, y, z, 1.5) < Math.min(clearance, y * 0.9)) continue;
    return poseOf(x, y, z, random() * 2 * Math.PI, 0.22 * normal(), 0.05 * normal());
  }
}

/** Yaw about up, then pitch, then roll. */
function poseOf(x: number, y: number, z: number, yaw: number, pitch: number, roll: number): Pose {
  const [sy, cy, sp, cp, sr, cr] = [yaw, pitch, roll].flatMap((a) => [Math.sin(a), Math.cos(a)]) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Float32Array.of(
    cy * cr + sy * sp * sr,
    cp * sr,
    -sy * cr + cy * sp * sr,
    0,
    -cy * sr + sy * sp * cr,
    cp * cr,
    sy * sr + cy * sp * cr,
    0,
    sy * cp,
    -sp,
    cy * cp,
    0,
    x,
    y,
    z,
    1,
  );
}

function writeShard(shard: Shard, file: string): void {
  const camera = intrinsicsFromFov(size, size, (fovYDeg * Math.PI) / 180);
  const view = createMapView(size, size);
  const color = new Uint8ClampedArray(size * size * 4);
  const inverseDepth = new Float32Array(size * size);
  const bytes = recordBytes(size, size);
  const out = new Uint8Array(bytes * shard.frames);
  let frame = 0;
  for (const seed of shard.seeds) {
    const random = createRandom(seed);
    const map = new CourtyardMap(seed);
    const plain = new SceneWindow(map, addPlainShapes);
    const ornate = new SceneWindow(map, addOrnateShapes);
    let siteX = 0;
    let siteZ = 0;
    for (let k = 0; k < framesPerSeed; k++, frame++) {
      if (k % framesPerSite === 0) {
        siteX = (random() - 0.5) * 80;
        siteZ = (random() - 0.5) * 80;
        ornate.centreOn(siteX, siteZ);
      }
      // Held-out worlds keep the palettes that people see; training worlds see many more.
      const air = shard.split === 'heldout' || random() < 0.5 ? atmosphereOf(seed) : randomAtmosphere(random);
      const worldFromCamera = choosePose(ornate, siteX, siteZ, random);
      renderMapView(plain, air, worldFromCamera, camera, view);
      new CourtyardRenderer(ornate, air).render(worldFromCamera, camera, teacherQuality, color, inverseDepth);
      out.set(packRecord({ view, color, inverseDepth, air, worldFromCamera, seed }), frame * bytes);
    }
  }
  // A stopped run leaves no half shard behind under the final name.
  writeFileSync(`${file}.part`, out);
  renameSync(`${file}.part`, file);
}

function isComplete(file: string, shard: Shard): boolean {
  return existsSync(file) && statSync(file).size === shard.frames * recordBytes(size, size);
}

function work(part: number, parts: number): void {
  const shards = planShards().filter((_, k) => k % parts === part);
  shards.forEach((shard, k) => {
    const file = path.join(args.out, shard.file);
    const begun = performance.now();
    if (isComplete(file, shard)) return;
    writeShard(shard, file);
    const seconds = (performance.now() - begun) / 1000;
    console.log(`process ${part}: shard ${k + 1} of ${shards.length} (${shard.file}), ${(shard.frames / seconds).toFixed(1)} frames/s`);
  });
}

function describe(): void {
  const dataset = {
    schema: 'reverie-data/1',
    width: size,
    height: size,
    fovYDeg,
    classes: recordClasses,
    recordBytes: recordBytes(size, size),
    fields: recordFields(size, size),
    shards: planShards(),
  };
  writeFileSync(path.join(args.out, 'dataset.json'), JSON.stringify(dataset, null, 1));
}

if (args.part) {
  const [part, parts] = args.part.split('/').map(Number) as [number, number];
  work(part, parts);
} else {
  mkdirSync(args.out, { recursive: true });
  describe();
  const parts = Number(args.processes);
  const self = fileURLToPath(import.meta.url);
  let failed = 0;
  await Promise.all(
    Array.from(
      { length: parts },
      (_, part) =>
        new Promise<void>((resolve) => {
          const child = spawn(process.execPath, [self, ...process.argv.slice(2), '--part', `${part}/${parts}`], {
            stdio: 'inherit',
          });
          child.on('exit', (code) => {
            if (code !== 0) failed++;
            resolve();
          });
        }),
    ),
  );
  if (failed > 0) {
    console.error(`${failed} of ${parts} processes failed; run the same command again, complete shards are kept.`);
    process.exit(1);
  }
  console.log(`Data is complete in ${args.out}.`);
}
