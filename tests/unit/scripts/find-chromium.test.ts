import { expect, test } from 'vitest';
import { chromiumCandidates } from '../../../scripts/find-chromium.mjs';

const playwrightPath = '/cache/playwright/chrome';

test('CHROME_PATH comes first, then Playwright, then the usual places of Linux', () => {
  const found = chromiumCandidates({ env: { CHROME_PATH: '/my/chrome', PATH: '/x/bin' }, platform: 'linux', playwrightPath });
  expect(found.slice(0, 4)).toEqual(['/my/chrome', playwrightPath, '/usr/bin/chromium', '/usr/bin/chromium-browser']);
  expect(found).toContain('/usr/bin/google-chrome-stable');
  expect(found).toContain('/x/bin/chromium');
  expect(new Set(found).size).toBe(found.length);
});

test('an unset or empty CHROME_PATH and a missing Playwright leave no empty candidate', () => {
  const found = chromiumCandidates({ env: { CHROME_PATH: '' }, platform: 'linux', playwrightPath: null });
  expect(found[0]).toBe('/usr/bin/chromium');
  expect(found.every((path) => path.startsWith('/'))).toBe(true);
});

test('on macOS Chrome is looked for in both application folders', () => {
  const found = chromiumCandidates({ env: { HOME: '/Users/ada' }, platform: 'darwin', playwrightPath: null });
  expect(found[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  expect(found).toContain('/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium');
});

test('on Windows Chrome comes before Edge, and unset folders are left out', () => {
  const env = { PROGRAMFILES: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Local' };
  const found = chromiumCandidates({ env, platform: 'win32', playwrightPath: null });
  expect(found[0]).toBe('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
  expect(found.at(-1)).toBe('C:\\Local\\Microsoft\\Edge\\Application\\msedge.exe');
  expect(found).toHaveLength(6);
});
