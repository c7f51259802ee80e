import type { Pose } from '../../../../src/math/types';
import { addOrnateShapes } from '../../../../workers/backends/simulator/ornament';
import { offlineQuality } from '../../../../workers/backends/simulator/teacher/quality';
import type { TeacherRenderer } from '../../../../workers/backends/simulator/teacher/teacher-renderer';
import { paletteColors, type PaletteColor } from '../../../../workers/layout/classes';
import type { Atmosphere } from '../../../../workers/layout/map-view';
import { linearFromSrgb } from '../../../../workers/layout/palettes';
import { addPlainShapes } from '../../../../workers/layout/plain-shapes';
import { SceneWindow } from '../../../../workers/layout/scene-window';
import type { Cell, SemanticMap, Thing } from '../../../../workers/layout/things';

export type Vec = readonly [number, number, number];

/** A world with things in a few cells only, all of the same lightness. Keys are "i,j". */
export class StudioMap implements SemanticMap {
  readonly seed = 1;
  constructor(private readonly things: Readonly<Record<string, readonly Thing[]>>) {}
  cell(i: number, j: number): Cell {
    return { i, j, tone: 1, things: this.things[`${i},${j}`] ?? [] };
  }
}

/** Grey things under a blue sky, a white sun at that elevation and towards that side; colours can be replaced. */
export function studioAir(
  elevationDeg: number,
  towards: readonly [x: number, z: number],
  colors: Partial<Record<PaletteColor, Vec>> = {},
): Atmosphere {
  const palette = new Float32Array(3 * paletteColors.length).fill(0.5);
  const all: Partial<Record<PaletteColor, Vec>> = { zenith: [0.15, 0.35, 0.7], horizon: [0.7, 0.75, 0.8], ...colors };
  for (const [name, value] of Object.entries(all)) palette.set(value, 3 * paletteColors.indexOf(name as PaletteColor));
  const elevation = (elevationDeg * Math.PI) / 180;
  const flat = Math.cos(elevation) / Math.hypot(...towards);
  return { sunDirection: [towards[0] * flat, Math.sin(elevation), towards[1] * flat], sunColor: [1.6, 1.6, 1.6], palette };
}

export function studioScene(things: Readonly<Record<string, readonly Thing[]>>, isPlain = true): SceneWindow {
  return new SceneWindow(new StudioMap(things), isPlain ? addPlainShapes : addOrnateShapes, 12);
}

/** worldFromCamera at a place, looking at a point. */
export function lookingAt(from: Vec, at: Vec): Pose {
  const back = unit([from[0] - at[0], from[1] - at[1], from[2] - at[2]]);
  const right = unit([back[2], 0, -back[0]]);
  const up: Vec = [
    back[1] * right[2] - back[2] * right[1],
    back[2] * right[0] - back[0] * right[2],
    back[0] * right[1] - back[1] * right[0],
  ];
  return Float32Array.of(...right, 0, ...up, 0, ...back, 0, ...from, 1);
}

/** Mean linear light (before the shoulder and the curve of `display`) of a patch round a point, as seen from a place. */
export function lightFrom(renderer: TeacherRenderer, from: Vec, at: Vec, pixelRad = 0.004, side = 5): Vec {
  const camera = { width: side, height: side, fx: 1 / pixelRad, fy: 1 / pixelRad, cx: side / 2, cy: side / 2 };
  const color = new Uint8ClampedArray(4 * side * side);
  renderer.render(lookingAt(from, at), camera, offlineQuality, color, new Float32Array(side * side));
  const sum = [0, 0, 0];
  for (let i = 0; i < side * side; i++) {
    for (let c = 0; c < 3; c++) sum[c]! += -Math.log(1 - linearFromSrgb(color[4 * i + c]! / 255)) / 1.15;
  }
  return [sum[0]! / side ** 2, sum[1]! / side ** 2, sum[2]! / side ** 2];
}

function unit(v: Vec): Vec {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}
