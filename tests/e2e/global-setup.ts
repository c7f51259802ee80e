import { join } from 'node:path';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { findFreePort } from '../../scripts/addresses.mjs';
import { buildIfStale } from '../../scripts/build-stamp.mjs';
import { findChromium } from '../../scripts/find-chromium.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the production build is served, without a slash at the end. */
    baseUrl: string;
    /** Path of the Chromium to drive. */
    chromiumPath: string;
  }
}

const root = join(import.meta.dirname, '../..');

/** Serves the production build for all end-to-end tests, and builds it first unless REVERIE_SKIP_BUILD is set. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const chromiumPath = findChromium();
  if (!chromiumPath) throw new Error('No Chromium found. Install one, or set CHROME_PATH to its program.');
  if (!process.env['REVERIE_SKIP_BUILD']) await buildIfStale(root);
  const port = await findFreePort(4300);
  const server = await preview({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port, strictPort: true, open: false },
  });
  // "localhost", not the number: WebXR and the emulator ask for a secure context of that name.
  provide('baseUrl', `http://localhost:${port}`);
  provide('chromiumPath', chromiumPath);
  return () => server.close();
}
