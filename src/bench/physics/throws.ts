import { MapCollider } from '../../../workers/layout/collision';
import { loadPhysics, type PhysicsWorld } from '../../physics/physics-world';
import type { OpenedWorld } from '../world/opened-world';
import { distanceM, fly, settleSurfaces, type Flight, type Touch } from './flight';
import type { PaintedSpot } from './painted-spot';
import type { Cause, ThrowRow, Variant } from './result';
import { addTrueColliders } from './true-colliders';
import { planThrows, type Throw } from './throw-plan';

/** First touches this close are the same touch, metres. */
const sameTouchM = 0.15;
/** Landings whose heights differ by more are on another kind of surface, metres. */
const sameHeightM = 0.15;
/** A throw at 10 m/s goes 12 m; the rest is for bounces. */
const trueReachM = 20;
const thingWithinM = 9;
/** A true surface this much behind what is seen is hidden, metres. */
const hiddenM = 0.25;

/** The same throws against the truth and in every variant of the page's physics. */
export async function measureThrows(world: OpenedWorld, spot: PaintedSpot, seed: number, count: number): Promise<ThrowRow[]> {
  const ground = new MapCollider(world.map);
  const height = (x: number, z: number): number => ground.groundHeight(x, z);
  const truth = await loadPhysics();
  // The true ground is a shape among the others; the fallback stays far below it.
  truth.setGround(null, -5);
  addTrueColliders(truth, world.map, spot.worldFromHead[12], spot.worldFromHead[14], trueReachM);
  truth.step(1 / 120);
  const throws = planThrows(spot.worldFromHead, count, seed, (random) => thingInView(truth, spot, random));

  const variants = new Map<Variant, PhysicsWorld>();
  for (const variant of ['page', 'unknown-ground', 'flat', 'newest', 'uncut'] as const) {
    const physics = await loadPhysics();
    physics.setGround(variant === 'unknown-ground' ? null : height, variant === 'unknown-ground' ? spot.worldFromHead[13] - 1.6 : 0);
    const meshes = variant === 'flat' ? [] : variant === 'newest' ? spot.meshes.slice(-1) : variant === 'uncut' ? [spot.uncut] : spot.meshes;
    for (const mesh of meshes) {
      physics.setSurfaces(mesh);
      settleSurfaces(physics);
    }
    variants.set(variant, physics);
  }

  const rows: ThrowRow[] = [];
  for (const [k, thrown] of throws.entries()) {
    const trueFlight = fly(truth, thrown);
    for (const [variant, physics] of variants) rows.push(rowOf(seed, k, variant, thrown, trueFlight, fly(physics, thrown), truth, spot));
  }
  truth.dispose();
  for (const physics of variants.values()) physics.dispose();
  return rows;
}

/** A place in the newest picture's view, up to 9 m away, that is higher than the floor. */
function thingInView({ rapier, world }: PhysicsWorld, { meshes, worldFromHead: m }: PaintedSpot, random: () => number): [number, number, number] | null {
  const { camera } = meshes.at(-1)!;
  for (let trial = 0; trial < 40; trial++) {
    const x = ((0.15 + 0.7 * random()) * camera.width - camera.cx) / camera.fx;
    const y = -((0.15 + 0.7 * random()) * camera.height - camera.cy) / camera.fy;
    const length = Math.hypot(x, y, 1);
    const [dx, dy, dz] = [0, 1, 2].map((k) => (m[k]! * x + m[4 + k]! * y - m[8 + k]!) / length) as [number, number, number];
    const hit = world.castRay(new rapier.Ray({ x: m[12]!, y: m[13]!, z: m[14]! }, { x: dx, y: dy, z: dz }), thingWithinM, true);
    if (!hit) continue;
    const at: [number, number, number] = [m[12]! + dx * hit.timeOfImpact, m[13]! + dy * hit.timeOfImpact, m[14]! + dz * hit.timeOfImpact];
    if (at[1] > 0.15) return at;
  }
  return null;
}

function rowOf(
  world: number,
  k: number,
  variant: Variant,
  thrown: Throw,
  trueFlight: Flight,
  flight: Flight,
  truth: PhysicsWorld,
  spot: PaintedSpot,
): ThrowRow {
  const errCm = 100 * distanceM(flight.landing, trueFlight.landing);
  return {
    kind: 'throw',
    variant,
    world,
    throw: k,
    shape: thrown.spec.shape,
    aim: thrown.aim,
    speedMps: thrown.speedMps,
    flightS: trueFlight.landing?.atS ?? Number.NaN,
    landingErrCm: errCm,
    firstErrCm: 100 * distanceM(flight.first, trueFlight.first),
    otherSurface: Boolean(flight.landing && trueFlight.landing && Math.abs(flight.landing.y - trueFlight.landing.y) > sameHeightM),
    cause: causeOf(trueFlight, flight, truth, spot),
  };
}

/** Why a throw ends elsewhere: what became of its first touch. */
function causeOf(trueFlight: Flight, flight: Flight, truth: PhysicsWorld, spot: PaintedSpot): Cause {
  const { first } = trueFlight;
  if (!first || !flight.first) return 'lost';
  if (distanceM(first, flight.first) < sameTouchM) {
    return first === trueFlight.landing ? 'same floor' : 'same wall, other bounce';
  }
  if (!wasSeen(truth, spot, first)) return 'true surface unseen';
  return flight.first.atS < first.atS ? 'false surface before it' : 'seen surface missing or off';
}

/** Whether any frame of the walk saw this true point: inside its picture, with nothing true before it. */
function wasSeen({ rapier, world }: PhysicsWorld, { meshes }: PaintedSpot, { x, y, z }: Touch): boolean {
  return meshes.some(({ worldFromCamera: m, camera }) => {
    const [dx, dy, dz] = [x - m[12]!, y - m[13]!, z - m[14]!];
    const ahead = -(m[8]! * dx + m[9]! * dy + m[10]! * dz);
    if (ahead < 0.05) return false;
    const px = camera.cx + (camera.fx * (m[0]! * dx + m[1]! * dy + m[2]! * dz)) / ahead;
    const py = camera.cy - (camera.fy * (m[4]! * dx + m[5]! * dy + m[6]! * dz)) / ahead;
    if (px < 0 || py < 0 || px >= camera.width || py >= camera.height) return false;
    const distance = Math.hypot(dx, dy, dz);
    const ray = new rapier.Ray({ x: m[12]!, y: m[13]!, z: m[14]! }, { x: dx / distance, y: dy / distance, z: dz / distance });
    const hit = world.castRay(ray, distance, true);
    return !hit || hit.timeOfImpact > distance - hiddenM;
  });
}
