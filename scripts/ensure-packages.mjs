/**
 * Installs the packages when they are missing or out of date. Plain Node, no dependency: it runs before there are any.
 * `npm start`, `npm run dev` and `npm test` all pass through here.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));

/** The oldest Node that the tools run on (Vite 8). */
export const oldestNode = '20.19.0';

/**
 * @param {string} version such as `22.1.0`, without the `v`
 * @param {string} oldest
 * @returns {boolean}
 */
export function isNodeNewEnough(version, oldest = oldestNode) {
  const [a, b] = [version, oldest].map((text) => text.split('-')[0].split('.').map(Number));
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] > b[i];
  return true;
}

/**
 * @param {string | Uint8Array} lockfile
 * @returns {string}
 */
export function lockStamp(lockfile) {
  return createHash('sha256').update(lockfile).digest('hex');
}

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lockfile */

/**
 * Whether what npm says it installed (node_modules/.package-lock.json) is what the lockfile asks for. Optional packages
 * may be missing: they belong to other systems.
 * @param {Lockfile} wanted
 * @param {Lockfile} installed
 * @returns {boolean}
 */
export function isSameInstall(wanted, installed) {
  return Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed.packages?.[path];
    return there ? there.version === entry.version : entry.optional === true;
  });
}

/**
 * What to do about node_modules. `adopt`: somebody ran npm by hand and the result is right, only our stamp is missing.
 * @param {{ lockfile: string, stamp: string | null, installed: Lockfile | null }} state stamp: content of the stamp
 *   file; installed: npm's own record; each null when it is not there.
 * @returns {'ready' | 'adopt' | 'install'}
 */
export function decideInstall({ lockfile, stamp, installed }) {
  if (!installed) return 'install';
  if (stamp?.trim() === lockStamp(lockfile)) return 'ready';
  return isSameInstall(JSON.parse(lockfile), installed) ? 'adopt' : 'install';
}

/** @param {string} path @returns {string | null} */
function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/**
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {{ ok: boolean, errors: string }} errors: what npm said on stderr, its warnings included
 */
function npm(root, args) {
  // --include=dev: NODE_ENV=production in somebody's shell must not leave the build tools out.
  const all = [...args, '--include=dev', '--no-audit', '--no-fund', '--no-update-notifier'];
  // The CPU library of onnxruntime-node is inside its package; its install script only fetches a CUDA one.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, env, stdio: ['ignore', 'inherit', 'pipe'] };
  const cli = process.env['npm_execpath'];
  const result =
    cli && basename(cli) === 'npm-cli.js'
      ? spawnSync(process.execPath, [cli, ...all], options)
      : spawnSync('npm', all, { ...options, shell: process.platform === 'win32' });
  return { ok: result.status === 0, errors: result.error?.message ?? String(result.stderr) };
}

/** @param {string} root @returns {void} */
function install(root) {
  let result = npm(root, ['ci']);
  // A registry that lacks the optional packages of other systems leaves gaps that only "npm ci" minds.
  if (!result.ok && result.errors.includes('EUSAGE')) {
    console.log('package-lock.json does not fit package.json to the letter: installing with "npm install" instead.');
    result = npm(root, ['install', '--no-save']);
  }
  if (result.ok) return;
  throw new Error(`${result.errors}\nInstalling the packages failed (see above). Check the network and try again.`);
}

/**
 * @param {string} [root] folder with package.json
 * @returns {'ready' | 'adopt' | 'install'} what was done
 */
export function ensurePackages(root = repositoryRoot) {
  if (!isNodeNewEnough(process.versions.node)) {
    throw new Error(
      `Reverie needs Node ${oldestNode} or newer; this is Node ${process.versions.node}. ` +
        'Install a newer one from https://nodejs.org and run the command again.',
    );
  }
  const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stampPath = join(root, 'node_modules', '.reverie-lock-sha');
  const record = readIfThere(join(root, 'node_modules', '.package-lock.json'));
  const installed = record === null ? null : JSON.parse(record);
  const decision = decideInstall({ lockfile, stamp: readIfThere(stampPath), installed });
  if (decision === 'install') {
    console.log(installed ? 'The packages are out of date: installing.' : 'Installing the packages, once: a minute or more.');
    install(root);
  }
  if (decision !== 'ready') writeFileSync(stampPath, `${lockStamp(lockfile)}\n`);
  return decision;
}

if (process.argv[1] && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  try {
    ensurePackages();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
