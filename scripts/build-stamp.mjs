/** Builds only when something that goes into the build has changed since. The stamp lies inside dist, so it cannot lie. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that a build reads. */
const sources = ['index.html', 'src', 'workers', 'public', 'models'];
const settings = ['scripts', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];
const inputs = [...sources, ...settings];
const leftOut = new Set(['training', 'node_modules', '__pycache__']);

export const stampName = 'build-stamp.txt';

/**
 * @param {string} root the repository
 * @param {readonly string[]} [paths] files and folders below it
 * @returns {string} SHA-256 over the names and contents of all inputs
 */
export function hashInputs(root, paths = inputs) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      const names = readdirSync(full).filter((name) => !leftOut.has(name) && !name.startsWith('.'));
      for (const name of names.sort()) visit(`${path}/${name}`);
      return;
    }
    const content = readFileSync(full);
    hash.update(`${path}\0${content.length}\0`).update(content);
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

/**
 * Vite plugin: puts the stamp of the sources, taken before they are read, into the build.
 * @returns {import('vite').Plugin}
 */
export function buildStamp() {
  /** @type {import('vite').ResolvedConfig} */
  let config;
  let stamp = '';
  return {
    name: 'reverie:build-stamp',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    buildStart() {
      stamp = stampText(config, config.root);
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: stampName, source: stamp });
    },
  };
}

/** @param {{ base: string, mode: string, isProduction: boolean }} config @param {string} root @returns {string} */
function stampText({ base, mode, isProduction }, root) {
  // A build made under NODE_ENV=test has mode "production" and development code in it all the same.
  return `base ${base}, mode ${mode}, production ${isProduction}, sources ${hashInputs(root)}\n`;
}

/**
 * @param {string} root
 * @returns {boolean} whether dist holds the production build of exactly these sources
 */
export function isBuildFresh(root) {
  const path = join(root, 'dist', stampName);
  if (!existsSync(path) || !existsSync(join(root, 'dist', 'index.html'))) return false;
  return readFileSync(path, 'utf8') === stampText({ base: './', mode: 'production', isProduction: true }, root);
}

/**
 * @param {string} root
 * @returns {Promise<'built' | 'fresh'>}
 */
export async function buildIfStale(root) {
  if (isBuildFresh(root)) return 'fresh';
  // A process of its own: inside a test runner NODE_ENV is "test", and the build would be a development build.
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The production build failed; the reason is printed above.');
  return 'built';
}
