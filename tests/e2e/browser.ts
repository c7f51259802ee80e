import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { chromium } from 'playwright';
import { inject } from 'vitest';
import { chromiumFlags } from '../../scripts/find-chromium.mjs';

/** A page under test, with everything that went wrong in it. */
export type Visit = {
  page: Page;
  /** Uncaught exceptions and unhandled rejections of the page, as text. */
  pageErrors: string[];
  /** What the page (and its workers) wrote with console.error, failed requests included. */
  consoleErrors: string[];
  close(): Promise<void>;
};

export type VisitOptions = {
  /** Path and query below the served build, such as `/?world=paint`; default `/`. */
  path?: string;
  /** Runs in the page before any of its own code: install an emulated headset here. */
  initScript?: string | { path: string };
  /** Runs before the page is opened: route requests here. */
  prepare?: (page: Page) => Promise<void>;
  /** Keep the canvas small: a software GPU draws it. Default 640 x 400. */
  viewport?: { width: number; height: number };
  /** More of Playwright's options for the browser context, such as `hasTouch`. */
  context?: BrowserContextOptions;
};

/** Starts the Chromium that the global setup found, with a software GPU. Close it when the file is done. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: inject('chromiumPath'), args: [...chromiumFlags], headless: true });
}

/** Opens the served production build in a fresh context. */
export async function openPage(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 640, height: 400 },
    ...options.context,
  });
  const page = await context.newPage();
  const pageErrors: string[] = [];
  const consoleErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('crash', () => pageErrors.push('The page crashed.'));
  if (options.initScript !== undefined) {
    const { initScript } = options;
    await page.addInitScript(typeof initScript === 'string' ? { content: initScript } : initScript);
  }
  await options.prepare?.(page);
  await page.goto(`${inject('baseUrl')}${options.path ?? '/'}`, { waitUntil: 'load' });
  return { page, pageErrors, consoleErrors, close: () => context.close() };
}
