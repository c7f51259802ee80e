import type { SavedFrame, VisitMemory } from '../../world/visit-memory';
import { crc32 } from './crc32';
import { canDeflate, deflate, inflate, mostExpansion } from './deflate';
import { inverseDepthStepOf, packedFrameBytes, packFrame, unpackFrame } from './frame-codec';
import { packBlocks, unpackBlocks } from './map-codec';
import type { Thumbnail } from './thumbnail';
import { mostFileBytes, partName, readContainer, writeContainer, type EncodedPart } from './visit-container';
import { tornAdvice, VisitFileError } from './visit-file-error';
import type { PartHeader, VisitAbout } from './visit-header';

/** A visit as it comes out of a file. */
export type Visit = { about: VisitAbout; memory: VisitMemory; thumbnail: Thumbnail | null };

type Storage = 'bytes' | 'rawBytes' | 'deflated' | 'crc32';
/** Distributes over the union, which `Omit` does not. */
type Described<Part> = Part extends PartHeader ? Omit<Part, Storage> : never;

/**
 * Encodes what is large, one part after the other, so that no display frame waits for more than one picture.
 * `compress` false: for browsers that cannot. Put the file together with {@link assembleVisit}.
 */
export async function encodeParts(
  { newest, older, blocks }: VisitMemory,
  thumbnail: Thumbnail | null,
  compress = canDeflate(),
): Promise<EncodedPart[]> {
  const parts: EncodedPart[] = [];
  if (thumbnail) {
    const { width, height, rgb } = thumbnail;
    parts.push(await encodePart({ kind: 'thumbnail', width, height }, rgb, compress));
  }
  if (blocks.length > 0) parts.push(await encodePart({ kind: 'map' }, packBlocks(blocks), compress));
  if (newest) parts.push(await encodeFrame(newest, 'newest', compress));
  for (const frame of older) parts.push(await encodeFrame(frame, 'older', compress));
  return parts;
}

/** The file of a visit. Synchronous and quick: a page that is being left calls it. */
export function assembleVisit(about: VisitAbout, parts: readonly EncodedPart[]): Uint8Array<ArrayBuffer> {
  return writeContainer(about, parts);
}

/**
 * Reads a file back.
 * @throws VisitFileError with a sentence, for a file that is torn, foreign, newer or was changed
 */
export async function decodeVisit(file: Uint8Array): Promise<Visit> {
  const { about, parts } = readContainer(file);
  checkSizes(parts);
  const memory: VisitMemory = { newest: null, older: [], blocks: [] };
  let thumbnail: Thumbnail | null = null;
  for (const [index, part] of parts.entries()) {
    const { header } = part;
    try {
      const raw = await rawBytesOf(part);
      if (header.kind === 'map') memory.blocks.push(...unpackBlocks(raw));
      else if (header.kind === 'thumbnail') thumbnail = { width: header.width, height: header.height, rgb: raw };
      else {
        const { camera, inverseDepthStep } = header;
        const worldFromCamera = Float32Array.from(header.worldFromCamera);
        const frame: SavedFrame = { worldFromCamera, camera, ...unpackFrame(raw, camera, inverseDepthStep) };
        if (header.role === 'newest') memory.newest = frame;
        else memory.older.push(frame);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new VisitFileError(`The ${partName(header, index)} of this visit cannot be read: ${reason}. ${tornAdvice}`);
    }
  }
  return { about, memory, thumbnail };
}

function encodeFrame(frame: SavedFrame, role: 'newest' | 'older', compress: boolean): Promise<EncodedPart> {
  const { camera, worldFromCamera, inverseDepth } = frame;
  const step = inverseDepth ? inverseDepthStepOf(inverseDepth) : null;
  const { width, height, fx, fy, cx, cy } = camera;
  const described = {
    kind: 'frame',
    role,
    camera: { width, height, fx, fy, cx, cy },
    worldFromCamera: Array.from(worldFromCamera),
    inverseDepthStep: step,
  } as const;
  return encodePart(described, packFrame(frame, step ?? 0), compress);
}

async function encodePart(described: Described<PartHeader>, raw: Uint8Array, compress: boolean): Promise<EncodedPart> {
  const packed = compress ? await deflate(raw) : raw;
  const deflated = packed.length < raw.length;
  const bytes = deflated ? packed : raw;
  const storage = { bytes: bytes.length, rawBytes: raw.length, deflated, crc32: crc32(bytes) };
  return { header: { ...described, ...storage } as PartHeader, bytes };
}

/** Copies, or views into the file: whoever keeps it must not write into it. */
async function rawBytesOf({ header, bytes }: EncodedPart): Promise<Uint8Array> {
  if (!header.deflated) return bytes;
  if (!canDeflate()) throw new Error('this browser cannot expand it; open it in a newer browser');
  return await inflate(bytes, header.rawBytes);
}

/** Before anything is expanded: the sizes that the header claims must fit what the parts are. */
function checkSizes(parts: readonly EncodedPart[]): void {
  let total = 0;
  for (const [index, { header }] of parts.entries()) {
    const { rawBytes, bytes, deflated } = header;
    total += rawBytes;
    const fits = deflated ? rawBytes <= mostExpansion * (bytes + 1) : rawBytes === bytes;
    const wanted = rawSizeOf(header);
    if (!fits || (wanted !== null && wanted !== rawBytes) || total > mostFileBytes) {
      const name = partName(header, index);
      throw new VisitFileError(`The ${name} of this visit has a size that cannot be (${rawBytes} bytes). ${tornAdvice}`);
    }
  }
}

function rawSizeOf(header: PartHeader): number | null {
  if (header.kind === 'map') return null;
  if (header.kind === 'thumbnail') return 3 * header.width * header.height;
  return packedFrameBytes(header.camera.width, header.camera.height, header.inverseDepthStep !== null);
}
