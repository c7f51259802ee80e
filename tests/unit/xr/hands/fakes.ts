import { pinchHandPose } from 'iwer/lib/device/configs/hand/pinch.js';
import { pointHandPose } from 'iwer/lib/device/configs/hand/point.js';
import { relaxedHandPose } from 'iwer/lib/device/configs/hand/relaxed.js';
import { createPose, multiplyPose, poseFromYawPitch } from '../../../../src/math/pose';
import type { Pose } from '../../../../src/math/types';
import { createHandJoints, jointCount, type HandJoints } from '../../../../src/xr/hands/hand-joints';

/** Hands as a Quest has tracked them, from the emulator's recordings. */
export const shapes = { open: relaxedHandPose, pinched: pinchHandPose, pointing: pointHandPose } as const;
export type Shape = keyof typeof shapes;

// As the emulator mirrors its recordings of a left hand: a reflection in x on both sides of the matrix.
const mirror = [1, -1, -1, 0, -1, 1, 1, 0, -1, 1, 1, 0, -1, 1, 1, 1];

function reflected(side: 'left' | 'right', matrix: ArrayLike<number>): Pose {
  return Float32Array.from({ length: 16 }, (_, i) => matrix[i]! * (side === 'right' ? mirror[i]! : 1));
}

/** The joints of a hand whose aiming ray is at `roomFromAim`. */
export function jointsAt(side: 'left' | 'right', shape: Shape, roomFromAim: Pose): HandJoints {
  const joints = createHandJoints();
  joints.isTracked = true;
  Object.values(shapes[shape].jointTransforms).forEach(({ offsetMatrix, radius }, i) => {
    const pose = multiplyPose(createPose(), roomFromAim, reflected(side, offsetMatrix as ArrayLike<number>));
    joints.roomFromJoint.set(pose, 16 * i);
    joints.radiiM[i] = radius;
  });
  return joints;
}

/** The grip that the runtime gives for the same hand. */
export function gripAt(side: 'left' | 'right', shape: Shape, roomFromAim: Pose): Pose {
  return multiplyPose(createPose(), roomFromAim, reflected(side, shapes[shape].gripOffsetMatrix as ArrayLike<number>));
}

/** A space of the fake runtime: it knows its pose by itself. Null: not tracked. */
export type FakeSpace = { pose: Pose | null };

export type FakeSource = {
  handedness: XRHandedness;
  targetRayMode: XRTargetRayMode;
  targetRaySpace: FakeSpace;
  gripSpace: FakeSpace | null;
  gamepad: { axes: number[]; buttons: { value: number }[] } | null;
  hand: Map<number, FakeSpace> | null;
};

export function controller(handedness: XRHandedness, x = handedness === 'left' ? -0.2 : 0.2): FakeSource {
  return {
    handedness,
    targetRayMode: 'tracked-pointer',
    targetRaySpace: { pose: poseFromYawPitch([x, 1.1, -0.3], 0, 0) },
    gripSpace: { pose: poseFromYawPitch([x, 1, -0.25], 0, 0.7) },
    gamepad: { axes: [0, 0, 0, 0], buttons: Array.from({ length: 6 }, () => ({ value: 0 })) },
    hand: null,
  };
}

/** A bare hand whose runtime tells no more than the joints, unless it is given a gamepad. */
export function bareHand(handedness: 'left' | 'right', shape: Shape): FakeSource {
  const aim = poseFromYawPitch([handedness === 'left' ? -0.2 : 0.2, 1.2, -0.4], 0, 0);
  const source: FakeSource = {
    ...controller(handedness),
    targetRaySpace: { pose: aim },
    gripSpace: { pose: gripAt(handedness, shape, aim) },
    gamepad: null,
    hand: new Map(Array.from({ length: jointCount }, (_, i) => [i, { pose: null } as FakeSpace])),
  };
  setShape(source, shape);
  return source;
}

/** @param shape null: the joints are lost */
export function setShape(source: FakeSource, shape: Shape | null): void {
  const side = source.handedness === 'left' ? 'left' : 'right';
  const joints = shape && jointsAt(side, shape, source.targetRaySpace.pose!);
  for (const [i, space] of source.hand!) {
    space.pose = joints && joints.roomFromJoint.slice(16 * i, 16 * i + 16);
  }
}

export function pinchPointer(handedness: XRHandedness, hasGrip = true): FakeSource {
  return {
    ...controller(handedness),
    targetRayMode: 'transient-pointer',
    targetRaySpace: { pose: poseFromYawPitch([0, 1.6, 0], 0, -0.4) },
    gripSpace: hasGrip ? { pose: poseFromYawPitch([0.1, 1, -0.3], 0, 0) } : null,
    gamepad: null,
  };
}

/** A runtime with the part of WebXR that hands need. */
export class FakeSession {
  inputSources: FakeSource[] = [];
  private readonly listeners = new Map<string, Set<(event: { inputSource: FakeSource }) => void>>();

  addEventListener(type: string, listener: (event: { inputSource: FakeSource }) => void): void {
    const set = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, set.add(listener));
  }

  removeEventListener(type: string, listener: (event: { inputSource: FakeSource }) => void): void {
    this.listeners.get(type)?.delete(listener);
  }

  fire(type: string, inputSource: FakeSource): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ inputSource });
  }

  get listenerCount(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0);
  }
}

export const fakeFrame = {
  getPose: (space: FakeSpace) => (space.pose ? { transform: { matrix: space.pose } } : null),
  fillPoses(spaces: FakeSpace[], _base: unknown, out: Float32Array): boolean {
    if (spaces.some(({ pose }) => !pose)) return false;
    spaces.forEach(({ pose }, i) => out.set(pose!, 16 * i));
    return true;
  },
} as unknown as XRFrame;
