import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BufferPool } from '../../../workers/mesh/pool';

describe('BufferPool', () => {
  it('never keeps more than its capacity of a length and never hands one buffer to two takers', () => {
    const steps = fc.array(fc.constantFrom('acquire', 'release', 'stranger', 'twice'), { maxLength: 80 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (capacity, todo) => {
        const pool = new BufferPool(capacity);
        const out: ArrayBuffer[] = [];
        for (const step of todo) {
          if (step === 'acquire') out.push(pool.acquire(16));
          const buffer = step === 'stranger' ? new ArrayBuffer(16) : step === 'acquire' ? undefined : out.shift();
          if (buffer) pool.release(buffer);
          const secondTime = step === 'twice' && buffer ? pool.release(buffer) : false;
          expect(secondTime).toBe(false);
          expect(new Set(out).size).toBe(out.length);
          expect(out.every((taken) => taken.byteLength === 16)).toBe(true);
          expect(pool.idle(16)).toBeLessThanOrEqual(capacity);
        }
      }),
    );
  });

  it('makes nothing new while buffers come back', () => {
    const pool = new BufferPool(3);
    for (let frame = 0; frame < 100; frame++) {
      const color = pool.acquire(1024);
      const indices = pool.acquire(600);
      expect(pool.release(color)).toBe(true);
      expect(pool.release(indices)).toBe(true);
    }
    expect(pool.made).toBe(2);
  });

  it('refuses lengths nobody asked for, detached buffers and shared ones', () => {
    const pool = new BufferPool(4);
    expect(pool.release(new ArrayBuffer(64))).toBe(false);
    const sent = pool.acquire(64);
    structuredClone(sent, { transfer: [sent] });
    expect(pool.release(sent)).toBe(false);
    expect(pool.release(new SharedArrayBuffer(64))).toBe(false);
    expect(pool.idle(64)).toBe(0);
  });

  it('lets go of the buffers of a resolution that is gone', () => {
    const pool = new BufferPool(4);
    pool.release(pool.acquire(64));
    expect(pool.idle(64)).toBe(1);
    for (let k = 0; k < 500; k++) pool.release(pool.acquire(256));
    expect(pool.idle(64)).toBe(0);
    expect(pool.idle(256)).toBe(1);
  });
});
