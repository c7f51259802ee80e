/** Nothing is drawn nearer than 5 cm: 20 1/m. */
export const maxInverseDepth = 20;

/**
 * Cleans a depth picture in place, once per model frame, before anything reads it. Values are inverse depth in 1/m.
 * NaN, infinities and negatives become NaN, which every later step reads as "no surface here, drop the quad"; values
 * above {@link maxInverseDepth} are clamped to it; 0 stays 0, infinitely far, which is valid (sky).
 * @returns how many texels are invalid.
 */
export function sanitiseInverseDepth(inverseDepth: Float32Array): number {
  let invalid = 0;
  for (let i = 0; i < inverseDepth.length; i++) {
    const d = inverseDepth[i];
    if (d >= 0 && d <= maxInverseDepth) continue;
    if (d > maxInverseDepth && d !== Infinity) {
      inverseDepth[i] = maxInverseDepth;
    } else {
      inverseDepth[i] = NaN;
      invalid++;
    }
  }
  return invalid;
}
