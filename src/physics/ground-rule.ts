import type { Collider, World } from '@dimforge/rapier3d-compat';
import type { Body } from './body';
import { gravityMps2, groundGroup, surfaceFriction } from './physics-settings';
import type { RapierModule } from './rapier';

/** The plane reaches this far, metres; what goes farther is kept by the rule alone. */
const reachM = 1000;
const depthM = 20;
/** Painted floors lie a little above or below the true one; the ground stays out of their way, metres. */
export const knownSlackM = 0.01;
export const unknownSlackM = 0.04;
/** Nothing that one can stand on is higher than this above the lowest ground; above it nobody has to be asked. */
const tallestStepM = 1.4;
/** The height is asked for anew after so much way. */
const askedEveryM = 0.05;
/** A higher ground than this, met from the side, is a wall. */
const stepM = 0.06;
/** What is left of the speed of a body that was put back. */
const keptSpeed = 0.4;
/** How far the known ground is looked over for its lowest place. */
const lookedOverM = 24;

type Height = (x: number, z: number) => number;

/**
 * The floor under everything: a plane at the lowest known or seen floor, and above it the rule that no body is below
 * the known ground. What is below is put back without gaining energy, so that no body ever falls out of the world.
 */
export class GroundRule {
  planeY = 0;
  private slackM = unknownSlackM;
  private height: Height | null = null;
  private plane: Collider | null = null;

  constructor(
    private readonly rapier: RapierModule,
    private readonly world: World,
  ) {
    this.movePlane(0);
  }

  set(height: Height | null, lowestY: number): void {
    this.height = height;
    this.slackM = height ? knownSlackM : unknownSlackM;
    let lowest = Number.isFinite(lowestY) ? lowestY : 0;
    if (height) {
      for (let x = -lookedOverM; x <= lookedOverM; x += 4) {
        for (let z = -lookedOverM; z <= lookedOverM; z += 4) lowest = Math.min(lowest, height(x, z));
      }
    }
    this.movePlane(lowest);
  }

  /** A floor was seen, metres. Where the ground is not known, the plane follows the lowest one. */
  sawFloor(y: number): void {
    if (this.height === null && y < this.planeY) this.movePlane(y);
  }

  /**
   * Puts a body back that is below the ground.
   * @param body as after the step @returns whether it was moved
   */
  keep(body: Body): boolean {
    const { now, before, radiusM, velocity, rigid } = body;
    const bottom = now[1]! - radiusM;
    if (bottom > this.planeY + (this.height ? tallestStepM : 0)) return false;
    const wasGround = body.ground.y;
    const wasKnown = !Number.isNaN(body.ground.x);
    const ground = this.groundUnder(body);
    const lowest = ground - this.slackM - 0.25 * radiusM;
    if (bottom >= lowest) return false;
    const cameFromSide = wasKnown && ground - wasGround > stepM && before[1]! - radiusM >= wasGround - this.slackM - 0.3 * radiusM;
    if (cameFromSide) {
      // The side of a step that no frame has seen: back to where it was, and away from it.
      body.ground.y = wasGround;
      body.ground.x = Number.NaN;
      rigid.setTranslation({ x: before[0]!, y: now[1]!, z: before[2]! }, true);
      rigid.setLinvel({ x: -keptSpeed * velocity[0]!, y: velocity[1]!, z: -keptSpeed * velocity[2]! }, true);
      return true;
    }
    const lift = ground - this.slackM - bottom;
    const downMps = Math.max(0, -velocity[1]!);
    // The lift is paid for by the speed.
    const left = Math.sqrt(Math.max(0, downMps * downMps - 2 * gravityMps2 * lift));
    rigid.setTranslation({ x: now[0]!, y: now[1]! + lift, z: now[2]! }, true);
    rigid.setLinvel({ x: 0.8 * velocity[0]!, y: keptSpeed * left, z: 0.8 * velocity[2]! }, true);
    return true;
  }

  private groundUnder({ now, ground }: Body): number {
    if (!this.height) return this.planeY;
    const moved = Math.abs(now[0]! - ground.x) + Math.abs(now[2]! - ground.z);
    if (!(moved < askedEveryM)) {
      ground.x = now[0]!;
      ground.z = now[2]!;
      ground.y = this.height(ground.x, ground.z);
    }
    return ground.y;
  }

  private movePlane(y: number): void {
    this.planeY = y;
    const top = y - this.slackM;
    if (this.plane) {
      this.plane.setTranslation({ x: 0, y: top - depthM, z: 0 });
      return;
    }
    const { ColliderDesc, CoefficientCombineRule } = this.rapier;
    this.plane = this.world.createCollider(
      ColliderDesc.cuboid(reachM, depthM, reachM)
        .setTranslation(0, top - depthM, 0)
        .setFriction(surfaceFriction)
        .setRestitution(0)
        .setRestitutionCombineRule(CoefficientCombineRule.Max)
        .setCollisionGroups(groundGroup),
    );
  }
}
