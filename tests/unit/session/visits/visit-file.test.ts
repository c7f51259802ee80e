import { randomBytes } from 'node:crypto';
import { crc32 as zlibCrc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../../src/session/visits/crc32';
import { mostFileBytes, readContainer, writeContainer } from '../../../../src/session/visits/visit-container';
import { assembleVisit, decodeVisit, encodeParts, type Visit } from '../../../../src/session/visits/visit-file';
import { VisitFileError } from '../../../../src/session/visits/visit-file-error';
import type { PartHeader } from '../../../../src/session/visits/visit-header';
import type { SavedFrame, VisitMemory } from '../../../../src/world/visit-memory';
import { aboutOf, memories, savedFrame } from './saved-visits';

const about = aboutOf('By the pool');

async function fileOf(memory: VisitMemory, compress?: boolean): Promise<Uint8Array<ArrayBuffer>> {
  return assembleVisit(about, await encodeParts(memory, null, compress));
}

const small: VisitMemory = {
  newest: savedFrame(1, 6, 4),
  older: [savedFrame(2, 5, 5)],
  blocks: [{ i: -3, j: 7, tokens: Uint8Array.of(1, 2, 3) }],
};

/** What goes wrong, as a sentence; throws when something else than a sentence comes. */
async function faultOf(file: Uint8Array): Promise<string | null> {
  try {
    await decodeVisit(file);
    return null;
  } catch (error) {
    if (!(error instanceof VisitFileError) || !/^[A-Z].*[.]$/.test(error.message)) throw error;
    return error.message;
  }
}

function expectSameFrame(got: SavedFrame, want: SavedFrame): void {
  expect(got.camera).toEqual(want.camera);
  // A file knows no negative zero.
  expect([...got.worldFromCamera]).toEqual([...want.worldFromCamera].map((n) => n + 0));
  expect(got.color).toEqual(want.color);
  if (!want.inverseDepth || !got.inverseDepth) {
    expect(got.inverseDepth).toBe(want.inverseDepth);
    return;
  }
  const largest = want.inverseDepth.reduce((most, d) => (d > most ? d : most), 0);
  for (const [t, d] of want.inverseDepth.entries()) {
    // Half a step of 16 bits, and the rounding of a single-precision number.
    if (Number.isNaN(d)) expect(got.inverseDepth[t]).toBeNaN();
    else expect(Math.abs(got.inverseDepth[t]! - d)).toBeLessThanOrEqual(largest * (0.5 / 65534 + 1e-7));
    if (d === 0) expect(got.inverseDepth[t]).toBe(0);
  }
}

function expectSame(got: Visit, memory: VisitMemory): void {
  expect(got.about).toEqual(about);
  expect(got.memory.blocks).toEqual(memory.blocks);
  expect(got.memory.older.length).toBe(memory.older.length);
  for (const [k, frame] of memory.older.entries()) expectSameFrame(got.memory.older[k]!, frame);
  expect(got.memory.newest === null).toBe(memory.newest === null);
  if (memory.newest) expectSameFrame(got.memory.newest!, memory.newest);
}

describe('a visit file', () => {
  test('gives back what was saved: map, poses and colours exactly, depth to half a 16-bit step', async () => {
    await fc.assert(
      fc.asyncProperty(memories, fc.boolean(), async ({ memory, thumbnail }, compress) => {
        const got = await decodeVisit(assembleVisit(about, await encodeParts(memory, thumbnail, compress)));
        expectSame(got, memory);
        expect(got.thumbnail).toEqual(thumbnail);
      }),
      { numRuns: 40 },
    );
  });

  test('saved, read and saved again is the same file', async () => {
    const once = await fileOf(small);
    const { memory } = await decodeVisit(once);
    expect(await fileOf(memory)).toEqual(once);
  });

  test('packs a smooth picture into less than half of its bytes', async () => {
    const frame = savedFrame(3, 128, 128);
    for (let t = 0; t < 128 * 128; t++) {
      frame.color.fill(40 + ((t % 128) >> 1), 4 * t, 4 * t + 3);
      frame.inverseDepth![t] = 0.1 + (t >> 7) / 500;
    }
    const file = await fileOf({ newest: frame, older: [], blocks: [] });
    expect(file.length).toBeLessThan(0.5 * 5 * 128 * 128);
  });

  test('checks with the checksum of zip and PNG', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
        expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(zlibCrc32(bytes));
      }),
    );
  });
});

describe('a visit file that is not what was written', () => {
  test('torn anywhere says so, and names the part', async () => {
    const file = await fileOf(small);
    const said = new Set<string>();
    for (let length = 0; length < file.length; length++) {
      const fault = await faultOf(file.subarray(0, length));
      expect(fault, `torn at byte ${length}`).not.toBeNull();
      said.add(/(map|newest picture|older picture|header|not a visit)/.exec(fault!)?.[1] ?? 'short');
    }
    expect([...said].sort()).toEqual(['header', 'map', 'newest picture', 'not a visit', 'older picture', 'short']);
    expect(await faultOf(Uint8Array.of(...file, 0))).toContain('too many');
  });

  test('with one flipped bit anywhere says so', async () => {
    const file = await fileOf(small);
    for (let at = 0; at < file.length; at++) {
      const changed = file.slice();
      changed[at]! ^= 1 << (at % 8);
      expect(await faultOf(changed), `byte ${at}`).not.toBeNull();
    }
  });

  test('with any bytes changed either says so or gives the same visit; random bytes are never a visit', async () => {
    const file = await fileOf(small, false);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (changes) => {
          const changed = file.slice();
          for (const [at, byte] of changes) changed[at] = byte;
          const isUnchanged = changed.every((byte, at) => byte === file[at]);
          expect((await faultOf(changed)) === null).toBe(isUnchanged);
        },
      ),
      { numRuns: 300 },
    );
    for (let k = 0; k < 50; k++) expect(await faultOf(randomBytes(k * 7))).toContain('not a visit');
  });

  test('from a newer Reverie asks for the newest page', async () => {
    const file = await fileOf(small);
    new DataView(file.buffer).setUint32(8, 2, true);
    expect(await faultOf(file)).toMatch(/newer Reverie \(in format 2.*Reload/);
  });

  test('larger than any visit is refused before it is read', async () => {
    expect(await faultOf(new Uint8Array(mostFileBytes + 1))).toContain('larger than any visit');
  });
});

describe('a header that lies, with the right checksum', () => {
  /** The small file with its header changed by hand; the checksum is right. */
  async function lying(change: (header: { about: Record<string, unknown>; parts: PartHeader[] }) => void): Promise<string | null> {
    const { about: said, parts } = readContainer(await fileOf(small));
    const header = JSON.parse(JSON.stringify({ about: said, parts: parts.map((part) => part.header) })) as {
      about: Record<string, unknown>;
      parts: PartHeader[];
    };
    change(header);
    const headers = header.parts;
    return await faultOf(
      writeContainer(header.about as typeof about, parts.map(({ bytes }, k) => ({ header: headers[k] ?? parts[k]!.header, bytes }))),
    );
  }

  test('about lengths and sizes is found out, whatever numbers it says', async () => {
    const fields = ['bytes', 'rawBytes', 'crc32'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2),
        fc.constantFrom(...fields),
        fc.oneof(fc.nat(200), fc.integer(), fc.double(), fc.constantFrom(2 ** 40, 2 ** 53, -1, null, 'many', undefined)),
        async (index, field, value) => {
          let before: unknown;
          const fault = await lying(({ parts }) => {
            before = parts[index]![field];
            Object.assign(parts[index]!, { [field]: value });
          });
          expect(fault !== null || Object.is(value, before)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('about pictures, poses or the world names the field', async () => {
    expect(await lying(({ parts }) => Object.assign(parts[1]!, { camera: { width: 4000, height: 4000, fx: 1, fy: 1, cx: 0, cy: 0 } }))).toContain('size that cannot be');
    expect(await lying(({ parts }) => Object.assign(parts[1]!, { camera: null }))).toContain('parts.1.camera');
    expect(await lying(({ about: a }) => (a['worldFromHead'] = Array(16).fill(1)))).toContain('about.worldFromHead');
    expect(await lying(({ about: a }) => (a['worldFromHead'] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1e30, 0, 0, 1]))).toContain('rigid pose');
    expect(await lying(({ about: a }) => (a['options'] = { seed: { deep: 1 } }))).toContain('about.options');
    expect(await lying(({ about: a }) => delete a['world'])).toContain('about.world');
    expect(await lying(() => {})).toBeNull();
  });

  test('a small part that expands without end is stopped at the size it claims', async () => {
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(50_000_000)));
    const claims = (rawBytes: number): PartHeader => ({
      kind: 'map',
      bytes: bomb.length,
      rawBytes,
      deflated: true,
      crc32: crc32(bomb),
    });
    expect(await faultOf(writeContainer(about, [{ header: claims(1000), bytes: bomb }]))).toContain('more than its 1000');
    expect(await faultOf(writeContainer(about, [{ header: claims(2 ** 39), bytes: bomb }]))).toContain('cannot be');
  });

  test('map blocks that overlap or run over the end are refused', async () => {
    const map = (raw: number[]): Uint8Array => {
      const bytes = Uint8Array.from(raw);
      const size = { bytes: bytes.length, rawBytes: bytes.length, deflated: false, crc32: crc32(bytes) };
      return writeContainer(about, [{ header: { kind: 'map', ...size }, bytes }]);
    };
    const block = [5, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 9, 9];
    expect(await faultOf(map(block))).toBeNull();
    expect(await faultOf(map([...block, ...block]))).toContain('there twice');
    expect(await faultOf(map([...block, 1, 2]))).toContain('no room');
    expect(await faultOf(map(block.slice(0, -1)))).toContain('longer than the map');
  });
});
