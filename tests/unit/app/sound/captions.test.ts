import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CaptionLine } from '../../../../src/app/sound/caption-store';
import { captionOf } from '../../../../src/app/sound/caption-words';
import { poseFromYawPitch } from '../../../../src/math/pose';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a caption says what, where and how far, as the head is turned', () => {
  const ahead = poseFromYawPitch([0, 1.6, 0], 0, 0);
  expect(captionOf('impact-ball', [0, 0.1, -4], ahead, 1)).toBe('ball bounces, ahead, 4 m');
  expect(captionOf('impact-ball', [-3, 1.5, -3], ahead, 1)).toBe('ball bounces, ahead left, 4 m');
  expect(captionOf('impact-cube', [2, 1.5, 0], ahead, 1)).toBe('cube hits, right, 2 m');
  expect(captionOf('impact-cube', [0.1, 1.5, 3], ahead, 1)).toBe('cube hits, behind, 3 m');
  // Turned to the left by 90 degrees, what was on the left is ahead.
  const left = poseFromYawPitch([0, 1.6, 0], Math.PI / 2, 0);
  expect(captionOf('impact-ball', [-4, 1.5, 0], left, 1)).toBe('ball bounces, ahead, 4 m');
});

test('what is at hand or has no place gets no direction, and before a small model metres are those of the room', () => {
  const head = poseFromYawPitch([0, 20, 0], 0, 0);
  expect(captionOf('menu-open', null, head, 1)).toBe('menu opens');
  expect(captionOf('grab', [0.2, 19.8, -0.3], head, 1)).toBe('picked up');
  expect(captionOf('impact-ball', [0, 20, -40], head, 20)).toBe('ball bounces, ahead, 2 m');
});

test('captions come no faster than they can be read, the newest wins, and the last one goes', () => {
  const shown: string[] = [];
  const line = new CaptionLine((text) => shown.push(text));
  line.say('first', 0);
  for (let k = 1; k <= 20; k++) line.say(`number ${k}`, k * 10);
  expect(shown).toEqual(['first']);
  vi.advanceTimersByTime(1300);
  expect(shown).toEqual(['first', 'number 20']);
  vi.advanceTimersByTime(5000);
  expect(shown).toEqual(['first', 'number 20', '']);
});
