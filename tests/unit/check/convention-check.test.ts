import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { ConventionCheck } from '../../../workers/check/convention-check';
import type { FaultKind } from '../../../workers/check/finding';
import { faults, filmOf, lively, withNoise, type HeadMotion, type Shot } from './check-scenes';

function checkOf(shots: readonly Shot[]): ConventionCheck {
  const check = new ConventionCheck();
  for (const shot of shots) check.look(shot.color, shot.inverseDepth, shot.camera, shot.worldFromCamera);
  return check;
}

/** All that was ever said along a film. */
function saidAlong(shots: readonly Shot[]): string[] {
  const check = new ConventionCheck();
  const said = new Set<string>();
  for (const shot of shots) {
    check.look(shot.color, shot.inverseDepth, shot.camera, shot.worldFromCamera);
    if (check.advice !== null) said.add(check.advice);
  }
  return [...said];
}

describe('a model with a wrong convention is told which one within 20 frames', () => {
  const films: Shot[][] = [];
  beforeAll(async () => {
    for (const seed of [3, 11]) films.push(await filmOf(seed, lively(seed), 20, 112));
  }, 60_000);

  type Wrong = (shots: readonly Shot[]) => Shot[];
  const cases: [name: string, wrong: Wrong, kind: FaultKind, factor: number | null, says: RegExp][] = [
    ['the pose of the frame before', (s) => faults.poseOfAnotherFrame(s, 1), 'pose-of-another-frame', 1, /the pose given one frame later; give each frame the pose \(worldFromCamera\)/],
    ['the pose of two frames before', (s) => faults.poseOfAnotherFrame(s, 2), 'pose-of-another-frame', 2, /the pose given 2 frames later/],
    ['the pose of the next frame', (s) => faults.poseOfAnotherFrame(s, -1), 'pose-of-another-frame', -1, /the pose given one frame earlier/],
    ['the pose of the next frame but one', (s) => faults.poseOfAnotherFrame(s, -2), 'pose-of-another-frame', -2, /the pose given 2 frames earlier/],
    ['a focal length 10 % too long', (s) => faults.focalLength(s, 0.9), 'focal-length', 0.9, /a focal length of 0\.(89|9|91) times the declared one; check camera\.fovYDeg in the manifest \(about (99|100|101) would fit, in place of 94\)/],
    ['a focal length 10 % too short', (s) => faults.focalLength(s, 1.1), 'focal-length', 1.1, /camera\.fovYDeg in the manifest \(about (99|100|101) would fit, in place of 105\)/],
    ['a focal length far too long', (s) => faults.focalLength(s, 0.6), 'focal-length', 0.6, /focal length/],
    ['a focal length far too short', (s) => faults.focalLength(s, 1.6), 'focal-length', 1.6, /focal length/],
    ['a transposed rotation', faults.transposedRotation, 'pose-transposed', null, /each pose transposed; give poses column-major/],
    ['row-major poses', faults.rowMajor, 'pose-transposed', null, /row-major/],
    ['cameraFromWorld in place of worldFromCamera', faults.inverted, 'pose-inverted', null, /give worldFromCamera \(camera to world\)/],
    ['camera axes with y down', faults.yDown, 'axes-y-down', null, /y down and z ahead \(OpenCV\)/],
    ['camera and world with y down', faults.yDownWorld, 'axes-y-down', null, /\+Y up/],
    ['a picture mirrored left to right', faults.mirrored, 'picture-mirrored', null, /mirrored left to right/],
    ['a picture with its rows from the bottom', faults.upsideDown, 'picture-upside-down', null, /rows of colour and depth from the top/],
    ['a picture turned round', faults.turnedRound, 'picture-turned-round', null, /half a circle/],
    ['depth in millimetres', (s) => faults.depthScale(s, 1000), 'depth-scale', 1000, /correct outputs\.\*\.scale/],
    ['distances half of the true ones', (s) => faults.depthScale(s, 0.5), 'depth-scale', 0.5, /distances (1\.9|2|2\.1) times the given ones/],
    ['distances four times the true ones', (s) => faults.depthScale(s, 4), 'depth-scale', 4, /distances 0\.2\d times the given ones/],
    ['distances where inverse depth is wanted', faults.distanceForInverse, 'depth-inverted', null, /near and far are swapped.*outputs\.\*\.meaning/],
    ['one minus the inverse depth', faults.complement, 'depth-inverted', null, /near and far are swapped/],
    ['constant depth', (s) => faults.constantDepth(s, 0.25), 'depth-constant', null, /the same everywhere \(4 m\)/],
    ['depth that is 0 everywhere', (s) => faults.constantDepth(s, 0), 'depth-constant', null, /0 \(infinitely far\) everywhere/],
    ['8-bit depth', faults.eightBit, 'depth-8-bit', null, /no more than 256 different values/],
    ['many invalid texels', (s) => faults.invalid(s, 0.3), 'depth-invalid', null, /^(29|30|31) % of the depth texels are NaN/],
  ];
  test.each(cases)('%s', (_name, wrong, kind, factor, says) => {
    for (const film of films) {
      const { finding, advice } = checkOf(wrong(film));
      expect(finding).toMatchObject({ kind });
      expect(finding?.confidence).toBeGreaterThan(0);
      expect(advice).toMatch(says);
      // One sentence.
      expect(advice).toMatch(/^[A-Z0-9].*[^.]\.$/);
      const found = finding?.factor ?? null;
      const isRight = factor === null || found === null ? found === factor : Math.abs(found / factor - 1) < 0.1;
      expect(isRight, `factor ${found}`).toBe(true);
    }
  });

  test('also when the picture is noisy, and it stays silent about the right one', () => {
    const noisy = films.map((film, k) => withNoise(film, 4, k));
    for (const film of noisy) {
      expect(saidAlong(film)).toEqual([]);
      expect(checkOf(faults.yDown(film)).finding?.kind).toBe('axes-y-down');
      expect(checkOf(faults.focalLength(film, 0.9)).finding?.kind).toBe('focal-length');
    }
  });

  test('names all that fit when the motion cannot tell them apart', async () => {
    const yawOnly: HeadMotion = (k) => [0, 0, 0, 0.5 * Math.sin(0.5 * k), 0, 0];
    const film = faults.mirrored(await filmOf(3, yawOnly, 20, 112));
    const { finding, advice } = checkOf(film);
    expect([finding?.kind, ...(finding?.orElse ?? [])]).toEqual(
      expect.arrayContaining(['picture-mirrored', 'axes-y-down', 'pose-transposed']),
    );
    expect(advice).toMatch(/which this motion cannot tell apart/);
  });

  test('takes it back when the frames fit again, and forgets it at a reset', () => {
    const [film] = films;
    const check = checkOf(faults.yDown(film));
    expect(check.advice).not.toBeNull();
    for (let round = 0; round < 3; round++) {
      for (const shot of film) check.look(shot.color, shot.inverseDepth, shot.camera, shot.worldFromCamera);
    }
    expect(check.advice).toBeNull();
    const other = checkOf(faults.mirrored(film));
    other.reset();
    expect([other.advice, other.finding]).toEqual([null, null]);
  });

  test('without depth it still finds what shows when one turns on the spot', async () => {
    const onTheSpot: HeadMotion = (k) => [0, 0, 0, 0.5 * Math.sin(0.5 * k), 0.25 * Math.sin(0.37 * k), 0];
    const film = await filmOf(11, onTheSpot, 20, 112);
    const seen = (shots: Shot[]) => {
      const check = new ConventionCheck();
      for (const { color, camera, worldFromCamera } of shots) check.look(color, null, camera, worldFromCamera);
      return check.finding?.kind ?? null;
    };
    expect(seen(film)).toBeNull();
    expect(seen(faults.focalLength(film, 1.25))).toBe('focal-length');
    expect(seen(faults.upsideDown(film))).toBe('picture-upside-down');
  });
});

describe('a model whose conventions are right is never warned about', () => {
  /** All sorts of motion, one after the other. */
  function allSorts(seed: number): HeadMotion {
    const random = createRandom(seed);
    const side = random() < 0.5 ? -1 : 1;
    const stray = Array.from({ length: 8 }, () => [2 * random() - 1, 2 * random() - 1, 6 * random()]);
    return (k) => {
      if (k < 3) return [0, 0, 0, 0, 0, 0];
      if (k < 11) return [0, 0, 0, side * 0.12 * (k - 3), 0, 0];
      if (k < 19) return [side * 0.08 * (k - 11), 0, 0, 0, 0, 0];
      if (k < 27) return [0, 0, 0.07 * (k - 19), 0, 0.02 * (k - 19), 0];
      if (k < 30) return [0, 0, 0, 0, 0, 0];
      // Teleports, each with steps and stops.
      const [x, z, yaw] = stray[Math.floor((k - 30) / 6)];
      return [x, 0, z, yaw + side * 0.25 * ((k >> 1) % 3), 0.1 * (k % 2), 0];
    };
  }

  test.each([1, 2, 4, 5, 6, 7, 8, 9, 10, 12])('standing, turning, stepping, jumping in world %i', async (seed) => {
    const film = await filmOf(seed, allSorts(seed), 42, 64);
    expect(saidAlong(film)).toEqual([]);
    expect(saidAlong(withNoise(film, 4, seed))).toEqual([]);
  });

  test('nor one whose world changes all the time, or has no texture', async () => {
    const film = await filmOf(3, lively(3), 16, 64);
    const other = await filmOf(11, lively(11), 16, 64);
    // Every third frame shows another world.
    expect(saidAlong(film.map((shot, k) => (k % 3 === 2 ? { ...other[k], worldFromCamera: shot.worldFromCamera } : shot)))).toEqual([]);
    // Every frame a world of its own.
    expect(saidAlong(film.map((shot, k) => ({ ...shot, color: k % 2 ? other[k].color : film[15 - k].color })))).toEqual([]);
    expect(saidAlong(film.map((shot) => ({ ...shot, color: shot.color.map(() => 120) })))).toEqual([]);
  });

  test('nor is a picture too small to tell, of 16 texels', async () => {
    expect(saidAlong(faults.yDown(await filmOf(3, lively(3), 20, 16)))).toEqual([]);
  });
});
