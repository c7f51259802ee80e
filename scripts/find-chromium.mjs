/** Where a Chromium for the tests is, and the flags it is started with. Plain Node; Playwright is asked if installed. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix, win32 } from 'node:path';

/**
 * A software GPU for WebGL2 and WebGPU, so that tests run the same everywhere; no sandbox, because containers have no
 * user namespaces and only our own pages are opened; no background traffic.
 */
export const chromiumFlags = Object.freeze([
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
]);

const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Every place a Chromium may be, best first.
 * @param {{ env: Record<string, string | undefined>, platform: string, playwrightPath: string | null }} machine
 *   playwrightPath: where Playwright would have put its own; it need not exist.
 * @returns {string[]}
 */
export function chromiumCandidates({ env, platform, playwrightPath }) {
  const chosen = [env['CHROME_PATH'] ?? '', playwrightPath ?? ''];
  return [...chosen, ...usualPlaces(env, platform)].filter((path) => path !== '');
}

/** @param {Record<string, string | undefined>} env @param {string} platform @returns {string[]} */
function usualPlaces(env, platform) {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Google Chrome Canary', 'Microsoft Edge'];
    const folders = ['/Applications', ...(env['HOME'] ? [posix.join(env['HOME'], 'Applications')] : [])];
    return folders.flatMap((folder) => apps.map((app) => posix.join(folder, `${app}.app`, 'Contents/MacOS', app)));
  }
  if (platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((path) => path);
    const programs = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'];
    // Edge is a Chromium that every Windows has.
    const all = [...programs, 'Microsoft/Edge/Application/msedge.exe'];
    return all.flatMap((program) => folders.map((folder) => win32.join(String(folder), program)));
  }
  const path = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const folders = ['/usr/bin', ...path, '/opt/google/chrome', '/snap/bin'];
  const found = folders.flatMap((folder) => [...linuxNames, 'chrome'].map((name) => posix.join(folder, name)));
  return [...new Set(found)];
}

/** @returns {string | null} the path of Playwright's own Chromium, downloaded or not */
function playwrightChromium() {
  try {
    return createRequire(import.meta.url)('playwright').chromium.executablePath();
  } catch {
    return null; // not installed yet, or a system that Playwright has no build for
  }
}

/**
 * @returns {string | null} path of the first Chromium that exists, or null
 */
export function findChromium() {
  const { env, platform } = process;
  return chromiumCandidates({ env, platform, playwrightPath: playwrightChromium() }).find(existsSync) ?? null;
}
