import type { RigidBody, World } from '@dimforge/rapier3d-compat';
import type { CollisionMesh } from '../world/contracts';
import type { Pose } from '../math/types';
import { readPose, writeBetween, type Body, type BodyShape, type BodySpec } from './body';
import { EnergyRule } from './energy-rule';
import { GroundRule } from './ground-rule';
import { ImpactLog } from './impact-log';
import { makeBody } from './make-body';
import {
  gravityMps2,
  maxBodies,
  maxStepsPerFrame,
  poseStride,
  stepS,
} from './physics-settings';
import { loadRapier, type RapierModule } from './rapier';
import { nearestBody, rayNearestBody, type RayHit } from './pick';
import { SurfaceSet } from './surface-set';
import { SweepGuard } from './sweep-guard';

/** The engine and an empty world, loaded when first wanted. @throws Error one sentence when it cannot be loaded */
export async function loadPhysics(): Promise<PhysicsWorld> {
  return new PhysicsWorld(await loadRapier());
}

const zero = { x: 0, y: 0, z: 0 };

/**
 * Balls and cubes in the dreamed world: fixed steps of 1/120 s, shown in between. What they bounce off are surfaces of
 * frames, newest and remembered, over a ground that nothing falls through. Nothing here allocates per display frame
 * while nothing hits anything.
 */
export class PhysicsWorld {
  /** {@link poseStride} numbers a body, {@link count} of them, oldest first; as they are to be drawn. */
  readonly poses = new Float32Array(maxBodies * poseStride);
  /** Id of each body in {@link poses}. */
  readonly ids = new Int32Array(maxBodies);
  readonly surfaces: SurfaceSet;
  /** Physics steps since the begin. */
  stepCount = 0;
  /** The engine's own world, for whoever adds shapes that are no frame's, such as a benchmark's truth. */
  readonly world: World;
  private readonly bodies: Body[] = [];
  readonly sweep: SweepGuard;
  private readonly ground: GroundRule;
  readonly energy: EnergyRule;
  private readonly impacts = new ImpactLog();
  /**
   * The engine's inner steps fall a little too far: they change the speed first and the place by the new speed. Its
   * velocities are this much more upward than the motion that they make, m/s.
   */
  readonly gravityKickMps: number;
  private aheadS = 0;
  private nextId = 1;

  constructor(readonly rapier: RapierModule) {
    this.world = new rapier.World({ x: 0, y: -gravityMps2, z: 0 });
    this.world.timestep = stepS;
    this.gravityKickMps = (gravityMps2 * stepS) / (2 * this.world.numSolverIterations);
    this.surfaces = new SurfaceSet(rapier, this.world);
    this.sweep = new SweepGuard(rapier, this.world, this.surfaces);
    this.ground = new GroundRule(rapier, this.world);
    this.energy = new EnergyRule(this.gravityKickMps);
  }

  get count(): number {
    return this.bodies.length;
  }

  /** @returns its id; ids are never used again. @throws RangeError for a body without size or place */
  add(spec: BodySpec): number {
    const body = makeBody(this.rapier, this.world, this.nextId++, spec);
    if (this.bodies.length >= maxBodies) this.remove((this.bodies.find(({ held }) => !held) ?? this.bodies[0]!).id);
    this.bodies.push(body);
    this.launch(body, spec.velocityMps, spec.angularRadPerS);
    this.show();
    return body.id;
  }

  remove(id: number): void {
    const index = this.bodies.findIndex((body) => body.id === id);
    if (index < 0) return;
    this.world.removeRigidBody(this.bodies[index]!.rigid);
    this.bodies.splice(index, 1);
    this.show();
  }

  clear(): void {
    for (const { rigid } of this.bodies) this.world.removeRigidBody(rigid);
    this.bodies.length = 0;
  }

  shapeOf(id: number): BodyShape | null {
    return this.find(id)?.shape ?? null;
  }

  /** The engine's own body, for measurements. */
  rigidOf(id: number): RigidBody | null {
    return this.find(id)?.rigid ?? null;
  }

  /** Velocity after the last step, m/s. @param out x, y, z @returns whether there is such a body */
  velocityOf(id: number, out: Float32Array | number[]): boolean {
    const body = this.find(id);
    if (!body) return false;
    const { x, y, z } = body.rigid.linvel();
    [out[0], out[1], out[2]] = [x, y - this.gravityKickMps, z];
    return true;
  }

  /** The body follows a hand from now on, and still pushes others. Call it every frame while it is held. */
  hold(id: number, worldFromBody: Pose): void {
    const body = this.find(id);
    if (!body) return;
    readPose(body.grip, worldFromBody);
    if (body.held) return;
    body.held = true;
    body.rigid.setBodyType(this.rapier.RigidBodyType.KinematicPositionBased, true);
  }

  /** Lets a held body go where the hand had it last. */
  release(id: number, velocityMps: ArrayLike<number>, angularRadPerS: ArrayLike<number>): void {
    const body = this.find(id);
    if (!body?.held) return;
    body.held = false;
    const { grip, rigid } = body;
    rigid.setBodyType(this.rapier.RigidBodyType.Dynamic, true);
    rigid.setTranslation({ x: grip[0]!, y: grip[1]!, z: grip[2]! }, true);
    rigid.setRotation({ x: grip[3]!, y: grip[4]!, z: grip[5]!, w: grip[6]! }, true);
    body.now.set(grip);
    body.before.set(grip);
    this.launch(body, velocityMps, angularRadPerS);
  }

  /** The body whose surface is nearest to a point, null beyond `withinM`. */
  nearest(x: number, y: number, z: number, withinM: number): number | null {
    return nearestBody(this.poses, this.ids, this.count, x, y, z, withinM);
  }

  /** The first body that a ray meets. @param direction of any length */
  rayNearest(origin: ArrayLike<number>, direction: ArrayLike<number>, maxM: number): RayHit | null {
    return rayNearestBody(this.poses, this.ids, this.count, origin, direction, maxM);
  }

  /** Surfaces of a newer frame. Copies what it needs; the work is done bit by bit in the next steps. */
  setSurfaces(mesh: CollisionMesh): void {
    this.surfaces.offer(mesh);
  }

  /** Another world: forgets all surfaces. */
  clearSurfaces(): void {
    this.surfaces.clear();
  }

  /**
   * What lies under everything. @param height of the known ground at a place, metres; null: only what is seen
   * @param lowestY of the floor as far as anybody knows; with known ground and for unseen places it is the floor
   */
  setGround(height: ((x: number, z: number) => number) | null, lowestY: number): void {
    this.ground.set(height, lowestY);
  }

  /** Goes on by the time since the last display frame, seconds; fills {@link poses}. */
  step(dtS: number): void {
    this.aheadS += Math.max(0, dtS);
    let steps = Math.floor(this.aheadS / stepS + 1e-9);
    if (steps > maxStepsPerFrame) {
      steps = maxStepsPerFrame;
      this.aheadS = steps * stepS;
    }
    this.aheadS = Math.max(0, this.aheadS - steps * stepS);
    for (let left = steps; left > 0; left--) this.stepOnce(left);
    this.show();
  }

  /** Impacts since the last call. @param into as many as fit, {@link impactStride} numbers each @returns how many */
  takeImpacts(into: Float32Array): number {
    return this.impacts.take(into);
  }

  dispose(): void {
    this.world.free();
    this.bodies.length = 0;
  }

  private stepOnce(stepsLeft: number): void {
    this.surfaces.work(this.bodies);
    if (this.surfaces.lowestFloorY !== null) this.ground.sawFloor(this.surfaces.lowestFloorY);
    for (const body of this.bodies) if (body.held) carry(body, stepsLeft);
    this.world.step();
    this.stepCount++;
    for (const body of this.bodies) {
      const { rigid, now, before, velocity } = body;
      if (body.asleep && rigid.isSleeping()) continue;
      body.asleep = rigid.isSleeping();
      before.set(now);
      const [vx, vy, vz] = velocity as unknown as [number, number, number];
      read(body);
      if (body.held) continue;
      if (this.sweep.keep(body)) read(body);
      if (this.ground.keep(body)) read(body);
      if (this.energy.keep(body, this.bodies)) read(body);
      this.impacts.look(body, vx, vy, vz);
    }
  }

  private show(): void {
    const t = this.aheadS / stepS;
    for (let i = 0; i < this.bodies.length; i++) {
      const { id, held, grip, now, before, radiusM } = this.bodies[i]!;
      // What is in a hand is where the hand is, not where it was a step ago.
      if (held) writeBetween(this.poses, i * poseStride, grip, grip, 0);
      else writeBetween(this.poses, i * poseStride, before, now, t);
      this.poses[i * poseStride + 7] = radiusM;
      this.ids[i] = id;
    }
  }

  /** With so much more speed at the begin, every place of a free fall is exact. */
  private launch(body: Body, velocity: ArrayLike<number>, angular: ArrayLike<number>): void {
    const { rigid } = body;
    rigid.setLinvel({ x: velocity[0]!, y: velocity[1]! + this.gravityKickMps, z: velocity[2]! }, true);
    rigid.setAngvel({ x: angular[0]!, y: angular[1]!, z: angular[2]! }, true);
    for (let k = 0; k < 3; k++) body.velocity[k] = velocity[k]!;
    body.asleep = false;
    body.energyJkg = Number.NaN;
  }

  private find(id: number): Body | undefined {
    return this.bodies.find((body) => body.id === id);
  }
}

const scratch = { ...zero };
const scratchTurn = { x: 0, y: 0, z: 0, w: 1 };

function read({ rigid, now, velocity }: Body): void {
  rigid.translation(scratch);
  now[0] = scratch.x;
  now[1] = scratch.y;
  now[2] = scratch.z;
  rigid.rotation(scratchTurn);
  now[3] = scratchTurn.x;
  now[4] = scratchTurn.y;
  now[5] = scratchTurn.z;
  now[6] = scratchTurn.w;
  rigid.linvel(scratch);
  velocity[0] = scratch.x;
  velocity[1] = scratch.y;
  velocity[2] = scratch.z;
}

/** Moves a held body its share of the way to the hand, so that what it pushes feels the hand's own speed. */
function carry({ rigid, now, grip }: Body, stepsLeft: number): void {
  scratch.x = now[0]! + (grip[0]! - now[0]!) / stepsLeft;
  scratch.y = now[1]! + (grip[1]! - now[1]!) / stepsLeft;
  scratch.z = now[2]! + (grip[2]! - now[2]!) / stepsLeft;
  rigid.setNextKinematicTranslation(scratch);
  scratchTurn.x = grip[3]!;
  scratchTurn.y = grip[4]!;
  scratchTurn.z = grip[5]!;
  scratchTurn.w = grip[6]!;
  rigid.setNextKinematicRotation(scratchTurn);
}
