import type { NearColumn } from '../../src/bench/near-column';

/**
 * Where the column's two silhouette edges must lie in each eye, in pixels from the left: tangents from the eye to a
 * circle, through a pinhole. The head stands at `head` and looks at the column's axis.
 */
export function predictedEdges(
  column: NearColumn,
  head: { x: number; z: number },
  eyeDistanceM: number,
  eyeWidth: number,
  fovYRad: number,
): { left: [number, number]; right: [number, number] } {
  const focal = eyeWidth / 2 / Math.tan(fovYRad / 2);
  const [rightX, rightZ] = [Math.cos(column.yawRad), -Math.sin(column.yawRad)];
  const [aheadX, aheadZ] = [-Math.sin(column.yawRad), -Math.cos(column.yawRad)];
  const edges = (side: -1 | 1): [number, number] => {
    const ex = head.x + (side * rightX * eyeDistanceM) / 2;
    const ez = head.z + (side * rightZ * eyeDistanceM) / 2;
    const [tx, tz] = [column.x - ex, column.z - ez];
    const across = tx * rightX + tz * rightZ;
    const along = tx * aheadX + tz * aheadZ;
    const middle = Math.atan2(across, along);
    const half = Math.asin(column.radius / Math.hypot(across, along));
    return [eyeWidth / 2 + focal * Math.tan(middle - half), eyeWidth / 2 + focal * Math.tan(middle + half)];
  };
  return { left: edges(-1), right: edges(1) };
}
