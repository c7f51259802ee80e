import type { Pose } from '../../src/math/types';
import { cellCentre, cellSize, courtyardCells } from './grid';
import { MapCollider } from './collision';
import type { SemanticMap } from './things';

/** Free space wanted round a visitor who arrives, metres. */
const roomM = 1.2;
const eyeHeightM = 1.6;
/** Directions tried at each place, and how far a free view is worth something, metres. */
const directions = 16;
const farEnoughM = 9;
const strideM = 0.5;
/** Directions beside the middle that should be open too, and how far is enough there. */
const fanRad = [0, -0.6, -0.3, 0.3, 0.6] as const;
const sideEnoughM = 6;
/** Nobody looks farther from the origin than this many cells. */
const mostCells = 48;

/** All that the choice looks at lies within `radius` of (`x`, `z`), metres. */
export const spawnLook = {
  x: courtyardCells * cellSize,
  z: courtyardCells * cellSize,
  radius: Math.SQRT2 * courtyardCells * cellSize + farEnoughM + roomM,
} as const;

/**
 * A good place to stand in a world: near the origin, room around, and the longest free view ahead.
 * Deterministic from the map.
 * @returns worldFromHead, level, eyes 1.6 m above the floor
 */
export function chooseSpawn(map: SemanticMap): Pose {
  const collider = new MapCollider(map);
  let best: Place = { score: -1, x: cellCentre(0), z: cellCentre(0), yaw: 0 };
  // Where the first courtyards have no room at all, look farther; a world without end has room somewhere.
  for (let cells = 2 * courtyardCells; best.score < 0 && cells <= mostCells; cells *= 2) {
    best = bestPlace(collider, cells);
  }
  const sine = Math.sin(best.yaw);
  const cosine = Math.cos(best.yaw);
  return Float32Array.of(cosine, 0, -sine, 0, 0, 1, 0, 0, sine, 0, cosine, 0, best.x, eyeHeightM, best.z, 1);
}

type Place = { score: number; x: number; z: number; yaw: number };

/** The place with the best view among the first `cells` x `cells` cells; its score is below 0 when there is no room. */
function bestPlace(collider: MapCollider, cells: number): Place {
  let best: Place = { score: -1, x: cellCentre(0), z: cellCentre(0), yaw: 0 };
  for (let j = 0; j < cells; j++) {
    for (let i = 0; i < cells; i++) {
      // Off the middle of the cell, where themes put their things.
      const x = cellCentre(i) - 0.6;
      const z = cellCentre(j) - 0.6;
      if (collider.groundHeight(x, z) > 0 || collider.clearance(x, z, 0, roomM) < roomM) continue;
      for (let k = 0; k < directions; k++) {
        const yaw = (k / directions) * 2 * Math.PI;
        const score = freeView(collider, x, z, yaw);
        if (score > best.score) best = { score, x, z, yaw };
      }
    }
  }
  return best;
}

/** How open the view is: the free way ahead, and more for room on both sides of it, but not for an empty plain. */
function freeView(collider: MapCollider, x: number, z: number, yaw: number): number {
  let score = 0;
  for (const aside of fanRad) {
    const free = freeWay(collider, x, z, yaw + aside);
    score += aside === 0 ? 2 * free : Math.min(free, sideEnoughM);
  }
  return score;
}

function freeWay(collider: MapCollider, x: number, z: number, yaw: number): number {
  let free = 0;
  for (let d = strideM; d <= farEnoughM; d += strideM) {
    if (collider.clearance(x - Math.sin(yaw) * d, z - Math.cos(yaw) * d, 0, 0.3) < 0.3) break;
    free = d;
  }
  return free;
}
