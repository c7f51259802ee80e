import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { chromiumFlags, findChromium } from '../../scripts/find-chromium.mjs';
import { isolationHeaders } from '../../scripts/isolation.mjs';

export type BenchPage = {
  page: Page;
  /** What went wrong in the page or its workers, as text. */
  errors: string[];
  close(): Promise<void>;
};

export type BenchPageOptions = {
  /** Folder under `.cache/bench` for the built page. */
  name: string;
  /** The page's module, relative to the repository's root. */
  entry: string;
  viewport?: { width: number; height: number };
  /** More of Chromium's flags. */
  flags?: readonly string[];
};

const waitForLoadMs = 60_000;

/**
 * Builds a page of the benchmark with Vite, serves it on this machine and opens it in a headless Chromium with a
 * software GPU. Close it when done.
 * @throws Error when there is no Chromium, or when the page does not load
 */
export async function openBenchPage(options: BenchPageOptions): Promise<BenchPage> {
  const [page] = await openBenchPages(options, 1);
  return page;
}

/** As {@link openBenchPage}, several times: each in a browser of its own, because tabs share one software GPU. */
export async function openBenchPages(options: BenchPageOptions, count: number): Promise<BenchPage[]> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error('There is no Chromium for the benchmark; install one, or set CHROME_PATH to the path of one.');
  }
  const outDir = path.resolve('.cache/bench', options.name);
  await buildPage(options.entry, outDir);
  const server = await preview({
    configFile: false,
    logLevel: 'warn',
    root: path.dirname(outDir),
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, headers: isolationHeaders },
  });
  const address = server.httpServer.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const pages: BenchPage[] = [];
  let open = count;
  const leave = async (): Promise<void> => {
    if (--open === 0) await server.close();
  };
  try {
    for (let i = 0; i < count; i++) pages.push(await openPage(executablePath, `http://127.0.0.1:${port}/`, options, leave));
    return pages;
  } catch (error) {
    await Promise.all(pages.map((page) => page.close()));
    await server.close();
    throw error;
  }
}

async function openPage(
  executablePath: string,
  url: string,
  { viewport, flags = [] }: BenchPageOptions,
  whenClosed: () => Promise<void>,
): Promise<BenchPage> {
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags, ...flags], headless: true });
  try {
    const page = await browser.newPage({ viewport: viewport ?? { width: 640, height: 480 } });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('crash', () => errors.push('The page crashed.'));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(url, { waitUntil: 'load', timeout: waitForLoadMs });
    const close = async (): Promise<void> => {
      await browser.close();
      await whenClosed();
    };
    return { page, errors, close };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** One module and an empty page around it. */
async function buildPage(entry: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    base: './',
    root: path.resolve('.'),
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: path.resolve(entry),
        output: { entryFileNames: 'page.js' },
        checks: { pluginTimings: false },
      },
    },
  });
  mkdirSync(outDir, { recursive: true });
  const head = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Benchmark</title>';
  writeFileSync(path.join(outDir, 'index.html'), `${head}<script type="module" src="./page.js"></script>\n`);
}
