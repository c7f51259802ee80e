import type { Ray, World } from '@dimforge/rapier3d-compat';
import type { CollisionMesh } from '../world/contracts';
import type { Body } from './body';
import { liftOnto } from './lift';
import { surfaceFriction, surfaceGroup, surfaceQuery } from './physics-settings';
import type { RapierModule } from './rapier';
import { samplePart, samplesPerPart, sampleStride, squareOf, type SurfacePart } from './surface-part';
import { OfferedSurfaces } from './offered-surfaces';

/** Most squares of frames that are kept: about eight frames. */
export const maxParts = 128;
/** Squares that are compared, and triangles that are built, in one step: no step may stall a display frame. */
const judgedPerStep = 2;
const trianglesPerStep = 600;
/** Surfaces this close along the normal are the same; grows with distance, as the error of depth does. */
const toleranceM = 0.015;
const tolerancePerM = 0.006;
/** A square of which this share agrees with what stands already changes nothing. */
const agreeingShare = 0.7;
/** A square of a frame goes when the newest frame looks through this share of it. */
const seenThroughShare = 0.3;
/** A square of a frame counts as replaced when this share of it lies in new squares. */
const replacedShare = 0.8;

/**
 * What bodies bounce off: squares of the newest and of remembered frames, one collider each. A new square is taken only
 * where it says something new, so nothing changes under a resting body while frames agree; a square that the newest frame
 * sees through goes, also one that new squares cover. Contacts are one-sided (towards the camera), and edges between
 * triangles do not kick (`FIX_INTERNAL_EDGES`).
 */
export class SurfaceSet {
  readonly parts: SurfacePart[] = [];
  /** Of all floors that any frame has shown, metres; null before the first. */
  lowestFloorY: number | null = null;
  /** Colliders made and removed so far. */
  built = 0;
  removed = 0;
  /** Most triangles put into colliders in one step. */
  mostTrianglesInStep = 0;

  private next: OfferedSurfaces | null = null;
  private current: OfferedSurfaces | null = null;
  private spare: OfferedSurfaces | null = null;
  private readonly byHandle = new Map<number, SurfacePart>();
  private readonly samples = new Float32Array(samplesPerPart * sampleStride);
  private readonly ray: Ray;

  constructor(
    private readonly rapier: RapierModule,
    private readonly world: World,
  ) {
    this.ray = new rapier.Ray({ x: 0, y: 0, z: 0 }, { x: 0, y: 0, z: 1 });
  }

  get triangles(): number {
    return this.parts.reduce((sum, part) => sum + part.triangles, 0);
  }

  /** From where the surface of this collider was seen; null when it is none. */
  eyeOf(handle: number): readonly [number, number, number] | null {
    return this.byHandle.get(handle)?.eye ?? null;
  }

  /** Whether a frame waits or is being taken in. */
  get busy(): boolean {
    return this.next !== null || this.current !== null;
  }

  /** A newer frame; of those that wait only the newest is taken. */
  offer(mesh: CollisionMesh): void {
    const offered = this.next ?? this.spare ?? new OfferedSurfaces();
    if (offered === this.spare) this.spare = null;
    offered.copy(mesh);
    this.next = offered;
  }

  clear(): void {
    for (const { collider } of this.parts) this.world.removeCollider(collider, true);
    this.parts.length = 0;
    this.byHandle.clear();
    this.next = null;
    this.current = null;
    this.lowestFloorY = null;
  }

  /** A bit of work, once a physics step. @param bodies those that would be below a new surface are lifted onto it */
  work(bodies: readonly Body[]): void {
    if (!this.current) {
      if (!this.next) return;
      this.current = this.next;
      this.next = null;
      for (const part of this.parts) part.seen = part.seenThrough = 0;
    }
    const frame = this.current;
    if (frame.judged < frame.partCount) {
      // Nothing stands yet: nothing to compare with.
      const upTo = this.parts.length === 0 ? frame.partCount : Math.min(frame.partCount, frame.judged + judgedPerStep);
      for (; frame.judged < upTo; frame.judged++) frame.wanted[frame.judged] = this.isNews(frame, frame.judged) ? 1 : 0;
      if (frame.judged < frame.partCount || this.parts.length > 0) return;
    }
    let triangles = 0;
    while (frame.placed < frame.partCount) {
      const part = frame.placed;
      const count = frame.wanted[part] === 0 ? 0 : frame.trianglesOf(part);
      if (triangles > 0 && triangles + count > trianglesPerStep) break;
      if (count > 0) this.build(frame, part, bodies);
      triangles += count;
      frame.placed++;
    }
    this.mostTrianglesInStep = Math.max(this.mostTrianglesInStep, triangles);
    if (frame.placed < frame.partCount) return;
    // Old ones go after new ones came, so that what lies on them always lies on something.
    this.removeOutdated(frame);
    this.spare = frame;
    this.current = null;
  }

  private isNews(frame: OfferedSurfaces, part: number): boolean {
    const { samples, ray } = this;
    const from = frame.indexFrom(part);
    const count = samplePart(frame.positions, frame.indices, from, frame.indexFrom(part + 1), samples);
    if (count === 0) return false;
    const pose = frame.worldFromCamera;
    ray.origin.x = pose[12]!;
    ray.origin.y = pose[13]!;
    ray.origin.z = pose[14]!;
    let agreeing = 0;
    for (let at = 0; at < count * sampleStride; at += sampleStride) {
      const [dx, dy, dz] = [samples[at]! - ray.origin.x, samples[at + 1]! - ray.origin.y, samples[at + 2]! - ray.origin.z];
      const distance = Math.hypot(dx, dy, dz);
      ray.dir.x = dx / distance;
      ray.dir.y = dy / distance;
      ray.dir.z = dz / distance;
      const slant = Math.abs(ray.dir.x * samples[at + 3]! + ray.dir.y * samples[at + 4]! + ray.dir.z * samples[at + 5]!);
      const tolerance = toleranceM + tolerancePerM * distance;
      const along = tolerance / Math.max(slant, 0.05);
      if (samples[at + 4]! > 0.7) this.lowestFloorY = Math.min(this.lowestFloorY ?? Number.POSITIVE_INFINITY, samples[at + 1]!);
      if (this.parts.length === 0) continue;
      const hit = this.world.castRay(ray, distance + along, true, undefined, surfaceQuery);
      if (!hit) continue;
      const known = this.byHandle.get(hit.collider.handle);
      if (!known) continue;
      known.seen++;
      if (hit.timeOfImpact < distance - along) known.seenThrough++;
      else agreeing++;
    }
    return agreeing < agreeingShare * count;
  }

  private build(frame: OfferedSurfaces, part: number, bodies: readonly Body[]): void {
    const { rapier, world } = this;
    const { positions, indices } = frame.cut(part);
    const desc = rapier.ColliderDesc.trimesh(positions, indices, rapier.TriMeshFlags.FIX_INTERNAL_EDGES)
      .setFriction(surfaceFriction)
      .setRestitution(0)
      .setRestitutionCombineRule(rapier.CoefficientCombineRule.Max)
      .setCollisionGroups(surfaceGroup);
    const collider = world.createCollider(desc);
    const samples = new Float32Array(samplesPerPart * sampleStride);
    const from = frame.indexFrom(part);
    const sampleCount = samplePart(frame.positions, frame.indices, from, frame.indexFrom(part + 1), samples);
    const made: SurfacePart = {
      collider,
      frameId: frame.frameId,
      eye: [frame.worldFromCamera[12]!, frame.worldFromCamera[13]!, frame.worldFromCamera[14]!],
      triangles: indices.length / 3,
      samples,
      sampleCount,
      seen: 0,
      seenThrough: 0,
    };
    this.parts.push(made);
    this.byHandle.set(collider.handle, made);
    this.built++;
    liftOnto(this.rapier, collider, bodies);
  }

  private removeOutdated(frame: OfferedSurfaces): void {
    for (let k = this.parts.length - 1; k >= 0; k--) {
      const part = this.parts[k]!;
      if (part.frameId === frame.frameId) continue;
      const isSeenThrough = part.seenThrough >= 2 && part.seenThrough >= seenThroughShare * part.seen;
      if (isSeenThrough || this.isReplaced(part, frame)) this.removeAt(k);
    }
    // The oldest go first: what the newest frame shows was put in last, or agrees with what stands.
    while (this.parts.length > maxParts) this.removeAt(0);
  }

  private isReplaced({ samples, sampleCount }: SurfacePart, frame: OfferedSurfaces): boolean {
    let replaced = 0;
    for (let at = 0; at < sampleCount * sampleStride; at += sampleStride) {
      const square = squareOf(frame.worldFromCamera, frame.camera, frame.partTexels, samples[at]!, samples[at + 1]!, samples[at + 2]!);
      if (square >= 0 && frame.wanted[square] !== 0) replaced++;
    }
    return replaced >= replacedShare * sampleCount;
  }

  private removeAt(k: number): void {
    const { collider } = this.parts[k]!;
    this.byHandle.delete(collider.handle);
    this.world.removeCollider(collider, true);
    this.parts.splice(k, 1);
    this.removed++;
  }
}
