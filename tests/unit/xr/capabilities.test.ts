import { describe, expect, test } from 'vitest';
import { detectXr, isHeadsetBrowser } from '../../../src/xr/capabilities';
import { shouldEmulate, type EmulatorSurroundings } from '../../../src/xr/emulator';

const answers = (answer: () => Promise<boolean>) => ({ xr: { isSessionSupported: answer }, isSecureContext: true });
const quest =
  'Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'OculusBrowser/33.0 Chrome/126.0 VR Safari/537.36';
const desktop = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

describe('the search for a headset', () => {
  test('finds one', async () => {
    expect(await detectXr(answers(async () => true))).toEqual({ vr: true, ar: true, reason: '' });
  });

  test.each([
    ['an insecure page', { xr: undefined, isSecureContext: false }, /npm start -- --host.*https/],
    ['a browser without WebXR', { xr: undefined, isSecureContext: true }, /no WebXR.*headset/],
    ['a computer without a headset', answers(async () => false), /No VR headset.*Connect one/],
    [
      'a frame that may not',
      answers(() => Promise.reject(new DOMException('denied', 'SecurityError'))),
      /allow="xr-spatial-tracking"/,
    ],
    ['a runtime that fails', answers(() => Promise.reject(new Error('runtime lost'))), /runtime lost.*Reload/],
  ])('tells %s what to do', async (_name, surroundings, sentence) => {
    const { vr, reason } = await detectXr(surroundings);
    expect(vr).toBe(false);
    expect(reason).toMatch(sentence);
    expect(reason).toMatch(/\.$/);
  });
});

describe('the emulated headset', () => {
  const allowed: EmulatorSurroundings = {
    isDevelopment: true,
    hostname: 'localhost',
    userAgent: desktop,
    hasHeadset: false,
  };

  test.each(['localhost', '127.0.0.1', '[::1]', 'reverie.localhost'])('is allowed in development on %s', (hostname) => {
    expect(shouldEmulate({ ...allowed, hostname })).toBe(true);
  });

  test.each<[string, Partial<EmulatorSurroundings>]>([
    ['in production', { isDevelopment: false }],
    ['on another host', { hostname: '192.168.1.7' }],
    ['on a host that only looks local', { hostname: 'localhost.example.org' }],
    ['when a headset is there', { hasHeadset: true }],
    ['in the browser of a headset', { userAgent: quest }],
  ])('is not installed %s', (_name, change) => {
    expect(shouldEmulate({ ...allowed, ...change })).toBe(false);
  });

  test('knows the browsers of headsets from those of computers', () => {
    expect(isHeadsetBrowser(quest)).toBe(true);
    expect(isHeadsetBrowser(desktop)).toBe(false);
  });
});
