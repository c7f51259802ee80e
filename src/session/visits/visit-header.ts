import { z } from 'zod';

/** What stands in the header of a visit file besides its parts: where, when and in which world. */
export type VisitAbout = z.infer<typeof about>;

/** One part of a file as the header describes it, without its bytes. */
export type PartHeader = z.infer<typeof part>;

/** The largest picture a file may hold, texels a side; what the page can draw. */
const mostTexels = 4095;
/** A visit has a few dozen parts; a header with more is not one of ours. */
const mostParts = 256;

const count = z.number().int().min(0).max(2 ** 40);
const finite = z.number().refine(Number.isFinite, 'a finite number');

const pose = z.array(finite).length(16).refine(isRigid, 'a rigid pose: 16 numbers, column-major, without scale');

const camera = z.object({
  width: z.number().int().min(1).max(mostTexels),
  height: z.number().int().min(1).max(mostTexels),
  fx: finite.positive(),
  fy: finite.positive(),
  cx: finite,
  cy: finite,
});

const storage = {
  /** Bytes in the file. */
  bytes: count,
  /** Bytes when expanded; the same as `bytes` unless `deflated`. */
  rawBytes: count,
  deflated: z.boolean(),
  crc32: z.number().int().min(0).max(0xffffffff),
};

const part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('map'), ...storage }),
  z.object({
    kind: z.literal('frame'),
    role: z.enum(['newest', 'older']),
    camera,
    worldFromCamera: pose,
    /** 1/m; null: a picture without depth. */
    inverseDepthStep: finite.min(0).nullable(),
    ...storage,
  }),
  z.object({
    kind: z.literal('thumbnail'),
    width: z.number().int().min(1).max(512),
    height: z.number().int().min(1).max(512),
    ...storage,
  }),
]);

const about = z.object({
  /** Milliseconds since 1970, UTC. */
  savedAtMs: finite,
  /** What the person called it; '' for none. */
  name: z.string().max(200),
  world: z.object({
    /** Catalogue id or address of the manifest: what opens it again. */
    id: z.string().min(1).max(2048),
    name: z.string().max(200),
    /** What the package was: its version and the SHA-256 of its graphs; null for worlds without a package. */
    package: z.object({ version: z.string().max(100), sha256: z.string().max(200) }).nullable(),
  }),
  /** Whose walls stand there; null: one may walk anywhere. */
  layout: z.object({ kind: z.string().min(1).max(100), seed: z.number().int() }).nullable(),
  /** The options that change the world: seed, palette, hour. */
  options: z.record(z.string().max(100), z.union([z.string().max(2048), z.number(), z.boolean()])),
  worldFromHead: pose,
});

const header = z.object({ about, parts: z.array(part).max(mostParts) });

/**
 * Checks a parsed header; fields that a later version of this format may add are passed over.
 * @throws Error that names the field
 */
export function parseHeader(json: unknown): { about: VisitAbout; parts: PartHeader[] } {
  const checked = header.safeParse(json);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  throw new Error(`${issue.path.join('.') || 'its top level'} must be right (${issue.message})`);
}

function isRigid(m: number[]): boolean {
  const dot = (a: number, b: number): number => m[a]! * m[b]! + m[a + 1]! * m[b + 1]! + m[a + 2]! * m[b + 2]!;
  for (let a = 0; a < 12; a += 4) {
    if (m[a + 3] !== 0) return false;
    for (let b = 0; b <= a; b += 4) if (Math.abs(dot(a, b) - (a === b ? 1 : 0)) > 0.01) return false;
  }
  return m[15] === 1 && Math.max(Math.abs(m[12]!), Math.abs(m[13]!), Math.abs(m[14]!)) < 1e7;
}
