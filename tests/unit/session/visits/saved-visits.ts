import fc from 'fast-check';
import { intrinsicsFromFov } from '../../../../src/math/camera';
import { createRandom } from '../../../../src/math/hash';
import { poseFromYawPitch } from '../../../../src/math/pose';
import type { Thumbnail } from '../../../../src/session/visits/thumbnail';
import type { VisitAbout } from '../../../../src/session/visits/visit-header';
import type { SavedFrame, VisitMemory } from '../../../../src/world/visit-memory';

/** A picture with noise, sky and holes in it. */
export function savedFrame(seed: number, width: number, height: number, hasDepth = true): SavedFrame {
  const random = createRandom(seed);
  const color = new Uint8Array(4 * width * height);
  for (let i = 0; i < color.length; i++) color[i] = i % 4 === 3 ? 255 : Math.floor(256 * random());
  const inverseDepth = Float32Array.from({ length: width * height }, () => {
    const chance = random();
    return chance < 0.1 ? 0 : chance < 0.2 ? NaN : 4 * random() ** 3;
  });
  const position = [100 * random() - 50, 1.6, 100 * random() - 50];
  return {
    worldFromCamera: poseFromYawPitch(position, 6 * random() - 3, random() - 0.5),
    camera: intrinsicsFromFov(width, height, 1 + random()),
    color,
    inverseDepth: hasDepth ? inverseDepth : null,
  };
}

export function aboutOf(name: string, savedAtMs = 1_760_000_000_000): VisitAbout {
  return {
    savedAtMs,
    name,
    world: { id: 'courtyards', name: 'Courtyards, dreamed', package: { version: '0.1.0', sha256: 'ab'.repeat(32) } },
    layout: { kind: 'courtyards', seed: 6 },
    options: { seed: 6, palette: 'rose', hour: 17.5 },
    worldFromHead: Array.from(poseFromYawPitch([1.25, 1.6, -3.5], 0.7, -0.1)),
  };
}

export const memories: fc.Arbitrary<{ memory: VisitMemory; thumbnail: Thumbnail | null }> = fc
  .record({
    seed: fc.nat(),
    side: fc.integer({ min: 1, max: 12 }),
    newest: fc.constantFrom('none', 'deep', 'flat'),
    older: fc.nat({ max: 3 }),
    blocks: fc.uniqueArray(
      fc.record({
        i: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
        j: fc.integer({ min: -50, max: 50 }),
        tokens: fc.uint8Array({ maxLength: 40 }),
      }),
      { maxLength: 5, selector: ({ i, j }) => `${i},${j}` },
    ),
    hasThumbnail: fc.boolean(),
  })
  .map(({ seed, side, newest, older, blocks, hasThumbnail }) => ({
    memory: {
      newest: newest === 'none' ? null : savedFrame(seed, side, side + 2, newest === 'deep'),
      older: Array.from({ length: older }, (_, k) => savedFrame(seed + k + 1, side + 1, side)),
      blocks: blocks.map((block) => ({ ...block, tokens: Uint8Array.from(block.tokens) })),
    },
    thumbnail: hasThumbnail ? { width: 2, height: 3, rgb: Uint8Array.from({ length: 18 }, (_, k) => (k * seed) % 256) } : null,
  }));
