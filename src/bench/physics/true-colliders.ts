import type { Shape, Vector } from '@dimforge/rapier3d-compat';
import type { PhysicsWorld } from '../../physics/physics-world';
import { surfaceFriction, surfaceGroup } from '../../physics/physics-settings';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import {
  atBox,
  atHalfSpan,
  atSpring,
  kindArchX,
  kindArchZ,
  kindBox,
  kindCylinder,
  kindEllipsoid,
  kindSphere,
  primitiveStride,
} from '../../../workers/layout/primitives';
import { SceneWindow } from '../../../workers/layout/scene-window';
import type { SemanticMap } from '../../../workers/layout/things';

/** Straight pieces of an arch's half circle. */
const archPieces = 16;
/** Rings and points a ring of an ellipsoid's hull: at most 4 % of a radius off, a centimetre for a tuft of leaves. */
const rings = 7;
const spokes = 12;
const groundHalfM = 500;

/**
 * The simulator's geometry as the engine's own shapes: the very primitives that the teacher's rays hit, exact for boxes,
 * cylinders and balls, so that the truth has no tessellation and no edges inside a surface.
 * @param reachM shapes within this distance of (x, z)
 * @returns how many shapes there are
 */
export function addTrueColliders(physics: PhysicsWorld, map: SemanticMap, x: number, z: number, reachM: number): number {
  const scene = new SceneWindow(map, addOrnateShapes, Math.ceil(reachM / 4));
  scene.centreOn(x, z);
  const { ColliderDesc } = physics.rapier;
  // One compound: the engine looks at thousands of fixed shapes in every step, and at the tree inside of one only where
  // something is near.
  const shapes: Shape[] = [];
  const places: Vector[] = [];
  const add = ({ shape }: { shape: Shape }, place: readonly number[]): void => {
    shapes.push(shape);
    places.push({ x: place[0]!, y: place[1]!, z: place[2]! });
  };
  const ground = ColliderDesc.cuboid(groundHalfM, 1, groundHalfM).setTranslation(x, -1, z);
  const p = scene.primitives;
  const slots = scene.width * scene.width;
  for (let slot = 0; slot < slots; slot++) {
    for (let k = 0; k < scene.count[slot]!; k++) {
      const at = (scene.start[slot]! + k) * primitiveStride;
      const b = at + atBox;
      const half = [0, 1, 2].map((axis) => (p[b + 3 + axis]! - p[b + axis]!) / 2) as [number, number, number];
      const mid = [0, 1, 2].map((axis) => (p[b + 3 + axis]! + p[b + axis]!) / 2) as [number, number, number];
      switch (p[at]) {
        case kindBox:
          add(ColliderDesc.cuboid(...half), mid);
          break;
        case kindCylinder:
          add(ColliderDesc.cylinder(half[1], half[0]), mid);
          break;
        case kindSphere:
          add(ColliderDesc.ball(half[0]), mid);
          break;
        case kindEllipsoid:
          add(ColliderDesc.convexHull(ellipsoidPoints(half))!, mid);
          break;
        case kindArchX:
        case kindArchZ:
          for (const points of archHulls(half, p[b + 1]!, p[b + 4]!, p[at + atHalfSpan]!, p[at + atSpring]!, p[at] === kindArchZ)) {
            add(ColliderDesc.convexHull(points)!, [mid[0], 0, mid[2]]);
          }
          break;
        default:
          throw new Error(`There is no true collider for primitive kind ${p[at]}.`);
      }
    }
  }
  const turn = { x: 0, y: 0, z: 0, w: 1 };
  const descs = shapes.length > 0 ? [ground, ColliderDesc.compound(shapes, places, shapes.map(() => turn))] : [ground];
  for (const desc of descs) {
    desc.setFriction(surfaceFriction).setRestitution(0).setRestitutionCombineRule(physics.rapier.CoefficientCombineRule.Max);
    physics.world.createCollider(desc.setCollisionGroups(surfaceGroup));
  }
  return shapes.length + 1;
}

function ellipsoidPoints(half: readonly number[]): Float32Array {
  const points: number[] = [];
  for (let ring = 0; ring <= rings; ring++) {
    const polar = (Math.PI * ring) / rings;
    for (let spoke = 0; spoke < spokes; spoke++) {
      const around = (2 * Math.PI * spoke) / spokes;
      points.push(
        half[0]! * Math.sin(polar) * Math.cos(around),
        half[1]! * Math.cos(polar),
        half[2]! * Math.sin(polar) * Math.sin(around),
      );
    }
  }
  return Float32Array.from(points);
}

/** A slab with an opening, as convex pieces: two legs, and trapezoids above the half circle. Around the slab's middle, y as is. */
function archHulls(half: readonly number[], bottom: number, top: number, halfSpan: number, spring: number, alongZ: boolean): Float32Array[] {
  const length = alongZ ? half[2]! : half[0]!;
  const thick = alongZ ? half[0]! : half[2]!;
  const piece = (from: number, to: number, fromY: number, toY: number): Float32Array => {
    const points: number[] = [];
    for (const [along, low] of [[from, fromY], [to, toY]] as const) {
      for (const y of [low, top]) for (const side of [-thick, thick]) points.push(...(alongZ ? [side, y, along] : [along, y, side]));
    }
    return Float32Array.from(points);
  };
  const pieces: Float32Array[] = [];
  if (length > halfSpan) pieces.push(piece(-length, -halfSpan, bottom, bottom), piece(halfSpan, length, bottom, bottom));
  const roundY = (along: number): number => Math.min(spring + Math.sqrt(Math.max(0, halfSpan ** 2 - along ** 2)), top - 1e-3);
  for (let k = 0; k < archPieces; k++) {
    const from = -halfSpan * Math.cos((Math.PI * k) / archPieces);
    const to = -halfSpan * Math.cos((Math.PI * (k + 1)) / archPieces);
    pieces.push(piece(from, to, roundY(from), roundY(to)));
  }
  return pieces;
}
