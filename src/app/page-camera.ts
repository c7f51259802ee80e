/** A model paints 100 degrees; the page shows less, so that a turn of the head stays inside the newest picture. */
const widestDeg = 88;
const tallestDeg = 66;

/** Vertical field of view of the page's camera, degrees. @param aspect width over height of the window */
export function pageFovYDeg(aspect: number): number {
  const halfWidth = Math.tan((widestDeg * Math.PI) / 360);
  const fromWidth = (360 / Math.PI) * Math.atan(halfWidth / aspect);
  return Math.min(tallestDeg, fromWidth);
}
