import type { World } from '@dimforge/rapier3d-compat';
import { readPose, type Body, type BodySpec } from './body';
import { bodyGroup, frictionOf, restitutionOf, spinDamping, usualDensity } from './physics-settings';
import type { RapierModule } from './rapier';

/** Puts a body into the engine's world, at rest. @throws RangeError for a body without size or place */
export function makeBody(rapier: RapierModule, world: World, id: number, spec: BodySpec): Body {
  checkSpec(spec);
  const at = new Float64Array(7);
  readPose(at, spec.worldFromBody);
  const rigid = world.createRigidBody(
    rapier.RigidBodyDesc.dynamic()
      .setTranslation(at[0]!, at[1]!, at[2]!)
      .setRotation({ x: at[3]!, y: at[4]!, z: at[5]!, w: at[6]! })
      .setAngularDamping(spinDamping)
      .setCcdEnabled(true),
  );
  const { shape, radiusM } = spec;
  const desc = shape === 'ball' ? rapier.ColliderDesc.ball(radiusM) : rapier.ColliderDesc.cuboid(radiusM, radiusM, radiusM);
  const collider = world.createCollider(
    desc
      .setDensity(spec.density ?? usualDensity)
      .setRestitution(restitutionOf[shape])
      .setRestitutionCombineRule(rapier.CoefficientCombineRule.Max)
      .setFriction(frictionOf[shape])
      .setCollisionGroups(bodyGroup),
    rigid,
  );
  return {
    id,
    shape,
    radiusM,
    rigid,
    collider,
    held: false,
    now: at,
    before: at.slice(),
    velocity: new Float64Array(3),
    grip: at.slice(),
    energyJkg: Number.NaN,
    asleep: false,
    ground: { x: Number.NaN, z: Number.NaN, y: 0 },
  };
}

function checkSpec({ radiusM, worldFromBody, velocityMps }: BodySpec): void {
  if (!(radiusM >= 0.01 && radiusM <= 2)) throw new RangeError(`A body's radiusM is 0.01 to 2 metres, not ${radiusM}.`);
  for (const value of [worldFromBody[12]!, worldFromBody[13]!, worldFromBody[14]!, ...Array.from(velocityMps)]) {
    if (!Number.isFinite(value)) throw new RangeError(`A body's place and velocityMps are finite numbers, not ${value}.`);
  }
}
