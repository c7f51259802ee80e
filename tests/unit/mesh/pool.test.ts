import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferPool, frameByteLengths } from '../../../workers/mesh/pool';

describe('BufferPool', () => {
  it('never keeps more than its size of a kind and never hands one buffer to two takers', () => {
    const steps = fc.array(fc.constantFrom('acquire', 'release', 'stranger', 'twice'), { maxLength: 80 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (capacity, todo) => {
        const pool = new BufferPool({ color: 16, sky: 8 }, capacity);
        const out: ArrayBuffer[] = [];
        for (const step of todo) {
          if (step === 'acquire') out.push(pool.acquire('color'));
          const buffer = step === 'stranger' ? new ArrayBuffer(16) : step === 'acquire' ? undefined : out.shift();
          if (buffer) pool.release('color', buffer);
          const secondTime = step === 'twice' && buffer ? pool.release('color', buffer) : false;
          expect(secondTime).toBe(false);
          expect(new Set(out).size).toBe(out.length);
          expect(out.every((taken) => taken.byteLength === 16)).toBe(true);
          expect(pool.idle('color')).toBeLessThanOrEqual(capacity);
        }
      }),
    );
  });

  it('makes nothing new while buffers come back', () => {
    const pool = new BufferPool(frameByteLengths(16, 16), 3);
    for (let frame = 0; frame < 100; frame++) {
      const color = pool.acquire('color');
      const indices = pool.acquire('indices');
      expect(pool.release('color', color)).toBe(true);
      expect(pool.release('indices', indices)).toBe(true);
    }
    expect(pool.made).toBe(2);
  });

  it('refuses buffers of another size, of a resolution that is gone, and detached ones', () => {
    const pool = new BufferPool({ color: 64 }, 4);
    const old = pool.acquire('color');
    const atHome = pool.acquire('color');
    pool.release('color', atHome);
    pool.resize({ color: 256 });
    expect(pool.idle('color')).toBe(0);
    expect(pool.release('color', old)).toBe(false);
    expect(pool.acquire('color').byteLength).toBe(256);
    const sent = pool.acquire('color');
    structuredClone(sent, { transfer: [sent] });
    expect(pool.release('color', sent)).toBe(false);
    expect(pool.release('color', new SharedArrayBuffer(256))).toBe(false);
  });
});
