import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { buildIfStale } from '../../../scripts/build-stamp.mjs';
import { chromiumFlags, findChromium } from '../../../scripts/find-chromium.mjs';
import { serve } from '../display/sites';
import { emulatedHeadsetScript } from '../emulated-headset';
import { waitForStats } from '../page-stats';
import { pixelWatchScript } from './pixel-watch';

/** The production build, served, and a browser to open it in. */
export type Product = {
  browser: Browser;
  /** Without a slash at the end. */
  url: string;
  close(): Promise<void>;
};

/**
 * Builds the product if it changed, serves it and starts a headless Chromium.
 * @throws Error when there is no Chromium or the build fails
 */
export async function openProduct(onProgress: (text: string) => void): Promise<Product> {
  const root = process.cwd();
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium found. Install one, or set CHROME_PATH to its program.');
  onProgress('building the product, if it changed');
  await buildIfStale(root);
  const { server, url } = await serve(root, path.join(root, 'dist'));
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags], headless: true });
  return {
    browser,
    url,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** A page of the product that is measured. */
export type ProductPage = {
  page: Page;
  /** Uncaught exceptions of the page, as text: nothing counts that was measured beside one. */
  pageErrors: string[];
  close(): Promise<void>;
};

export type ProductPageOptions = {
  /** After the question mark. */
  query: string;
  /** Both eyes together. A software GPU draws them: small. */
  canvas: { width: number; height: number };
  /** See `emulated-headset.ts`. */
  displayOffsetMs: number;
  /** Runs before the page is opened: route requests here. */
  prepare?: (page: Page) => Promise<void>;
  /** Enter the headset; otherwise the page is flat. */
  inHeadset: boolean;
};

/** Opens the product, waits for its world's first frames, and enters the emulated headset. */
export async function openProductPage({ browser, url }: Product, options: ProductPageOptions): Promise<ProductPage> {
  const context = await browser.newContext({ viewport: options.canvas });
  try {
    const page = await context.newPage();
    const pageErrors: string[] = [];
    page.on('pageerror', (error) => pageErrors.push(error.stack ?? error.message));
    page.on('crash', () => pageErrors.push('The page crashed.'));
    const { displayOffsetMs } = options;
    await page.addInitScript({ content: emulatedHeadsetScript({ displayOffsetMs }) + pixelWatchScript() });
    await options.prepare?.(page);
    await page.goto(`${url}/?${options.query}`, { waitUntil: 'load' });
    // The wanted world, not the one that runs until that is loaded.
    await page.evaluate(() => window.reverie.ready);
    await waitForStats(page, 'the first frames', ({ model, frame }) => model.frames >= 3 && frame.id > 0);
    if (options.inHeadset) {
      // The emulated headset asks for no click.
      await page.evaluate(() => window.reverie.enter('immersive-vr'));
      await page.waitForTimeout(500);
    }
    return { page, pageErrors, close: () => context.close() };
  } catch (error) {
    await context.close();
    throw error;
  }
}
