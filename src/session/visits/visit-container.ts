import { crc32 } from './crc32';
import { tornAdvice, VisitFileError } from './visit-file-error';
import { parseHeader, type PartHeader, type VisitAbout } from './visit-header';

/** A part as it lies in the file. */
export type EncodedPart = { header: PartHeader; bytes: Uint8Array };

/** Counts up when files of before can no longer be read by the same rules. */
export const formatVersion = 1;
/** Beyond this a file is not one of ours, and a phone would not survive it. */
export const mostFileBytes = 256 * 2 ** 20;

/** As PNG's: not text, and line ends that a text transfer would change. */
const magic = Uint8Array.of(0x8b, 0x52, 0x56, 0x52, 0x0d, 0x0a, 0x1a, 0x0a);
/** Magic, format version, length of the header, its checksum. */
const preambleBytes = 20;

/**
 * Puts a file together; see docs/visits.md. Synchronous, because a page that is being left has no time to wait.
 * @param about must be what {@link readContainer} accepts, it is checked there
 */
export function writeContainer(about: VisitAbout, parts: readonly EncodedPart[]): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify({ about, parts: parts.map(({ header }) => header) }));
  const length = parts.reduce((sum, { bytes }) => sum + bytes.length, preambleBytes + json.length);
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  out.set(magic);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, json.length, true);
  view.setUint32(16, crc32(json, crc32(out.subarray(8, 16))), true);
  out.set(json, preambleBytes);
  let at = preambleBytes + json.length;
  for (const { bytes } of parts) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}

/**
 * Takes a file apart and checks every checksum, without expanding anything. The parts are views into `file`.
 * @throws VisitFileError with a sentence that says what is wrong and what to do
 */
export function readContainer(file: Uint8Array): { about: VisitAbout; parts: EncodedPart[] } {
  const { about, parts, bodyAt } = readHeader(file);
  const out: EncodedPart[] = [];
  let at = bodyAt;
  for (const [index, header] of parts.entries()) {
    const name = partName(header, index);
    const bytes = file.subarray(at, at + header.bytes);
    if (bytes.length < header.bytes) {
      const found = `it has ${bytes.length} of the ${header.bytes} bytes of its ${name}`;
      throw new VisitFileError(`This visit file is torn: ${found}. ${tornAdvice}`);
    }
    if (crc32(bytes) !== header.crc32) {
      throw new VisitFileError(`This visit file is damaged: its ${name} is not what was saved. ${tornAdvice}`);
    }
    out.push({ header, bytes });
    at += header.bytes;
  }
  if (at !== file.length) {
    throw new VisitFileError(`This visit file has ${file.length - at} bytes too many at its end. ${tornAdvice}`);
  }
  return { about, parts: out };
}

/** How an error names a part. @param index of the part in the file */
export function partName(header: PartHeader, index: number): string {
  if (header.kind === 'map') return 'map';
  if (header.kind === 'thumbnail') return 'small picture';
  return header.role === 'newest' ? 'newest picture' : `older picture (part ${index + 1})`;
}

function readHeader(file: Uint8Array): { about: VisitAbout; parts: PartHeader[]; bodyAt: number } {
  if (file.length > mostFileBytes) {
    throw new VisitFileError(
      `This file is larger than any visit (${Math.round(file.length / 1e6)} MB). Choose a .reverie file that was exported here.`,
    );
  }
  const begin = file.subarray(0, magic.length);
  if (file.length === 0 || !begin.every((byte, i) => byte === magic[i])) {
    throw new VisitFileError('This is not a visit. Choose a .reverie file that was exported from the list of visits.');
  }
  if (file.length < preambleBytes) {
    throw new VisitFileError(`This visit file is torn: it ends after ${file.length} bytes. ${tornAdvice}`);
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(8, true);
  const jsonBytes = view.getUint32(12, true);
  const bodyAt = preambleBytes + jsonBytes;
  // A later format may say all that follows in another way, so that only its version can be believed.
  if (version > formatVersion) {
    const which = `in format ${version}, and this Reverie reads ${formatVersion}`;
    throw new VisitFileError(`This visit was saved by a newer Reverie (${which}). Reload the page to get the newest.`);
  }
  if (bodyAt > file.length) {
    throw new VisitFileError(`This visit file is torn: it ends within its header. ${tornAdvice}`);
  }
  const json = file.subarray(preambleBytes, bodyAt);
  if (version < 1 || crc32(json, crc32(file.subarray(8, 16))) !== view.getUint32(16, true)) {
    throw new VisitFileError(`This visit file is damaged: its header is not what was saved. ${tornAdvice}`);
  }
  try {
    return { ...parseHeader(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))), bodyAt };
  } catch (error) {
    // The checksum is right, so this was written so: by something else, or by hand.
    const reason = error instanceof Error ? error.message : String(error);
    throw new VisitFileError(`The header of this visit file cannot be used: ${reason}. ${tornAdvice}`);
  }
}
