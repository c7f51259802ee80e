import type { PhysicsWorld } from '../../physics/physics-world';
import type { CollisionMesh } from '../../world/contracts';
import type { PaintedSpot } from './painted-spot';

/** A frame's depth changes by this share from mesh to mesh: far more than a painter's does from frame to frame. */
const restlessness = 0.02;
const stepsPerMesh = 30;

/** A copy whose surfaces are nearer or farther by a factor, seen from its camera. */
export function scaledMesh(mesh: CollisionMesh, factor: number): CollisionMesh {
  const positions = mesh.positions.slice();
  const at = mesh.worldFromCamera;
  for (let k = 0; k < 3 * mesh.vertexCount; k++) positions[k] = at[12 + (k % 3)]! + (positions[k]! - at[12 + (k % 3)]!) * factor;
  return { ...mesh, positions };
}

/** A painted place that never agrees with itself: every mesh replaces colliders. */
export function restlessMeshes({ meshes }: PaintedSpot): CollisionMesh[] {
  const newest = meshes.at(-1)!;
  return [newest, scaledMesh(newest, 1 + restlessness), newest, scaledMesh(newest, 1 - restlessness)];
}

/** Meshes that come four times a second, one after the other and again from the first. */
export class RecurringSurfaces {
  private steps = 0;

  constructor(
    private readonly physics: PhysicsWorld,
    private readonly meshes: readonly CollisionMesh[],
  ) {}

  /** Call once before each physics step. */
  next(): void {
    if (this.steps % stepsPerMesh === 0) {
      this.physics.setSurfaces({ ...this.meshes[(this.steps / stepsPerMesh) % this.meshes.length]!, frameId: this.steps + 1 });
    }
    this.steps++;
  }
}
