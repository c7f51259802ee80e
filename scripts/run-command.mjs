/** Runs one program of node_modules to its end, whatever the system. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * @param {string} name a package with one program of the same name, or of the name `program`
 * @param {string} [program]
 * @returns {string} path of its JavaScript, to be run by Node; the shims of .bin differ between systems
 */
export function programPath(name, program = name) {
  const manifestPath = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8'));
  return join(dirname(manifestPath), typeof bin === 'string' ? bin : bin[program]);
}

/** @typedef {{ exitCode: number | null, timedOut: boolean }} Outcome exitCode is null when the program was killed */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, limitMs: number }} options limitMs: after this it is killed, with all
 *   that it started (browsers)
 * @returns {Promise<Outcome>}
 */
export function runCommand(command, args, { cwd, env, limitMs }) {
  const ownGroup = process.platform !== 'win32';
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'inherit', 'inherit'], detached: ownGroup });
    let timedOut = false;
    const kill = () => {
      try {
        if (ownGroup && child.pid) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // it has just ended by itself
      }
    };
    // The child is in a group of its own, so Ctrl+C reaches only us.
    const interrupted = () => {
      kill();
      process.exit(130);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, limitMs);
    /** @param {number | null} exitCode */
    const finish = (exitCode) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      resolve({ exitCode, timedOut });
    };
    process.on('SIGINT', interrupted);
    process.on('SIGTERM', interrupted);
    child.on('error', () => finish(null));
    child.on('exit', (code) => finish(code));
  });
}
