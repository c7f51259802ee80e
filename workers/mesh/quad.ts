/**
 * Two triangles, split from up right to down left, or the other way. Rows run down and the camera looks along -Z, so
 * down then right is counter-clockwise seen from the camera. Returns the new number of indices.
 */
export function addQuad(
  indices: Uint32Array,
  at: number,
  upLeft: number,
  upRight: number,
  downLeft: number,
  downRight: number,
  otherSplit = false,
): number {
  indices[at] = upLeft;
  indices[at + 1] = downLeft;
  indices[at + 2] = otherSplit ? downRight : upRight;
  indices[at + 3] = otherSplit ? downRight : upRight;
  indices[at + 4] = otherSplit ? upRight : downLeft;
  indices[at + 5] = otherSplit ? upLeft : downRight;
  return at + 6;
}
