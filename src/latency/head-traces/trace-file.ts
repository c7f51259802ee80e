import { crc32 } from '../../math/crc32';
import { createTrace, samplesOf, type HeadTrace } from './head-trace';

/** The file's first eight bytes. */
const magic = 'REVHEAD\n';
const version = 1;
/** magic 8, version u32, samples u32, rate f64, bytes of the name u32, bytes of the source u32. */
const headerBytes = 32;
/** 7 float32 a sample. */
const sampleBytes = 28;
const checksumBytes = 4;
const mostTextBytes = 4096;
/** Ten hours at 120 Hz. */
const mostSamples = 5_000_000;

/**
 * A head trace as a file, little-endian: magic "REVHEAD\n", version 1 (u32), samples n (u32), rate in Hz (f64), bytes of
 * name and of source (u32 each), both texts in UTF-8, 3n float32 positions in metres, 4n float32 quaternions (x, y, z, w),
 * and a CRC-32 of all that (u32). Nothing is rounded: decoding gives the same bits back.
 */
export function encodeTrace(trace: HeadTrace): Uint8Array<ArrayBuffer> {
  const { positions, rotations, rateHz } = trace;
  const n = samplesOf(trace);
  const utf8 = new TextEncoder();
  const name = utf8.encode(trace.name);
  const source = utf8.encode(trace.source);
  const bytes = new Uint8Array(headerBytes + name.length + source.length + n * sampleBytes + checksumBytes);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < magic.length; i++) bytes[i] = magic.charCodeAt(i);
  view.setUint32(8, version, true);
  view.setUint32(12, n, true);
  view.setFloat64(16, rateHz, true);
  view.setUint32(24, name.length, true);
  view.setUint32(28, source.length, true);
  bytes.set(name, headerBytes);
  bytes.set(source, headerBytes + name.length);
  let at = headerBytes + name.length + source.length;
  for (const values of [positions, rotations]) {
    for (let i = 0; i < values.length; i++, at += 4) view.setFloat32(at, values[i]!, true);
  }
  view.setUint32(at, crc32(bytes.subarray(0, at)), true);
  return bytes;
}

/** @throws Error with a sentence that says what is wrong with the file */
export function decodeTrace(bytes: Uint8Array): HeadTrace {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes || ![...magic].every((letter, i) => bytes[i] === letter.charCodeAt(0))) {
    throw new Error('This file is no head trace: it does not begin with "REVHEAD". Choose one that Reverie has saved.');
  }
  const found = view.getUint32(8, true);
  if (found !== version) {
    throw new Error(`This head trace has format version ${found}, but only version ${version} is known. Save it with this Reverie.`);
  }
  const n = view.getUint32(12, true);
  const rateHz = view.getFloat64(16, true);
  const nameBytes = view.getUint32(24, true);
  const sourceBytes = view.getUint32(28, true);
  const damaged = 'The head trace is damaged; copy it again from where it was saved.';
  if (n > mostSamples || nameBytes > mostTextBytes || sourceBytes > mostTextBytes) throw new Error(damaged);
  const bodyAt = headerBytes + nameBytes + sourceBytes;
  const wanted = bodyAt + n * sampleBytes + checksumBytes;
  if (bytes.length !== wanted) {
    throw new Error(`The head trace has ${bytes.length} bytes where its header says ${wanted}. Copy it again in whole.`);
  }
  if (view.getUint32(wanted - checksumBytes, true) !== crc32(bytes.subarray(0, wanted - checksumBytes))) throw new Error(damaged);
  if (!(rateHz > 0) || !Number.isFinite(rateHz)) throw new Error(`The head trace has a rate of ${rateHz} Hz; it must be positive.`);
  const utf8 = new TextDecoder();
  const name = utf8.decode(bytes.subarray(headerBytes, headerBytes + nameBytes));
  const source = utf8.decode(bytes.subarray(headerBytes + nameBytes, bodyAt));
  const trace = createTrace(n, rateHz, name, source);
  let at = bodyAt;
  for (const values of [trace.positions, trace.rotations]) {
    for (let i = 0; i < values.length; i++, at += 4) values[i] = view.getFloat32(at, true);
  }
  checkNumbers(trace);
  return trace;
}

/** A rotation may be off its unit length by what single precision does, and no more. */
const unitTolerance = 1e-3;

function checkNumbers({ positions, rotations }: HeadTrace): void {
  const bad = positions.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new Error(`The head trace has no number as position ${Math.floor(bad / 3)}. Record it again.`);
  for (let k = 0; k < rotations.length; k += 4) {
    const length = Math.hypot(rotations[k]!, rotations[k + 1]!, rotations[k + 2]!, rotations[k + 3]!);
    if (!(Math.abs(length - 1) < unitTolerance)) {
      throw new Error(`Rotation ${k / 4} of the head trace is no unit quaternion (length ${length}). Record it again.`);
    }
  }
}
