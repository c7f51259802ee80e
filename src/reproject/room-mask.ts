import { Matrix4, Vector4 } from 'three';
import { smoothstep } from '../math/scalars';
import type { RoomLook } from './room-look';

/**
 * What the shaders need to know of a look, for one eye. `code` is one of {@link maskCodes}; `spaceFromView`: the space of
 * the form (portal, model, world) from eye space; `size` by the form, metres; `free`: a plane in eye space, real things
 * below it hide nothing (the wall behind a window, the table under a model); `reachM`: nor those farther than this.
 */
export type RoomMask = { code: number; spaceFromView: Matrix4; size: Vector4; free: Vector4; reachM: number };

/** As in shaders/room.glsl. */
export const maskCodes = { none: 0, outside: 1, inside: 2, hidden: 3, disc: 4, box: 5, overlay: 6 } as const;

/** An eye so near to the opening is on its own side of it, whatever the head is: crossing has no flash. */
const crossingM = 0.2;
/** Real surfaces so near to the plane of the form are that wall, table or floor itself. */
const wallM = 0.08;
const tableM = 0.04;
const floorM = 0.06;
/** For whoever has walked into the dream, only real things within reach of an arm are there: hands, and what one bumps into. */
const armM = 1;
/** A model is cut so far below the table. */
const belowTableM = 0.05;
/** Bodies beyond the rim of a model fade out where they are lower than this, and are seen in the air and in a hand. */
const rollingM = 0.04;
const flyingM = 0.08;
const everywhereM = 1e9;

export function createRoomMask(): RoomMask {
  return { code: 0, spaceFromView: new Matrix4(), size: new Vector4(), free: new Vector4(0, 0, 0, 1), reachM: everywhereM };
}

/** @param worldFromView of the eye; in AR eye space is room metres, so it carries a scale */
export function maskFor(look: RoomLook | null, worldFromView: Matrix4, out: RoomMask): RoomMask {
  out.code = maskCodes.none;
  out.reachM = everywhereM;
  out.free.set(0, 0, 0, 1);
  if (look === null) return out;
  if (look.form === 'window') return windowMask(look, worldFromView, out);
  if (look.form === 'diorama') {
    const { modelFromWorld, cut, radiusM, heightM, softM } = look;
    out.code = cut === 'disc' ? maskCodes.disc : maskCodes.box;
    out.spaceFromView.multiplyMatrices(modelFromWorld, worldFromView);
    out.size.set(radiusM, heightM, Math.max(softM, 1e-4), -Math.max(softM, belowTableM));
    // From below the table's top, the table hides the model.
    if (out.spaceFromView.elements[13]! > tableM) freeBelow(out, 1, tableM);
    return out;
  }
  out.code = maskCodes.overlay;
  out.spaceFromView.copy(worldFromView);
  out.size.set(look.groundY + floorM, Math.max(look.softM, 1e-4), 0, 0);
  freeBelow(out, 1, look.groundY + floorM);
  return out;
}

function windowMask(look: RoomLook & { form: 'window' }, worldFromView: Matrix4, out: RoomMask): RoomMask {
  out.spaceFromView.multiplyMatrices(look.portalFromWorld, worldFromView);
  out.size.set(look.widthM / 2, look.heightM / 2, 0, 0);
  const { elements } = out.spaceFromView;
  const z = elements[14]!;
  const inOpening = Math.abs(elements[12]!) < look.widthM / 2 && Math.abs(elements[13]!) < look.heightM / 2;
  const crossing = inOpening && Math.abs(z) < crossingM;
  const isInside = crossing ? z < 0 : look.isInside;
  if (isInside) {
    // In the dream but in front of the wall: the opening is behind nothing.
    out.code = z < 0 ? maskCodes.inside : maskCodes.none;
    out.reachM = armM;
    return out;
  }
  out.code = z > 0 ? maskCodes.outside : maskCodes.hidden;
  if (z > wallM) freeBelow(out, 2, wallM);
  return out;
}

/** The plane where a coordinate of the form's space has a value. @param axis 0 x, 1 y, 2 z */
function freeBelow({ free, spaceFromView: { elements: m } }: RoomMask, axis: number, value: number): void {
  free.set(m[axis]!, m[axis + 4]!, m[axis + 8]!, m[axis + 12]! - value);
}

/**
 * How much of a dreamed point is shown: 0 … 1. CPU twin of `dreamMask` in `shaders/room.glsl`, with hard edges at the
 * rim of an opening (the shader blends over a pixel).
 * @param x,y,z,w the point in eye space, homogeneous: metres times `w`; w = 0 is infinitely far
 */
export function dreamMask(mask: RoomMask, x: number, y: number, z: number, w: number): number {
  const { code, size } = mask;
  if (code === maskCodes.none) return 1;
  if (code === maskCodes.hidden) return 0;
  const m = mask.spaceFromView.elements;
  const rx = m[0] * x + m[4] * y + m[8] * z;
  const ry = m[1] * x + m[5] * y + m[9] * z;
  const rz = m[2] * x + m[6] * y + m[10] * z;
  if (code === maskCodes.outside) return rz + m[14] * w < 0 ? throughOpening(mask, rx, ry, rz) : 0;
  if (code === maskCodes.inside) return rz + m[14] * w > 0 ? 1 - throughOpening(mask, rx, ry, rz) : 1;
  if (w <= 0) return 0;
  const py = ry / w + m[13];
  if (code === maskCodes.overlay) return smoothstep(size.x, size.x + size.y, py);
  const inHeight = (1 - smoothstep(size.y - size.z, size.y, py)) * smoothstep(size.w - size.z, size.w, py);
  return inRadius(mask, rx / w + m[12], rz / w + m[14]) * inHeight;
}

/** The same for explicit things, which are not cut off at the floor; twin of `thingMask`. @param x,y,z eye space, metres */
export function thingMask(mask: RoomMask, x: number, y: number, z: number): number {
  const { code } = mask;
  const m = mask.spaceFromView.elements;
  const rx = m[0] * x + m[4] * y + m[8] * z;
  const ry = m[1] * x + m[5] * y + m[9] * z;
  const rz = m[2] * x + m[6] * y + m[10] * z;
  if (code === maskCodes.outside) return rz + m[14] < 0 ? throughOpening(mask, rx, ry, rz) : 1;
  if (code === maskCodes.hidden) return rz + m[14] < 0 ? 0 : 1;
  if (code !== maskCodes.disc && code !== maskCodes.box) return 1;
  return Math.max(inRadius(mask, rx + m[12], rz + m[14]), smoothstep(rollingM, flyingM, ry + m[13]));
}

/** 1 where the ray from the eye goes through the opening. @param rx,ry,rz its direction in the opening's space */
function throughOpening({ size, spaceFromView: { elements: m } }: RoomMask, rx: number, ry: number, rz: number): number {
  const distance = -m[14] / rz;
  if (!(distance > 0)) return 0;
  return Math.abs(m[12] + rx * distance) < size.x && Math.abs(m[13] + ry * distance) < size.y ? 1 : 0;
}

function inRadius({ code, size }: RoomMask, x: number, z: number): number {
  const radius = code === maskCodes.disc ? Math.hypot(x, z) : Math.max(Math.abs(x), Math.abs(z));
  return 1 - smoothstep(size.x - size.z, size.x, radius);
}
