import path from 'node:path';
import { chromium, type Browser } from 'playwright';
import { build, preview, type PreviewServer } from 'vite';
import { findFreePort } from '../../../scripts/addresses.mjs';
import { buildIfStale } from '../../../scripts/build-stamp.mjs';
import { chromiumFlags, findChromium } from '../../../scripts/find-chromium.mjs';
import { isolationHeaders } from '../../../scripts/isolation.mjs';

/** The two pages that are compared, served, and the browser that shows them. */
export type Sites = {
  browser: Browser;
  /** Without a slash at the end. */
  productUrl: string;
  bareUrl: string;
  close(): Promise<void>;
};

/**
 * Builds what is stale, serves the production build and the bare scene, and starts a headless Chromium.
 * @throws Error when there is no Chromium or a build fails
 */
export async function openSites(onProgress: (text: string) => void): Promise<Sites> {
  const root = process.cwd();
  const chromiumPath = findChromium();
  if (!chromiumPath) throw new Error('No Chromium found. Install one, or set CHROME_PATH to its program.');
  onProgress('building the product, if it changed');
  await buildIfStale(root);
  onProgress('building the bare scene');
  const bareDir = path.join(root, '.cache/bench/display');
  await build({
    configFile: false,
    root: path.join(root, 'src/bench/display'),
    base: './',
    logLevel: 'warn',
    build: {
      outDir: bareDir,
      emptyOutDir: true,
      // three alone is larger than Vite likes.
      chunkSizeWarningLimit: 1600,
      rolldownOptions: { input: path.join(root, 'src/bench/display/bare.html') },
    },
  });
  // The same headers for both: without isolation a browser's clock is coarser.
  const product = await serve(root, path.join(root, 'dist'));
  const bare = await serve(root, bareDir);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags], headless: true });
  return {
    browser,
    productUrl: product.url,
    bareUrl: bare.url,
    async close() {
      await browser.close();
      await product.server.close();
      await bare.server.close();
    },
  };
}

/** Serves a folder of built files on this machine, isolated as the product is. @returns its address without a slash at the end */
export async function serve(root: string, outDir: string): Promise<{ server: PreviewServer; url: string }> {
  const port = await findFreePort(4400);
  const server = await preview({
    root,
    configFile: false,
    appType: 'mpa',
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port, strictPort: true, open: false, headers: isolationHeaders },
  });
  return { server, url: `http://localhost:${port}` };
}
