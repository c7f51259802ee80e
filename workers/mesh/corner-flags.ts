import { nearSideOfCut } from '../../src/world/contracts';

/** Vertex flag, bit 0: the vertex lies on a cut. */
export const onCut = 1;
/**
 * Vertex flags, bits 1 to 4, set only beside bit 0: which of the texels around the corner (up left, up right, down
 * left, down right) the vertex belongs to. A shader can pull its colour lookup half a texel towards them, so that the
 * other side of the cut does not bleed in.
 */
export const texelFlags = [2, 4, 8, 16] as const;

/** A vertex stands before another when it is nearer by this ratio. */
const nearer = 1.02;

/**
 * Flags of a vertex on a cut.
 * @param members set of its texels (bits as in {@link texelFlags}, shifted down by one). @param own their mean depth, 1/m
 * @param upLeft index of the first texel around the corner; those outside the picture hold no depth or another row's,
 *   which at the border of a cut does no harm: the flag only draws outlines in
 */
export function cutFlags(members: number, own: number, d: Float32Array, upLeft: number, width: number): number {
  let flags = onCut | (members << 1);
  for (let k = 0; k < 4; k++) {
    if ((members & (1 << k)) === 0 && d[upLeft + (k & 1) + (k >> 1) * width] * nearer < own) flags |= nearSideOfCut;
  }
  return flags;
}
