import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import type { Intrinsics } from '../../../src/math/types';
import { BackgroundBuilder, type BackgroundPicture } from '../../../workers/mesh/background';
import { backgroundGrid } from '../../../workers/mesh/background-grid';
import { plane, render, squareCamera, type Vec3 } from './depth-scenes';

type Rgb = readonly [number, number, number];
type Texel = { depth: number; color: Rgb };

const size = 128;
const side = 112;
const camera = squareCamera(size, 100);
const nearRed: Rgb = [250, 20, 10];
const farGreen: Rgb = [30, 200, 60];
const skyBlue: Rgb = [90, 120, 240];

/** A picture from a function of the texel. */
function picture(of: Intrinsics, at: (x: number, y: number) => Texel): { color: Uint8Array; depth: Float32Array } {
  const color = new Uint8Array(4 * of.width * of.height).fill(255);
  const depth = new Float32Array(of.width * of.height);
  for (let i = 0; i < depth.length; i++) {
    const texel = at(i % of.width, Math.floor(i / of.width));
    depth[i] = texel.depth;
    color.set(texel.color, 4 * i);
  }
  return { color, depth };
}

/** A near square, texels 45 to 82 both ways, before something. */
const isNear = (x: number, y: number): boolean => x >= 45 && x <= 82 && y >= 45 && y <= 82;

/** Every cell: its place, the texel at its centre (on the picture), what was made of it. */
function cellsOf(built: BackgroundPicture, of: Intrinsics, atMost: number) {
  const { margin, stride, firstTexel, innerWidth, innerHeight } = backgroundGrid(of, atMost);
  return Array.from(built.inverseDepth, (depth, cell) => {
    const column = (cell % built.camera.width) - margin;
    const row = Math.floor(cell / built.camera.width) - margin;
    return {
      depth,
      color: Array.from(built.color.subarray(4 * cell, 4 * cell + 3)),
      inside: column >= 0 && row >= 0 && column < innerWidth && row < innerHeight,
      x: firstTexel + stride * column,
      y: firstTexel + stride * row,
      rayX: (column + margin + 0.5 - built.camera.cx) / built.camera.fx,
      rayY: -(row + margin + 0.5 - built.camera.cy) / built.camera.fy,
    };
  });
}

function build(at: (x: number, y: number) => Texel, of = camera, atMost = side) {
  const { color, depth } = picture(of, at);
  const built = new BackgroundBuilder().build(color, depth, of, atMost);
  expect(built).not.toBeNull();
  return cellsOf(built!, of, atMost);
}

// The larger one takes every texel, so that cells beside the square see mixed colours only.
test.each([side, 160])('behind a near square the far wall goes on, in its own colour only (%i cells)', (atMost) => {
  const at = (x: number, y: number): Texel => {
    if (isNear(x, y)) return { depth: 2, color: nearRed };
    // Antialiasing has mixed the two in the outermost texels of the wall.
    const isMixed = isNear(x + 1, y) || isNear(x - 1, y) || isNear(x, y + 1) || isNear(x, y - 1);
    return { depth: 1 / 3, color: isMixed ? [140, 110, 35] : farGreen };
  };
  const cells = build(at, camera, atMost);
  const hidden = cells.filter((cell) => cell.inside && isNear(cell.x, cell.y));
  expect(hidden.length).toBeGreaterThan(300);
  for (const cell of hidden) {
    expect(cell.depth).toBeCloseTo(1 / 3, 6);
    expect(cell.color).toEqual(farGreen);
  }
});

test('a slanted wall goes on exactly behind what stands before it', () => {
  const wall = (x: number, y: number): number => 0.3 + 0.0011 * x - 0.0007 * y;
  const cells = build((x, y) =>
    isNear(x, y) ? { depth: 1.6, color: nearRed } : { depth: wall(x, y), color: farGreen },
  );
  const hidden = cells.filter((cell) => cell.inside && isNear(cell.x, cell.y));
  for (const cell of hidden) expect(cell.depth).toBeCloseTo(wall(cell.x, cell.y), 5);
});

test('behind a thing before the sky is the sky, as far as a step aside can show it', () => {
  const cells = build((x, y) => (isNear(x, y) ? { depth: 0.5, color: nearRed } : { depth: 0, color: skyBlue }));
  // 0.6 m aside, the square at 2 m moves by 0.3 times the focal length.
  const reach = 0.3 * camera.fx;
  const fromEdge = (x: number, y: number): number => Math.min(x - 45, 82 - x, y - 45, 82 - y);
  const shown = cells.filter(({ inside, x, y }) => inside && isNear(x, y) && fromEdge(x, y) < reach - 2);
  expect(shown.length).toBeGreaterThan(200);
  for (const cell of shown) {
    expect(cell.depth).toBe(0);
    expect(cell.color).toEqual(skyBlue);
  }
});

test('what cannot come into view is not guessed', () => {
  // 10 cm behind at 5 m: 0.6 m aside shows a sixteenth of a cell.
  const cells = build((x, y) =>
    isNear(x, y) ? { depth: 1 / 5, color: nearRed } : { depth: 1 / 5.6, color: farGreen },
  );
  const deep = cells.filter(({ inside, x, y }) => inside && x > 51 && x < 76 && y > 51 && y < 76);
  expect(deep.length).toBeGreaterThan(100);
  for (const cell of deep) expect(cell.depth).toBeNaN();
});

test('low relief on a roof does not hide the sky behind it', () => {
  // A frame 5 cm before the rest of a pillar at 1 m: the edge between the two shows nothing, the pillar's edge does.
  const isFrame = (x: number, y: number): boolean => isNear(x, y) && (x <= 48 || x >= 79 || y <= 48 || y >= 79);
  const cells = build((x, y) => {
    if (isFrame(x, y)) return { depth: 1.1, color: nearRed };
    return isNear(x, y) ? { depth: 1, color: nearRed } : { depth: 0, color: skyBlue };
  });
  for (const cell of cells.filter(({ inside, x, y }) => inside && isNear(x, y) && !(x > 56 && x < 71))) {
    expect(cell.depth).toBe(0);
    expect(cell.color).toEqual(skyBlue);
  }
});

test('a picture without cuts asks for nothing, and nothing is guessed beyond its border', () => {
  expect(build(() => ({ depth: 0.25, color: farGreen })).every(({ depth }) => Number.isNaN(depth))).toBe(true);
  const up: Vec3 = [0, 1, 0];
  const depths = render(camera, plane(up, 1.6));
  const cells = build((x, y) => ({ depth: depths[y * size + x]!, color: farGreen }));
  expect(cells.filter(({ inside, depth }) => !inside && !Number.isNaN(depth))).toEqual([]);
});

test('holes of the picture are filled from around them, at the border too', () => {
  const wall = (x: number, y: number): number => 0.3 + 0.001 * x + 0.0005 * y;
  const isHole = (x: number, y: number): boolean =>
    isNear(x, y) || (x > 120 && y > 40 && y < 80) || (x === 9 && y === 9);
  const cells = build((x, y) => ({ depth: isHole(x, y) ? NaN : wall(x, y), color: isHole(x, y) ? nearRed : farGreen }));
  for (const cell of cells.filter(({ inside, x, y }) => inside && isHole(x, y))) {
    expect(cell.depth).toBeCloseTo(wall(cell.x, cell.y), 4);
    expect(cell.color).toEqual(farGreen);
  }
});

test('nothing to guess from is null, with any camera', () => {
  const of = intrinsicsFromFov(30, 20, 1);
  const builder = new BackgroundBuilder();
  expect(builder.build(new Uint8Array(2400), new Float32Array(600).fill(NaN), of, 64)).toBeNull();
  // A single texel is enough when it is the centre of a cell.
  const depth = new Float32Array(600).fill(NaN);
  const { firstTexel } = backgroundGrid(of, 64);
  depth[firstTexel * 30 + firstTexel] = 0.5;
  const built = builder.build(new Uint8Array(2400).fill(77), depth, of, 64)!;
  const guessed = built.inverseDepth.filter((d) => d >= 0);
  expect(guessed.length).toBeGreaterThan(1);
  expect(guessed.every((d) => d === 0.5)).toBe(true);
});

/** Walls of any slope in rectangles, the nearest wins, over sky or a wall; some texels are holes. */
const rectangle = fc.record({
  left: fc.integer({ min: -10, max: 60 }),
  top: fc.integer({ min: -10, max: 60 }),
  width: fc.integer({ min: 1, max: 50 }),
  height: fc.integer({ min: 1, max: 50 }),
  depth: fc.double({ min: 0.02, max: 4, noNaN: true }),
  slopeX: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
  slopeY: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
});
const scene = fc.record({
  width: fc.integer({ min: 20, max: 64 }),
  height: fc.integer({ min: 20, max: 64 }),
  side: fc.integer({ min: 24, max: 120 }),
  floor: fc.double({ min: 0, max: 0.3, noNaN: true }),
  rectangles: fc.array(rectangle, { maxLength: 6 }),
  holes: fc.array(fc.tuple(fc.nat(63), fc.nat(63)), { maxLength: 8 }),
});

function paint(given: typeof scene extends fc.Arbitrary<infer T> ? T : never) {
  const of = intrinsicsFromFov(given.width, given.height, 1.5);
  const made = picture(of, (x, y) => {
    if (given.holes.some(([u, v]) => u === x && v === y)) return { depth: NaN, color: [0, 0, 0] };
    let depth = given.floor;
    let color: Rgb = [20, 3 * y, 3 * x];
    for (const [k, r] of given.rectangles.entries()) {
      if (x < r.left || y < r.top || x >= r.left + r.width || y >= r.top + r.height) continue;
      const here = r.depth + r.slopeX * (x - r.left) + r.slopeY * (y - r.top);
      if (here <= depth) continue;
      depth = here;
      color = [100 + 20 * k, 3 * x, 3 * y];
    }
    return { depth, color };
  });
  return { of, ...made };
}

test('no guess is in front of what is seen, whatever is seen', () => {
  const builder = new BackgroundBuilder();
  fc.assert(
    fc.property(scene, (given) => {
      const { of, color, depth } = paint(given);
      const built = builder.build(color, depth, of, given.side);
      fc.pre(built !== null);
      const cells = cellsOf(built!, of, given.side);
      const inFront = cells.filter(({ inside, x, y, depth: d }) => inside && d > depth[y * of.width + x]!);
      expect(inFront).toEqual([]);
      expect(cells.filter(({ inside, depth: d }) => !inside && !Number.isNaN(d))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('the same picture gives the same bytes, whatever was built before', () => {
  const builder = new BackgroundBuilder();
  fc.assert(
    fc.property(scene, scene, (given, other) => {
      const { of, color, depth } = paint(given);
      const first = builder.build(color, depth, of, given.side);
      const kept = first && { color: first.color.slice(), depth: first.inverseDepth.slice() };
      const between = paint({ ...other, width: given.width, height: given.height });
      builder.build(between.color, between.depth, of, given.side);
      const again = builder.build(color, depth, of, given.side);
      expect(again === null).toBe(kept === null);
      fc.pre(again !== null && kept !== null);
      expect(again!.color.every((byte, i) => byte === kept!.color[i])).toBe(true);
      expect(again!.inverseDepth.every((d, i) => Object.is(d, kept!.depth[i]))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('arrays that are too small are refused by name', () => {
  const builder = new BackgroundBuilder();
  expect(() => builder.build(new Uint8Array(4 * size * size), new Float32Array(5), camera, side)).toThrow(
    /needs 16384 depths and 65536 colour bytes, got 5 and 65536/,
  );
});
