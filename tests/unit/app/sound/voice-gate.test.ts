import { expect, test } from 'vitest';
import { createRandom } from '../../../../src/math/hash';
import { VoiceGate } from '../../../../src/app/sound/voice-gate';

test('a hundred bodies that land at once are a few sounds, and the loudest are among them', () => {
  const gate = new VoiceGate(6, 14);
  const random = createRandom(1);
  const played: number[] = [];
  for (let k = 0; k < 100; k++) {
    const strength = random();
    if (gate.passes(1000 + k, strength)) played.push(strength);
  }
  expect(played.length).toBeGreaterThanOrEqual(4);
  expect(played.length).toBeLessThanOrEqual(8);
  // After the first ones only what is loud gets through.
  const last = played.slice(3);
  expect(Math.min(...last)).toBeGreaterThan(0.25);
});

test('over a long patter no more pass than the rate allows, and a single soft one always does', () => {
  const gate = new VoiceGate(6, 14);
  let played = 0;
  for (let ms = 0; ms < 10_000; ms += 5) if (gate.passes(ms, 1)) played++;
  expect(played).toBeLessThanOrEqual(6 + 140);
  expect(played).toBeGreaterThan(100);
  expect(gate.passes(60_000, 0.05)).toBe(true);
});
