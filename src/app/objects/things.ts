import { scaleOf } from '../../math/pose';
import type { BodyLook } from '../../physics/body-meshes';
import { impactStride, maxBodies, poseStride } from '../../physics/physics-settings';
import type { PhysicsWorld } from '../../physics/physics-world';
import type { CollisionMesh } from '../../world/contracts';
import type { PageClick } from '../../xr/devices/page-click';
import type { Options } from '../options';
import { impactStrength } from '../sound/sound-recipes';
import { sounds } from '../sound/sounds';
import type { Visit } from '../visit';
import { indexOfBody } from './body-pose';
import { HandGrasp, type GraspEvent } from './hand-grasp';
import { PageThrow } from './page-throw';
import type { ThingShape } from './thing-size';

/** One body, for whoever asks the page: a copy. */
export type Thing = {
  id: number;
  shape: ThingShape;
  /** World metres. */
  position: [number, number, number];
  /** Of a ball, or half an edge of a cube, metres. */
  radiusM: number;
  velocityMps: [number, number, number];
  isHeld: boolean;
};

/** The part of a visit that things live in. */
export type ThingsVisit = Pick<Visit, 'hands' | 'worldFromRoom' | 'worldFromRig' | 'worldFromHead' | 'collider' | 'onSurfaces'>;

/** How the things reach what is outside of them. */
export type ThingsHost = {
  visit: ThingsVisit;
  options(): Options;
  /** A press puts the world down in the visitor's room (AR), and does nothing else. */
  isPlacing(): boolean;
  /** Loads the engine. */
  load(): Promise<PhysicsWorld>;
  /** The engine did not come. */
  failed(reason: unknown): void;
  /** Whether there are things now, when that changes: surfaces are wanted as long. */
  populated(bodies: boolean): void;
};

const mostImpacts = 16;
const mostWaitedFrames = 6;
/** Colours go round by the golden ratio: neighbours in time are far apart. */
const hueStep = 0.618034;
const firstHue = 0.57;
/** Without a known ground, unseen places have a floor this much below the visitor's. */
const belowFloorM = 0.15;

/**
 * Real things in the dream: what hands and clicks make, grab and throw. The physics is loaded when first wanted. Without
 * things it costs nothing; with them it allocates nothing per display frame.
 */
export class Things {
  world: PhysicsWorld | null = null;
  private host: ThingsHost | null = null;
  private loading: Promise<void> | null = null;
  private readonly looks = new Map<number, BodyLook>();
  private readonly grasps = [new HandGrasp((...event) => this.heard(...event)), new HandGrasp((...event) => this.heard(...event))];
  private readonly waiting: PageThrow[] = [];
  private readonly impacts = new Float32Array(mostImpacts * impactStride);
  private readonly at = new Float32Array(3);
  private readonly velocity: [number, number, number] = [0, 0, 0];
  private made = 0;
  private waitedFrames = 0;
  private wasPopulated = false;
  private groundOf: ThingsVisit['collider'] | undefined;
  private groundY = Number.NaN;

  /** @returns a function that takes everything away again */
  attach(host: ThingsHost): () => void {
    this.host = host;
    host.visit.onSurfaces = (mesh: CollisionMesh) => this.world?.setSurfaces(mesh);
    return () => {
      this.clear();
      host.visit.onSurfaces = () => {};
      this.host = null;
    };
  }

  get count(): number {
    return this.world?.count ?? 0;
  }

  /** Fetches the physics engine, so that the first throw need not wait. Never rejects. */
  prepare(): Promise<void> {
    const { host } = this;
    if (!host || this.world) return Promise.resolve();
    this.loading ??= host
      .load()
      .then((world) => void (this.world = world))
      .catch((reason: unknown) => host.failed(reason))
      .finally(() => (this.loading = null));
    return this.loading;
  }

  /**
   * Throws a thing from the page's camera, in one of the next display frames: one at a time, or they would burst apart
   * where they all begin. @param click where to; null: to the middle of the picture
   */
  async throwAt(click: PageClick | null): Promise<void> {
    const { host } = this;
    if (!host) return;
    if (this.waiting.length < maxBodies) this.waiting.push(new PageThrow(host.visit, click, host.options().thing));
    await this.prepare();
  }

  /** Takes all things away. */
  clear(): void {
    this.waiting.length = 0;
    this.made = 0;
    this.world?.clear();
    this.looks.clear();
    for (const grasp of this.grasps) grasp.forget();
    this.tellPopulated();
  }

  /** The world was made anew. @param isElsewhere it is another one: what lies in the old one is gone */
  renew(isElsewhere: boolean): void {
    if (isElsewhere) this.clear();
    this.world?.clearSurfaces();
  }

  list(): Thing[] {
    const { world } = this;
    return Array.from({ length: this.count }, (_, i) => {
      const id = world!.ids[i]!;
      const [x, y, z] = world!.poses.subarray(i * poseStride, i * poseStride + 3) as unknown as [number, number, number];
      world!.velocityOf(id, this.velocity);
      return {
        id,
        shape: this.lookOf(id).shape,
        position: [x, y, z],
        radiusM: world!.poses[i * poseStride + 7]!,
        velocityMps: [...this.velocity],
        isHeld: this.grasps.some(({ heldId }) => heldId === id),
      };
    });
  }

  lookOf(id: number): BodyLook {
    return this.looks.get(id) ?? unknownLook;
  }

  /** First in a display frame, after the menu: a press at a thing is for the thing. */
  claim(): void {
    const { host, world } = this;
    if (!host || !world) return;
    for (let k = 0; k < 2; k++) this.grasps[k]!.claim(host.visit.hands.all[k]!, world, host.visit.worldFromRoom);
    this.settleGrasps();
  }

  /** Then, after everybody else: hands, physics, sounds. */
  update(dtS: number): void {
    const { host, world } = this;
    if (!host || !world) return;
    const { visit } = host;
    const options = host.options();
    // While the lab's patch listens to the trigger, nothing else does.
    const isTaken = options.optical === 'trigger' || options.optical === 'model' || host.isPlacing();
    const makes = options.tool === 'throw' && !isTaken ? options.thing : null;
    for (let k = 0; k < 2; k++) {
      const id = this.grasps[k]!.update(visit.hands.all[k]!, world, visit.worldFromRoom, makes, dtS);
      if (id !== null) {
        this.dress(id, options.thing);
        sounds.play('grab', world.poses.subarray(indexOfBody(world, id) * poseStride), 0.5);
      }
    }
    this.settleGrasps();
    if (this.waiting.length > 0) this.throwNext(world);
    this.tellPopulated();
    if (world.count === 0) return;
    this.setGround(world, visit);
    world.step(dtS);
    this.sound(world);
  }

  private throwNext(world: PhysicsWorld): void {
    const { spec } = this.waiting[0]!;
    const [x, y, z] = spec.worldFromBody.subarray(12, 15) as unknown as [number, number, number];
    const isFree = world.nearest(x, y, z, spec.radiusM) === null;
    // What lies there and does not go away is pushed aside in the end.
    if (!isFree && this.waitedFrames++ < mostWaitedFrames) return;
    this.waitedFrames = 0;
    this.waiting.shift();
    this.dress(world.add(spec), spec.shape);
    this.at.set([x, y, z]);
    sounds.play('throw', this.at, 0.7);
  }

  /** A thing is in one hand: who took it last has it. */
  private settleGrasps(): void {
    const [left, right] = this.grasps as [HandGrasp, HandGrasp];
    if (left.heldId === null || left.heldId !== right.heldId) return;
    (left.graspedAt > right.graspedAt ? right : left).forget();
  }

  private dress(id: number, shape: ThingShape): void {
    if (this.looks.size > 2 * maxBodies) {
      // Those that made room for newer ones.
      for (const known of this.looks.keys()) if (indexOfBody(this.world!, known) < 0) this.looks.delete(known);
    }
    this.looks.set(id, { shape, hue: (firstHue + hueStep * this.made++) % 1 });
    this.tellPopulated();
  }

  private tellPopulated(): void {
    const isPopulated = this.count > 0;
    if (isPopulated === this.wasPopulated) return;
    this.wasPopulated = isPopulated;
    this.host?.populated(isPopulated);
  }

  /** Only when it changes: the physics asks for heights around each body. */
  private setGround(world: PhysicsWorld, { collider, worldFromRig }: ThingsVisit): void {
    const floorY = collider ? 0 : worldFromRig[13]! - belowFloorM;
    if (collider === this.groundOf && Math.abs(floorY - this.groundY) < 0.05) return;
    this.groundOf = collider;
    this.groundY = floorY;
    world.setGround(collider ? (x, z) => collider.groundHeight(x, z) : null, floorY);
  }

  private sound(world: PhysicsWorld): void {
    const count = world.takeImpacts(this.impacts);
    for (let k = 0; k < count; k++) {
      const at = k * impactStride;
      const strength = impactStrength(this.impacts[at + 6]!);
      if (strength <= 0) continue;
      const id = this.impacts[at + 7]!;
      const index = indexOfBody(world, id);
      if (index < 0) continue;
      for (let i = 0; i < 3; i++) this.at[i] = this.impacts[at + i]!;
      const radiusM = world.poses[index * poseStride + 7]! / scaleOf(this.host!.visit.worldFromRoom);
      sounds.play(this.lookOf(id).shape === 'cube' ? 'impact-cube' : 'impact-ball', this.at, strength, radiusM);
    }
  }

  private heard(what: GraspEvent, _id: number, worldFromBody: Float32Array, speedMps: number): void {
    for (let k = 0; k < 3; k++) this.at[k] = worldFromBody[12 + k]!;
    sounds.play(what, this.at, what === 'throw' ? Math.min(1, 0.3 + speedMps / 10) : 0.5);
  }
}

const unknownLook: BodyLook = { shape: 'ball', hue: firstHue };

/** The page's things: menu, keys and `window.reverie` reach them here. */
export const things = new Things();
