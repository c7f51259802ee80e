import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideInstall, isNodeNewEnough, isSameInstall, lockStamp } from '../../../scripts/ensure-packages.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/three': { version: '0.187.0' },
    'node_modules/@esbuild/darwin-arm64': { version: '1.0.0', optional: true },
  },
};
const lockfile = JSON.stringify(wanted);
const installed = { packages: { 'node_modules/three': { version: '0.187.0' } } };

describe('deciding whether to install', () => {
  test('missing packages are installed, even when a stamp was left behind', () => {
    expect(decideInstall({ lockfile, stamp: null, installed: null })).toBe('install');
    expect(decideInstall({ lockfile, stamp: lockStamp(lockfile), installed: null })).toBe('install');
  });

  test('the stamp of this lockfile means ready, a line end after it notwithstanding', () => {
    expect(decideInstall({ lockfile, stamp: `${lockStamp(lockfile)}\n`, installed })).toBe('ready');
  });

  test('packages that somebody installed by hand are kept when they are the right ones', () => {
    expect(decideInstall({ lockfile, stamp: null, installed })).toBe('adopt');
  });

  test('another version in the lockfile means installing again', () => {
    const newer = lockfile.replace('0.187.0', '0.188.0');
    expect(decideInstall({ lockfile: newer, stamp: lockStamp(lockfile), installed })).toBe('install');
  });

  test('only optional packages may be missing', () => {
    expect(isSameInstall(wanted, installed)).toBe(true);
    expect(isSameInstall(wanted, { packages: {} })).toBe(false);
  });
});

describe('the version of Node', () => {
  test.each([
    ['20.19.0', true],
    ['20.18.3', false],
    ['22.0.0', true],
    ['18.20.4', false],
    ['24.0.0-nightly2025', true],
  ])('%s is new enough: %s', (version, expected) => {
    expect(isNodeNewEnough(version, '20.19.0')).toBe(expected);
  });

  test('of two different versions exactly one is new enough for the other', () => {
    const part = fc.integer({ min: 0, max: 200 });
    const version = fc.tuple(part, part, part).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(isNodeNewEnough(a, b) && isNodeNewEnough(b, a)).toBe(a === b);
        expect(isNodeNewEnough(a, b) || isNodeNewEnough(b, a)).toBe(true);
      }),
    );
  });
});
