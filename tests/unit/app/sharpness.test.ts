import { expect, test } from 'vitest';
import { sharpnessOf } from '../../../src/app/sharpness';
import { qualities } from '../../../src/app/options';

test('a higher quality never draws fewer pixels, on any screen', () => {
  for (const screen of [0.5, 1, 1.5, 2, 3]) {
    const [low, medium, high] = (['low', 'medium', 'high'] as const).map((quality) => sharpnessOf(quality, screen));
    expect(low!.pixelRatio).toBeLessThanOrEqual(medium!.pixelRatio);
    expect(medium!.pixelRatio).toBeLessThanOrEqual(high!.pixelRatio);
    expect(low!.framebufferScale).toBeLessThan(medium!.framebufferScale);
    expect(medium!.framebufferScale).toBeLessThan(high!.framebufferScale);
  }
});

test('no quality draws more pixels than the screen has', () => {
  for (const quality of qualities) expect(sharpnessOf(quality, 1.25).pixelRatio).toBeLessThanOrEqual(1.25);
});
