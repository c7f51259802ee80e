import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { findChromium } from '../../scripts/find-chromium.mjs';
import type { Machine } from './report/bench-report';

/** This machine, now. @param browser name and version of the one that was used */
export function thisMachine(browser: string | null = null): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    // What a container may use, which can be less than what the machine has.
    cores: availableParallelism(),
    node: process.version,
    browser,
    date: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}

/** Name and version of the Chromium that benchmarks drive; null where it does not tell. */
export function chromiumName(): string | null {
  const path = findChromium();
  if (path === null) return null;
  try {
    return `${execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()}, headless, software GPU`;
  } catch {
    return null;
  }
}
