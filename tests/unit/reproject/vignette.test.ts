import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clearHalfAngleRad, Vignette } from '../../../src/reproject/vignette';

test('at strength 0 the vignette is not drawn, above it is', () => {
  const vignette = new Vignette();
  expect(vignette.visible).toBe(false);
  vignette.setStrength(0.01);
  expect(vignette.visible).toBe(true);
  vignette.setStrength(-1);
  expect(vignette.visible).toBe(false);
});

test('more strength never shows more, and the soft edge stays in order', () => {
  const vignette = new Vignette();
  const strength = fc.double({ min: 0.001, max: 1, noNaN: true });
  fc.assert(
    fc.property(strength, strength, (a, b) => {
      const [weak, strong] = a < b ? [a, b] : [b, a];
      expect(clearHalfAngleRad(strong)).toBeLessThanOrEqual(clearHalfAngleRad(weak));
      vignette.setStrength(weak);
      const weakOpacity = vignette.material.uniforms['opacity'].value;
      vignette.setStrength(strong);
      const { opacity, innerSlope, fullSlope, outerSlope } = vignette.material.uniforms;
      expect(opacity.value).toBeGreaterThanOrEqual(weakOpacity);
      expect(innerSlope.value).toBeLessThan(fullSlope.value);
      expect(fullSlope.value).toBeLessThan(outerSlope.value);
    }),
  );
});
