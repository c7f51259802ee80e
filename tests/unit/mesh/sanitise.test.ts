import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxInverseDepth, sanitiseInverseDepth } from '../../../workers/mesh/sanitise';

describe('sanitiseInverseDepth', () => {
  it('marks NaN, infinities and negatives as NaN and counts them, clamps what is too near, keeps the rest', () => {
    const depth = new Float32Array([NaN, Infinity, -Infinity, -0.5, -1e-9, 0, 0.25, 20, 21, 1e30]);
    expect(sanitiseInverseDepth(depth)).toBe(5);
    expect(Array.from(depth)).toEqual([NaN, NaN, NaN, NaN, NaN, 0, 0.25, 20, 20, 20]);
  });

  it('leaves only NaN and 0..20, never touches a good value, and finds nothing new the second time', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 64 }), (depth) => {
        const before = Float32Array.from(depth);
        const invalid = sanitiseInverseDepth(depth);
        for (let i = 0; i < depth.length; i++) {
          const valid = before[i] >= 0 && before[i] < Infinity;
          expect(depth[i]).toBe(valid ? Math.min(before[i], maxInverseDepth) : NaN);
        }
        expect(depth.filter(Number.isNaN).length).toBe(invalid);
        expect(sanitiseInverseDepth(depth)).toBe(invalid);
      }),
    );
  });
});
