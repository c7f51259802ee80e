import { expect, test } from 'vitest';
import { browserFacts, deviceClassOf, type DeviceFacts } from '../../../src/xr/device-class';

const facts = (userAgent: string, more: Partial<DeviceFacts> = {}): DeviceFacts => ({
  userAgent,
  brands: [],
  mobile: false,
  maxTouchPoints: 0,
  ...more,
});

const quest = (model: string) =>
  `Mozilla/5.0 (X11; Linux x86_64; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/33.0 Chrome/126.0 VR Safari/537.36`;
const chrome = (system: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36`;

test.each<[string, DeviceFacts, boolean, boolean]>([
  ['Quest 2', facts(quest('Quest 2')), true, false],
  ['Quest Pro', facts(quest('Quest Pro')), true, false],
  ['Quest 3', facts(quest('Quest 3')), true, true],
  ['Quest 3S', facts(quest('Quest 3S')), true, true],
  ['a Quest that hides its model', facts(chrome('X11; Linux x86_64'), { brands: ['Chromium', 'Oculus Browser'] }), true, false],
  ['Pico 4', facts('Mozilla/5.0 (Linux; Android 10; Pico 4) PicoBrowser/3.3 Chrome/105.0 VR Safari/537.36'), true, false],
  ['Android XR', facts('Mozilla/5.0 (Linux; Android 14; Android XR) Chrome/140.0 Safari/537.36'), true, true],
  ['an Android phone', facts('Mozilla/5.0 (Linux; Android 10; K) Chrome/150.0.0.0 Mobile Safari/537.36'), true, false],
  ['a phone that only says so beside', facts(chrome('X11; Linux x86_64'), { mobile: true }), true, false],
  ['an iPhone', facts('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1'), true, false],
  ['an iPad', facts('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1', { maxTouchPoints: 5 }), true, false],
  ['a Mac', facts('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1'), false, true],
  ['a Windows laptop with a touch screen', facts(chrome('Windows NT 10.0; Win64; x64'), { maxTouchPoints: 10 }), false, true],
  ['a Linux computer', facts(chrome('X11; Linux x86_64'), { brands: ['Chromium', 'Google Chrome'] }), false, true],
])('%s', (_name, device, standalone, strong) => {
  expect(deviceClassOf(device)).toEqual({ standalone, strong });
});

test('a browser without userAgentData gives its facts as well', () => {
  const plain = { userAgent: 'x', maxTouchPoints: 2 } as Navigator;
  expect(browserFacts(plain)).toEqual({ userAgent: 'x', brands: [], mobile: false, maxTouchPoints: 2 });
  const branded = Object.assign({}, plain, { userAgentData: { mobile: true, brands: [{ brand: 'Chromium' }] } });
  expect(browserFacts(branded)).toEqual({ userAgent: 'x', brands: ['Chromium'], mobile: true, maxTouchPoints: 2 });
});
