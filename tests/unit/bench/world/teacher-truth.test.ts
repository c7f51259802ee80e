import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { TeacherTruth } from '../../../../src/bench/world/teacher-truth';
import { intrinsicsFromFov } from '../../../../src/math/camera';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { previewQuality } from '../../../../workers/backends/simulator/teacher/quality';
import { CourtyardMap } from '../../../../workers/layout/courtyards';
import { chooseSpawn } from '../../../../workers/layout/spawn';

const folder = mkdtempSync(path.join(tmpdir(), 'reverie-truth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const map = new CourtyardMap(6);
const spawn = chooseSpawn(map);
const camera = intrinsicsFromFov(16, 16, 1.7);
const make = (seed = 6, hour: 'day' | 'dusk' = 'day', size = camera, where: string | null = folder) =>
  new TeacherTruth(map, seed, hour, size, 'courtyards', where, previewQuality);

test('a picture that was kept is the same to the bit, and is not drawn again', () => {
  const drawn = make(6, 'day', camera, null).at(spawn);
  const first = make().at(spawn);
  const files = readdirSync(folder);
  expect(files).toHaveLength(1);
  const again = make().at(spawn);
  expect(readdirSync(folder)).toEqual(files);
  for (const picture of [first, again]) {
    expect(picture.color).toEqual(drawn.color);
    expect(picture.inverseDepth).toEqual(drawn.inverseDepth);
  }
});

test('another pose, world, light or size is another picture', () => {
  const before = readdirSync(folder).length;
  make().at(poseFromYawPitch([spawn[12], 1.6, spawn[14]], 1, 0));
  make(7).at(spawn);
  make(6, 'dusk').at(spawn);
  make(6, 'day', intrinsicsFromFov(16, 16, 1.2)).at(spawn);
  expect(readdirSync(folder).length).toBe(before + 4);
});

test('a torn file is drawn anew', () => {
  const whole = make().at(spawn);
  for (const file of readdirSync(folder)) writeFileSync(path.join(folder, file), 'torn');
  expect(make().at(spawn)).toEqual(whole);
});
