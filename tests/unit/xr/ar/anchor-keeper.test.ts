import { beforeAll, describe, expect, test, vi } from 'vitest';
import { multiplyPose, createPose, poseFromYawPitch } from '../../../../src/math/pose';
import type { Pose } from '../../../../src/math/types';
import { AnchorKeeper } from '../../../../src/xr/ar/anchor-keeper';
import { turnForm } from '../../../../src/xr/ar/form-pose';

beforeAll(() => {
  vi.stubGlobal(
    'XRRigidTransform',
    class {
      constructor(readonly position: { x: number; y: number; z: number }) {}
    },
  );
});

/** A runtime whose anchors it can move, lose and refuse. */
class Runtime {
  readonly deleted: Pose[] = [];
  readonly anchors: Pose[] = [];
  isLost = false;
  answer: Promise<void> = Promise.resolve();
  readonly space = {} as XRReferenceSpace;
  readonly frame = {
    createAnchor: async ({ position: { x, y, z } }: { position: { x: number; y: number; z: number } }) => {
      const pose = poseFromYawPitch([x, y, z], 0, 0);
      this.anchors.push(pose);
      await this.answer;
      return { anchorSpace: pose, delete: () => void this.deleted.push(pose) };
    },
    getPose: (pose: Pose) => (this.isLost ? null : { transform: { matrix: pose } }),
  } as unknown as XRFrame;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('an anchor', () => {
  test('carries the form along when the runtime corrects it, and stays quiet while it is lost', async () => {
    const runtime = new Runtime();
    const keeper = new AnchorKeeper();
    const form = poseFromYawPitch([1, 0, -2], 0.7, 0);
    keeper.keep(runtime.frame, runtime.space, form);
    keeper.follow(runtime.frame, runtime.space, form);
    expect(keeper.isAnchored).toBe(false);
    await settled();
    const before = Float32Array.from(form) as Pose;
    keeper.follow(runtime.frame, runtime.space, form);
    expect(keeper.isAnchored).toBe(true);
    for (let i = 0; i < 16; i++) expect(form[i]).toBeCloseTo(before[i]!, 5);
    const correction = poseFromYawPitch([0.05, 0.01, -0.02], 0.03, 0);
    multiplyPose(runtime.anchors[0]!, correction, runtime.anchors[0]!);
    const wanted = multiplyPose(createPose(), correction, before);
    keeper.follow(runtime.frame, runtime.space, form);
    for (let i = 0; i < 16; i++) expect(form[i]).toBeCloseTo(wanted[i]!, 5);
    runtime.isLost = true;
    runtime.anchors[0]![12] += 9;
    keeper.follow(runtime.frame, runtime.space, form);
    for (let i = 0; i < 16; i++) expect(form[i]).toBeCloseTo(wanted[i]!, 5);
  });

  test('keeps a form that was turned beside it', async () => {
    const runtime = new Runtime();
    const keeper = new AnchorKeeper();
    const form = poseFromYawPitch([1, 0, -2], 0, 0);
    keeper.keep(runtime.frame, runtime.space, form);
    await settled();
    keeper.follow(runtime.frame, runtime.space, form);
    turnForm(form, 0, 0, 1);
    keeper.hold(form);
    const turned = Float32Array.from(form) as Pose;
    keeper.follow(runtime.frame, runtime.space, form);
    for (let i = 0; i < 16; i++) expect(form[i]).toBeCloseTo(turned[i]!, 5);
  });

  test('is deleted when the form is placed anew, even one that comes late', async () => {
    const runtime = new Runtime();
    const keeper = new AnchorKeeper();
    let arrive = (): void => {};
    runtime.answer = new Promise((resolve) => (arrive = resolve));
    keeper.keep(runtime.frame, runtime.space, poseFromYawPitch([1, 0, 0], 0, 0));
    keeper.keep(runtime.frame, runtime.space, poseFromYawPitch([2, 0, 0], 0, 0));
    arrive();
    await settled();
    expect(runtime.deleted).toEqual([runtime.anchors[0]]);
    const form = poseFromYawPitch([2, 0, 0], 0, 0);
    keeper.follow(runtime.frame, runtime.space, form);
    expect(keeper.isAnchored).toBe(true);
    keeper.drop();
    expect(runtime.deleted).toEqual(runtime.anchors);
    expect(keeper.isAnchored).toBe(false);
  });

  test('is done without where the runtime has none, or refuses', async () => {
    const keeper = new AnchorKeeper();
    const form = poseFromYawPitch([1, 0, 0], 0, 0);
    const none = { getPose: () => null } as unknown as XRFrame;
    const refuses = { ...none, createAnchor: () => Promise.reject(new Error('no')) } as unknown as XRFrame;
    const throws = {
      ...none,
      createAnchor: () => {
        throw new Error('not granted');
      },
    } as unknown as XRFrame;
    for (const frame of [none, refuses, throws]) {
      keeper.keep(frame, {} as XRReferenceSpace, form);
      await settled();
      keeper.follow(frame, {} as XRReferenceSpace, form);
      expect(keeper.isAnchored).toBe(false);
      expect(form).toEqual(poseFromYawPitch([1, 0, 0], 0, 0));
    }
  });
});
