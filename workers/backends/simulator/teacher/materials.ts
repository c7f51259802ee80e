import { paletteColors, surfaceClasses } from '../../../layout/classes';
import { clearness, detail, detailAt } from '../../../layout/map-detail';
import type { Atmosphere } from '../../../layout/map-view';
import { atBox, kindCylinder, primitiveStride } from '../../../layout/primitives';
import type { SceneWindow } from '../../../layout/scene-window';
import { drawLeaves, drawTrunk, ripple } from './greens';
import { joints } from './joints';
import { beginLook, bend, look, mixLook, ramp, scaleLook } from './look';
import { addLichen, addMossAndDirt, addPlaster, ashlar, courses, drums, layStone, slabs, weather } from './stone';
import type { Surface } from './surface';

const trim = paletteColors.indexOf('trim');
const leafColor = paletteColors.indexOf('leaf');
const classes = surfaceClasses.map((name) => name);
/** Grooves round a column. */
const flutes = 12;

/** What the surface at a point looks like, into `look`: material by class, anchored to the world. */
export function drawMaterial(scene: SceneWindow, air: Atmosphere, s: Surface): void {
  const seed = scene.map.seed;
  beginLook(air, s.color, s.tone, s.nx, s.ny, s.nz);
  detailAt(seed, s.classIndex, s.x, s.y, s.z, s.nx, s.ny, s.nz, s.pixelM);
  const b = s.primitive * primitiveStride + atBox;
  switch (classes[s.classIndex]) {
    case 'ground':
      layStone(s, slabs);
      addMossAndDirt(air);
      return;
    case 'wall':
    case 'arch':
      drawWall(air, s, scene.primitives[b + 4]!, scene.primitives[b + 1]!);
      return;
    case 'pier':
    case 'plinth':
      layStone(s, ashlar);
      if (s.ny > 0.7) addLichen(air);
      else weather(air, s, scene.primitives[b + 4]!, 0.7);
      return;
    case 'column':
      drawColumn(scene, air, s, b);
      return;
    case 'stair':
      drawStep(scene, air, s, b);
      return;
    case 'plant':
      if (s.color === leafColor) drawLeaves(seed, s);
      else if (scene.primitives[b - atBox] === kindCylinder) drawTrunk(air);
      return;
    case 'water':
      look.gloss = 1;
      if (s.ny > 0.5) ripple(seed, s);
      return;
    case 'sphere':
      look.gloss = 0.75;
      scaleLook(1 + 0.14 * (detail.noise[0] - 0.5) + 0.1 * (detail.noise[1] - 0.5));
      return;
    default:
      return;
  }
}

function drawWall(air: Atmosphere, s: Surface, topM: number, baseM: number): void {
  if (s.color === trim) {
    layStone(s, ashlar);
    scaleLook(1.03);
    if (s.ny > 0.7) addLichen(air);
    // A skirting has no top of its own to be stained from.
    else weather(air, s, baseM > 0.5 ? topM + 0.1 : topM + 3, 0.6);
    return;
  }
  layStone(s, courses);
  if (s.ny > 0.7) {
    addLichen(air);
    return;
  }
  const plaster = Math.abs(s.ny) < 0.3 ? addPlaster(air, s) : 0;
  weather(air, s, topM, 1 - 0.3 * plaster);
}

/** Drums and flutes. The grooves follow the angle round the axis, so they stand upright. */
function drawColumn(scene: SceneWindow, air: Atmosphere, s: Surface, b: number): void {
  const p = scene.primitives;
  layStone(s, drums);
  if (s.ny > 0.7) return;
  if (p[b - atBox] === kindCylinder && Math.abs(s.ny) < 0.5) {
    const radius = (p[b + 3]! - p[b]!) * 0.5;
    const clear = radius > 0.12 && p[b + 4]! - p[b + 1]! > 0.5 ? clearness((2 * Math.PI * radius) / flutes, s.pixelM) : 0;
    if (clear > 0) {
      const turn = flutes * Math.atan2(s.nz, s.nx);
      const tilt = 0.45 * clear * Math.sin(turn);
      bend(-s.nz * tilt, 0, s.nx * tilt);
      const groove = clear * ramp(0.2, -0.9, Math.cos(turn));
      scaleLook(1 - 0.14 * groove);
      look.open *= 1 - 0.3 * groove;
    }
  }
  weather(air, s, p[b + 4]!, 0.5);
}

/** Treads worn light at their edge, risers dark at their foot. */
function drawStep(scene: SceneWindow, air: Atmosphere, s: Surface, b: number): void {
  layStone(s, s.ny > 0.7 ? slabs : drums);
  const level = s.y / 0.18;
  const place = level - Math.floor(level);
  const clear = clearness(0.18, s.pixelM);
  if (s.ny > 0.7) {
    const p = scene.primitives;
    const toEdge = Math.min(s.x - p[b]!, p[b + 3]! - s.x, s.z - p[b + 2]!, p[b + 5]! - s.z);
    const reach = Math.max(0.07, s.pixelM);
    const worn = clearness(0.3, s.pixelM) * (0.07 / reach) * ramp(reach, 0.2 * reach, toEdge);
    scaleLook(1 + 0.22 * worn);
    mixLook(air, trim, s.tone, 0.3 * worn);
    return;
  }
  scaleLook(1 + clear * (0.3 * ramp(0.72, 0.95, place) - 0.12 * ramp(0.3, 0, place)));
  mixLook(air, trim, s.tone, 0.25 * clear * ramp(0.75, 0.95, place));
  look.open = 1 - 0.3 * joints.mortar * clear;
}
