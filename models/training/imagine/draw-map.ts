import type { Thing } from '../../../workers/layout/things';

export type Canvas = { width: number; height: number; rgb: Uint8Array };
type Color = readonly [r: number, g: number, b: number];

const pixelsPerMetre = 4;
const blockPixels = 12 * pixelsPerMetre;
const cellPixels = 4 * pixelsPerMetre;

const styleColors: readonly Color[] = [
  [238, 228, 208],
  [216, 232, 200],
  [206, 222, 232],
  [236, 214, 196],
  [224, 218, 226],
];
const ink = { wall: [70, 60, 55], arch: [190, 70, 40], colonnade: [120, 70, 150], low: [150, 130, 110] } as const;
const hedge: Color = [60, 120, 50];

export function createCanvas(blocksX: number, blocksZ: number): Canvas {
  const [width, height] = [blocksX * blockPixels, blocksZ * blockPixels];
  return { width, height, rgb: new Uint8Array(width * height * 3).fill(255) };
}

/** Draws a block as seen from above, x to the right and z downwards, at block (bx, bz) of the canvas. */
export function drawBlock(canvas: Canvas, bx: number, bz: number, style: number, cells: readonly (readonly Thing[])[]): void {
  const [left, top] = [bx * blockPixels, bz * blockPixels];
  fill(canvas, left, top, blockPixels, blockPixels, styleColors[style % styleColors.length]!);
  const inOrder = cells.flatMap((things, k) => things.map((thing) => ({ thing, k })));
  // Water and broad things first, so that what stands on them stays visible.
  inOrder.sort((a, b) => Number(b.thing.kind === 'pool') - Number(a.thing.kind === 'pool') || broad(b.thing) - broad(a.thing));
  for (const { thing, k } of inOrder) {
    drawThing(canvas, left + (k % 3) * cellPixels, top + Math.floor(k / 3) * cellPixels, thing);
  }
}

function broad(thing: Thing): number {
  return 'half' in thing ? thing.half : 'radius' in thing ? thing.radius : 0;
}

function drawThing(canvas: Canvas, left: number, top: number, thing: Thing): void {
  const p = pixelsPerMetre;
  switch (thing.kind) {
    case 'wall':
    case 'arch':
    case 'colonnade':
    case 'hedge': {
      const isLow = thing.kind === 'wall' && thing.height < 2.5;
      const color: Color = thing.kind === 'hedge' ? hedge : isLow ? ink.low : ink[thing.kind];
      const gap = thing.kind === 'arch' ? Math.round(thing.span * p) : 0;
      const side = Math.round((cellPixels - gap) / 2);
      for (const at of gap > 0 ? [0, cellPixels - side] : [0]) {
        const long = gap > 0 ? side : cellPixels;
        if (thing.run === 'x') fill(canvas, left + at, top, long, 2, color);
        else fill(canvas, left, top + at, 2, long, color);
      }
      return;
    }
    case 'pool':
      fill(canvas, left + (thing.x - thing.halfX) * p, top + (thing.z - thing.halfZ) * p, 2 * thing.halfX * p, 2 * thing.halfZ * p, [80, 150, 210]);
      return;
    case 'plinth':
    case 'stair': {
      const color: Color = thing.kind === 'stair' ? [170, 160, 150] : [140, 125, 115];
      fill(canvas, left + (thing.x - thing.half) * p, top + (thing.z - thing.half) * p, 2 * thing.half * p, 2 * thing.half * p, color);
      return;
    }
    case 'column':
      disc(canvas, left + thing.x * p, top + thing.z * p, Math.max(1.2, thing.radius * p), [90, 50, 110]);
      return;
    case 'sphere':
      disc(canvas, left + thing.x * p, top + thing.z * p, thing.radius * p, [210, 150, 40]);
      return;
    case 'plant':
      disc(canvas, left + thing.x * p, top + thing.z * p, thing.radius * p, thing.form === 'tree' ? [70, 140, 60] : [40, 110, 70]);
      return;
    default:
      return;
  }
}

function fill(canvas: Canvas, x: number, y: number, width: number, height: number, color: Color): void {
  for (let row = Math.round(y); row < Math.round(y + height); row++) {
    for (let column = Math.round(x); column < Math.round(x + width); column++) set(canvas, column, row, color);
  }
}

function disc(canvas: Canvas, x: number, y: number, radius: number, color: Color): void {
  for (let row = Math.floor(y - radius); row <= y + radius; row++) {
    for (let column = Math.floor(x - radius); column <= x + radius; column++) {
      if ((column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2 <= radius * radius) set(canvas, column, row, color);
    }
  }
}

function set({ width, height, rgb }: Canvas, x: number, y: number, color: Color): void {
  if (x >= 0 && y >= 0 && x < width && y < height) rgb.set(color, (y * width + x) * 3);
}
