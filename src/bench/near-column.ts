import { MapCollider } from '../../workers/layout/collision';
import { CourtyardMap } from '../../workers/layout/courtyards';
import { cellSize } from '../../workers/layout/grid';

/** A column of the world, and a free place in front of it. */
export type NearColumn = {
  x: number;
  z: number;
  radius: number;
  standX: number;
  standZ: number;
  /** Heading from the standing place to the column. */
  yawRad: number;
  distanceM: number;
};

const distanceM = 1.5;

/** The nearest thick column to a place that one can stand 1.5 m in front of, with nothing in between. */
export function findColumn(seed: number, nearX: number, nearZ: number): NearColumn {
  const map = new CourtyardMap(seed);
  const collider = new MapCollider(map);
  const found: (NearColumn & { away: number })[] = [];
  const [ci, cj] = [Math.floor(nearX / cellSize), Math.floor(nearZ / cellSize)];
  for (let j = cj - 6; j <= cj + 6; j++) {
    for (let i = ci - 6; i <= ci + 6; i++) {
      for (const thing of map.cell(i, j).things) {
        if (thing.kind !== 'column' || thing.radius < 0.15 || thing.base > 0 || thing.height < 2) continue;
        const x = i * cellSize + thing.x;
        const z = j * cellSize + thing.z;
        for (let k = 0; k < 12; k++) {
          const yawRad = (k * Math.PI) / 6;
          const standX = x + Math.sin(yawRad) * distanceM;
          const standZ = z + Math.cos(yawRad) * distanceM;
          if (!isFreeWay(collider, x, z, standX, standZ, thing.radius)) continue;
          found.push({
            x,
            z,
            radius: thing.radius,
            standX,
            standZ,
            yawRad,
            distanceM,
            away: Math.hypot(standX - nearX, standZ - nearZ),
          });
        }
      }
    }
  }
  found.sort((a, b) => a.away - b.away);
  const best = found[0];
  if (!best) throw new Error(`World ${seed} has no column to stand in front of near (${nearX}, ${nearZ}).`);
  return best;
}

function isFreeWay(
  collider: MapCollider,
  x: number,
  z: number,
  standX: number,
  standZ: number,
  radius: number,
): boolean {
  if (collider.groundHeight(standX, standZ) > 0) return false;
  for (let t = 0; t <= 0.7; t += 0.1) {
    const room = (1 - t) * distanceM - radius;
    const wanted = Math.min(0.35, room - 0.02);
    if (collider.clearance(standX + (x - standX) * t, standZ + (z - standZ) * t, 0, wanted) < wanted - 0.05) return false;
  }
  return true;
}
