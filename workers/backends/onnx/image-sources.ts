import type { Intrinsics } from '../../../src/math/types';
import type { ImagePart } from '../../../src/world/manifest';
import { surfaceClasses, type SurfaceClass } from '../../layout/classes';
import type { MapView } from '../../layout/map-view';
import type { Filler, SourceContext } from './sources';

/** Writes one channel plane (n values) at `start`. */
type PlaneFiller = Filler;
type Part<S extends ImagePart['source']> = Extract<ImagePart, { source: S }>;

/**
 * Compiles an image part to a function that fills its planes one after the other.
 * @param field names the part in an error
 */
export function imageFiller(part: ImagePart, camera: Intrinsics, field: string): Filler {
  const n = camera.width * camera.height;
  switch (part.source) {
    case 'map-view':
      return inTurn(n, part.channels.map((channel) => mapPlane(channel, n, field)));
    case 'world-noise':
      return (context, out, start) => {
        const { noise } = need(context.map);
        copy(noise, 0, part.channels * n, out, start);
      };
    case 'camera-rays':
      return cameraRays(part, camera);
    case 'memory':
      return inTurn(n, part.channels.map((channel): PlaneFiller => (context, out, start) => {
        copy(need(context.memory)[channel], 0, n, out, start);
      }));
    case 'history':
      return inTurn(n, part.channels.map((channel): PlaneFiller => (context, out, start) => {
        copyColorOrDepth(need(context.history).frame(part.back), channel, n, out, start);
      }));
    case 'noise':
      return (context, out, start) => context.random.fill(out, start, part.channels * n);
    case 'constant':
      return inTurn(n, part.values.map((value): PlaneFiller => (_, out, start) => out.fill(value, start, start + n)));
  }
}

function inTurn(n: number, planes: readonly PlaneFiller[]): Filler {
  return (context, out, start) => {
    for (let c = 0; c < planes.length; c++) planes[c](context, out, start + c * n);
  };
}

function mapPlane(channel: Part<'map-view'>['channels'][number], n: number, field: string): PlaneFiller {
  switch (channel) {
    case 'red':
    case 'green':
    case 'blue':
    case 'inverseDepth':
      return (context, out, start) => copyColorOrDepth(need(context.map), channel, n, out, start);
    case 'normalRight':
      return (context, out, start) => copy(need(context.map).normal, 0, n, out, start);
    case 'normalUp':
      return (context, out, start) => copy(need(context.map).normal, n, n, out, start);
    case 'normalBack':
      return (context, out, start) => copy(need(context.map).normal, 2 * n, n, out, start);
    case 'sunVisibility':
      return (context, out, start) => copy(need(context.map).sunVisibility, 0, n, out, start);
    case 'jointAlong':
      return (context, out, start) => copy(need(context.map).tile, 0, n, out, start);
    case 'jointUp':
      return (context, out, start) => copy(need(context.map).tile, n, n, out, start);
    case 'tileTone':
      return (context, out, start) => copy(need(context.map).tile, 2 * n, n, out, start);
    default:
      return classPlane(channel.slice('class:'.length), n, field);
  }
}

function classPlane(className: string, n: number, field: string): PlaneFiller {
  const wanted = surfaceClasses.indexOf(className as SurfaceClass);
  if (wanted < 0) {
    const known = surfaceClasses.join(', ');
    throw new Error(`${field} reads "class:${className}", which is no class of the map. Use one of ${known}.`);
  }
  return (context, out, start) => {
    const { classIndex } = need(context.map);
    for (let i = 0; i < n; i++) out[start + i] = classIndex[i] === wanted ? 1 : 0;
  };
}

/** Rays of unit length. Where the map was drawn, its own planes are taken: they are what a painter was trained on. */
function cameraRays(part: Part<'camera-rays'>, camera: Intrinsics): Filler {
  const n = camera.width * camera.height;
  const rays = unitRays(camera);
  const axis = { right: 0, up: 1, back: 2 } as const;
  return inTurn(n, part.channels.map((channel): PlaneFiller => (context, out, start) => {
    const { map, worldFromCamera: m } = context;
    if (channel === 'elevation') {
      if (map) copy(map.elevation, 0, n, out, start);
      else dotRays(rays, n, m[1], m[5], m[9], out, start);
    } else if (channel === 'cosSun') {
      if (map) copy(map.cosSun, 0, n, out, start);
      else dotSun(context, rays, n, out, start);
    } else {
      const row = axis[channel];
      dotRays(rays, n, m[row], m[4 + row], m[8 + row], out, start);
    }
  }));
}

function dotSun(context: SourceContext, rays: Float32Array, n: number, out: Float32Array, start: number): void {
  const [x, y, z] = need(context.atmosphere).sunDirection;
  const m = context.worldFromCamera;
  // The sun in camera axes: the rotation's transpose times its direction in the world.
  const right = m[0] * x + m[1] * y + m[2] * z;
  const up = m[4] * x + m[5] * y + m[6] * z;
  const back = m[8] * x + m[9] * y + m[10] * z;
  dotRays(rays, n, right, up, back, out, start);
}

function dotRays(
  rays: Float32Array,
  n: number,
  x: number,
  y: number,
  z: number,
  out: Float32Array,
  start: number,
): void {
  for (let i = 0; i < n; i++) out[start + i] = rays[i] * x + rays[n + i] * y + rays[2 * n + i] * z;
}

/** 3n planar: the unit direction of each texel centre, in camera axes (right, up, back). */
function unitRays({ width, height, fx, fy, cx, cy }: Intrinsics): Float32Array {
  const n = width * height;
  const rays = new Float32Array(3 * n);
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const x = (column + 0.5 - cx) / fx;
      const y = -(row + 0.5 - cy) / fy;
      const length = Math.hypot(x, y, 1);
      rays[i] = x / length;
      rays[n + i] = y / length;
      rays[2 * n + i] = -1 / length;
    }
  }
  return rays;
}

function copyColorOrDepth(
  from: Pick<MapView, 'color' | 'inverseDepth'>,
  channel: 'red' | 'green' | 'blue' | 'inverseDepth',
  n: number,
  out: Float32Array,
  start: number,
): void {
  if (channel === 'inverseDepth') copy(from.inverseDepth, 0, n, out, start);
  else copy(from.color, channel === 'red' ? 0 : channel === 'green' ? n : 2 * n, n, out, start);
}

/** A loop, because `subarray` would make a new view for every plane of every step. */
function copy(from: Float32Array, offset: number, count: number, out: Float32Array, start: number): void {
  for (let i = 0; i < count; i++) out[start + i] = from[offset + i];
}

/** The manifest check and `OnnxModel` see to it that what a part reads is there; this only tells the compiler. */
function need<T>(value: T | null): T {
  if (value === null) throw new Error('A part reads a source that was not prepared: a bug in the ONNX backend.');
  return value;
}
