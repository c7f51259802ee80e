import type { Camera, Matrix4, Texture } from 'three';

/**
 * How the dream stands in the visitor's room (AR); null, in VR, is no look at all. Whoever places it changes the object
 * in place each display frame, before the render.
 *
 * - `window`: the dream is behind an opening; `portalFromWorld` gives the opening's space in room metres, the opening
 *   around the origin in the plane z = 0, the room at z > 0. `isInside`: the head has walked through.
 * - `diorama`: a piece of the dream as a model; `modelFromWorld` gives its space in room metres, origin on the table,
 *   +y up. The rim fades over `softM`.
 * - `overlay`: what stands on the dream's ground, without ground and sky. `groundY` in the world's metres.
 */
export type RoomLook =
  | { form: 'window'; portalFromWorld: Matrix4; widthM: number; heightM: number; isInside: boolean }
  | {
      form: 'diorama';
      modelFromWorld: Matrix4;
      cut: 'disc' | 'box';
      radiusM: number;
      heightM: number;
      softM: number;
    }
  | { form: 'overlay'; groundY: number; softM: number };

/** Real depth of one eye: where in the texture array it is, and how to find it from the eye. */
export type RealDepthEye = {
  layer: number;
  /**
   * From eye space, metres and homogeneous (x, y, z, w), to (u w', v w', -, w'), u and v in 0 … 1 over the texture's
   * rows as they lie in memory, and w' / w the distance along the axis of the depth camera, metres.
   */
  depthFromView: Matrix4;
};

/** The room's own depth in this display frame, see `src/xr/real-depth.ts`. Changed in place, like the look. */
export type RealDepthLook = {
  /** A texture array (`sampler2DArray`), not filtered: raw values, 0 where nothing is known. */
  texture: Texture;
  /** Metres of a raw value of 1, where the values are distances. */
  metersPerUnit: number;
  /** Near and far plane, metres, where the values are those of a depth buffer; `nearM` 0: they are distances. */
  nearM: number;
  farM: number;
  eyes: readonly RealDepthEye[];
  /** Which of `eyes` a camera of this draw is. */
  eyeOf: (camera: Camera) => number;
};
