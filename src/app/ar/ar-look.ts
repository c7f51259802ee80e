import { Matrix4 } from 'three';
import type { Pose } from '../../math/types';
import type { RoomLook } from '../../reproject/room-look';
import type { Options } from '../options';

/** Everything above this much higher than a model is wide is cut off, as a share of its radius. */
const modelHeightRadii = 1.6;
const modelSoftM = 0.03;
/** What stands on the ground begins softly within so much, metres. */
const overlaySoftM = 0.04;

export type WindowSize = { widthM: number; heightM: number };

/** What the picture needs to know about the form; one object per form, changed in place each display frame. */
export class ArLook {
  readonly window = {
    form: 'window' as const,
    portalFromWorld: new Matrix4(),
    widthM: 0,
    heightM: 0,
    isInside: false,
  };
  readonly diorama = {
    form: 'diorama' as const,
    modelFromWorld: new Matrix4(),
    cut: 'disc' as 'disc' | 'box',
    radiusM: 0,
    heightM: 0,
    softM: modelSoftM,
  };
  readonly overlay = { form: 'overlay' as const, groundY: 0, softM: overlaySoftM };

  of(form: Options['arForm']): RoomLook {
    return this[form];
  }

  /** @param worldFromRig rigid; the form is the rig's origin */
  placeWindow(worldFromRig: Pose, { widthM, heightM }: WindowSize, isInside: boolean): void {
    const look = this.window;
    look.widthM = widthM;
    look.heightM = heightM;
    look.isInside = isInside;
    look.portalFromWorld.fromArray(worldFromRig).invert();
    // The opening's middle is its origin.
    look.portalFromWorld.elements[13]! -= heightM / 2;
  }

  /** @param scale a metre of the room is this many metres of the world */
  placeModel(worldFromRig: Pose, scale: number, radiusM: number, cut: Options['arCut']): void {
    const look = this.diorama;
    look.cut = cut;
    look.radiusM = radiusM;
    look.heightM = radiusM * modelHeightRadii;
    look.modelFromWorld.fromArray(worldFromRig).invert();
    const { elements } = look.modelFromWorld;
    for (let i = 0; i < 16; i++) if (i % 4 < 3) elements[i]! /= scale;
  }

  placeOverlay(worldFromRig: Pose): void {
    this.overlay.groundY = worldFromRig[13];
  }
}
