import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultOptions } from '../../../src/app/options';
import { VisitBody } from '../../../src/app/visit-body';
import { angleBetween, createPose, multiplyPose, poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import { createControls } from '../../../src/xr/controls';
import type { Collider } from '../../../src/xr/locomotion';

const sitting = poseFromYawPitch([0.4, 1.15, -0.3], 0.7, -0.2);

function frame(body: VisitBody, head: Pose | null, seatedHeightM = 0, collider: Collider | null = null): void {
  body.update(createControls(), head, 1 / 72, { ...defaultOptions, seatedHeightM }, collider);
}

describe('who sits', () => {
  test('has eyes higher by so much in VR, and hands too', () => {
    const body = new VisitBody();
    frame(body, sitting);
    const low = body.worldFromHead[13]!;
    frame(body, sitting, 0.45);
    expect(body.worldFromHead[13]! - low).toBeCloseTo(0.45, 5);
    const hand = multiplyPose(createPose(), body.worldFromRoom, poseFromYawPitch([0, 0.8, 0], 0, 0));
    expect(hand[13]).toBeCloseTo(0.8 + 0.45, 5);
  });

  test('sees the same floor under the feet, and from no higher on the page', () => {
    const body = new VisitBody();
    frame(body, sitting, 0.45);
    expect(body.worldFromRig[13]).toBe(0);
    frame(body, null, 0);
    const standing = body.worldFromHead[13];
    frame(body, null, 0.45);
    expect(body.worldFromHead[13]).toBe(standing);
  });

  test('has it from the walls and the ground of no world', () => {
    const body = new VisitBody();
    const step: Collider = { slide: () => {}, groundHeight: () => 0.3, clearance: () => 1, distance: () => 1 };
    for (let i = 0; i < 72; i++) frame(body, sitting, 0.45, step);
    expect(body.worldFromHead[13]).toBeCloseTo(0.3 + 1.15 + 0.45, 3);
  });
});

/** Evenly spread, unlike `fc.double`, which loves numbers close to nought. */
const between = (min: number, max: number) => fc.integer({ min: 0, max: 1_000_000 }).map((k) => min + ((max - min) * k) / 1_000_000);

describe('a teleport', () => {
  const metres = between(-50, 50);

  test('puts the head above the place, at its own height, and turns nobody', () => {
    const anyHead = fc
      .tuple(between(-2, 2), between(-3, 3), between(-1.5, 1.5))
      .map(([x, yaw, pitch]) => poseFromYawPitch([x, 1.6, -x], yaw, pitch));
    fc.assert(
      fc.property(metres, metres, between(0, 0.8), fc.option(anyHead), (x, z, y, head) => {
        const body = new VisitBody();
        body.locomotion.rig.yawRad = 1.1;
        frame(body, head, 0.2);
        const before = body.worldFromHead.slice();
        body.teleport(x, y, z);
        frame(body, head, 0.2);
        expect(body.worldFromHead[12]).toBeCloseTo(x, 3);
        expect(body.worldFromHead[14]).toBeCloseTo(z, 3);
        expect(body.worldFromHead[13]! - before[13]!).toBeCloseTo(y, 4);
        expect(angleBetween(before, body.worldFromHead)).toBeLessThan(1e-3);
      }),
    );
  });
});
