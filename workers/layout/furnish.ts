import { hash3, hashToUnit } from '../../src/math/hash';
import { courtyardCells, floorMod } from './grid';
import { stepRise, stepTread, type StairDirection, type Thing } from './things';

const saltTheme = 101;
const saltCell = 211;

/** What stands in the middle of a courtyard and around it. */
const themes = ['statue', 'grove', 'columns', 'tempietto', 'platform', 'orb', 'quiet', 'tower'] as const;

/** Puts the courtyard's theme into cell (i, j). Shapes keep clear of the cell's edges of least x and z (walls). */
export function furnish(seed: number, i: number, j: number, things: Thing[]): void {
  const courtI = Math.floor(i / courtyardCells);
  const courtJ = Math.floor(j / courtyardCells);
  const theme = themes[hash3(seed, courtI, courtJ, saltTheme) % themes.length]!;
  const h = hash3(seed, i, j, saltCell);
  const chance = hashToUnit(h);
  const second = hashToUnit(hash3(h, i, j, 1));
  const isCentre = floorMod(i, courtyardCells) === 1 && floorMod(j, courtyardCells) === 1;

  if (isCentre) {
    addCentrepiece(theme, chance, second, things);
    return;
  }
  switch (theme) {
    case 'grove':
      if (chance < 0.75) addTopiary(2.2, 2.2, 0.55 + 0.35 * quantise(second, 4), things);
      break;
    case 'columns':
      if (chance < 0.6) addColumn(2.2, 2.2, 0, 0.24, 1.4 + 0.4 * Math.floor(second * 6), things);
      break;
    case 'statue':
    case 'tempietto':
      if (chance < 0.35) addTopiary(2.3, 2.3, 0.6, things);
      else if (chance < 0.5) addBench(second, things);
      break;
    case 'tower':
    case 'platform':
      if (chance < 0.25) addPlinthWithSphere(2.3, 2.3, 0, 0.35, 0.8, 0.38, things);
      else if (chance < 0.4) addColumn(2.2, 2.2, 0, 0.2, 2.2, things);
      break;
    case 'orb':
      if (chance < 0.3) things.push({ kind: 'sphere', x: 2.3, z: 2.3, centre: 0.4, radius: 0.4 });
      else if (chance < 0.45) addBench(second, things);
      break;
    case 'quiet':
      if (chance < 0.3) addBench(second, things);
      break;
  }
}

function addCentrepiece(theme: (typeof themes)[number], chance: number, second: number, things: Thing[]): void {
  switch (theme) {
    case 'statue': {
      const steps = 2 + Math.floor(chance * 2);
      things.push({ kind: 'stair', x: 2, z: 2, half: 1.7, steps, direction: 'all' });
      addPlinthWithSphere(2, 2, steps * stepRise, 0.45, 0.9, 0.55, things);
      break;
    }
    case 'tempietto': {
      const height = 2.6;
      things.push({ kind: 'stair', x: 2, z: 2, half: 1.9, steps: 1, direction: 'all' });
      for (const x of [0.8, 3.2]) {
        for (const z of [0.8, 3.2]) addColumn(x, z, stepRise, 0.17, height, things);
      }
      things.push({ kind: 'plinth', x: 2, z: 2, base: stepRise + height, half: 1.6, height: 0.35 });
      things.push({ kind: 'sphere', x: 2, z: 2, centre: stepRise + height + 0.35, radius: 1.25 });
      break;
    }
    case 'platform': {
      const directions: readonly StairDirection[] = ['+x', '-x', '+z', '-z'];
      const steps = 4;
      things.push({ kind: 'stair', x: 2, z: 2, half: 1.8, steps, direction: directions[Math.floor(chance * 4)]! });
      const along = steps * stepTread * 0.5;
      const direction = directions[Math.floor(chance * 4)]!;
      const sign = direction.startsWith('+') ? 1 : -1;
      const x = direction.endsWith('x') ? 2 + sign * (along + 0.4) : 2;
      const z = direction.endsWith('z') ? 2 + sign * (along + 0.4) : 2;
      if (second < 0.5) addColumn(x, z, steps * stepRise, 0.26, 2.2, things);
      else addPlinthWithSphere(x, z, steps * stepRise, 0.3, 0.7, 0.42, things);
      break;
    }
    case 'orb':
      things.push({ kind: 'sphere', x: 2, z: 2, centre: 1.1, radius: 1.2 });
      things.push({ kind: 'plinth', x: 2, z: 2, base: 0, half: 0.7, height: 0.2 });
      break;
    case 'tower': {
      const height = 3.6 + 0.4 * Math.floor(chance * 5);
      things.push({ kind: 'plinth', x: 2, z: 2, base: 0, half: 1.1, height });
      things.push({ kind: 'plinth', x: 2, z: 2, base: height, half: 0.8, height: 1 });
      things.push({ kind: 'sphere', x: 2, z: 2, centre: height + 1.3, radius: 0.65 });
      break;
    }
    case 'columns':
      for (const x of [1.1, 2.9]) {
        for (const z of [1.1, 2.9]) addColumn(x, z, 0, 0.22, 2.6, things);
      }
      break;
    case 'grove':
      addTopiary(2, 2, 0.95, things);
      break;
    case 'quiet':
      break;
  }
}

function quantise(unit: number, levels: number): number {
  return Math.floor(unit * levels) / levels;
}

function addColumn(x: number, z: number, base: number, radius: number, height: number, things: Thing[]): void {
  things.push({ kind: 'column', x, z, base, radius, height });
}

function addTopiary(x: number, z: number, radius: number, things: Thing[]): void {
  const stem = 0.9;
  addColumn(x, z, 0, 0.08, stem + 0.1, things);
  things.push({ kind: 'sphere', x, z, centre: stem + radius, radius });
}

function addPlinthWithSphere(
  x: number,
  z: number,
  base: number,
  half: number,
  height: number,
  radius: number,
  things: Thing[],
): void {
  things.push({ kind: 'plinth', x, z, base, half, height });
  things.push({ kind: 'sphere', x, z, centre: base + height + radius * 0.92, radius });
}

function addBench(turn: number, things: Thing[]): void {
  const offset = turn < 0.5 ? 0.55 : 0;
  things.push({ kind: 'plinth', x: 2.2 - offset, z: 2.2 - (0.55 - offset), base: 0, half: 0.28, height: 0.45 });
  things.push({ kind: 'plinth', x: 2.2 + offset, z: 2.2 + (0.55 - offset), base: 0, half: 0.28, height: 0.45 });
}
