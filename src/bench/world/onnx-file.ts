/** What an ONNX file weighs, read from its bytes. Field numbers are those of onnx.proto; nothing else of it is read. */
export type OnnxWeights = {
  parameters: number;
  /** Bytes that weights would save if each had 16 bits. */
  savedByHalf: number;
};

const modelGraph = 7;
const graphInitializer = 5;
const tensorDims = 1;
const tensorType = 2;
const floatType = 1;
const halfType = 10;
/** Smaller tensors are steps and scales, which stay as they are in any package. */
const leastWeights = 256;

/** @throws Error with a sentence when the bytes are no ONNX file */
export function readOnnxWeights(file: Uint8Array): OnnxWeights {
  const weights = { parameters: 0, savedByHalf: 0 };
  for (const model of fieldsOf(file)) {
    if (model.number !== modelGraph || !model.bytes) continue;
    for (const field of fieldsOf(model.bytes)) {
      if (field.number === graphInitializer && field.bytes) addTensor(field.bytes, weights);
    }
  }
  return weights;
}

function addTensor(tensor: Uint8Array, weights: OnnxWeights): void {
  let count = 1;
  let type = 0;
  for (const { number, bytes, value } of fieldsOf(tensor)) {
    if (number === tensorType) type = value;
    if (number !== tensorDims) continue;
    // Written one by one, or packed together.
    if (bytes) for (let at = 0; at < bytes.length; ) [count, at] = multiply(count, bytes, at);
    else count *= value;
  }
  if (type !== floatType && type !== halfType) return;
  weights.parameters += count;
  if (type === floatType && count >= leastWeights) weights.savedByHalf += 2 * count;
}

function multiply(count: number, bytes: Uint8Array, at: number): [count: number, next: number] {
  const [value, next] = varint(bytes, at);
  return [count * value, next];
}

type Field = { number: number; value: number; bytes: Uint8Array | null };

/** The fields of one protobuf message, one after the other. */
function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0;
  while (at < message.length) {
    const [tag, after] = varint(message, at);
    const [number, kind] = [Math.floor(tag / 8), tag % 8];
    at = after;
    if (kind === 0) {
      const [value, next] = varint(message, at);
      at = next;
      yield { number, value, bytes: null };
    } else if (kind === 2) {
      const [length, next] = varint(message, at);
      if (next + length > message.length) throw new Error('This is no ONNX file, or it is torn: a part reaches beyond its end.');
      at = next + length;
      yield { number, value: 0, bytes: message.subarray(next, at) };
    } else if (kind === 1 || kind === 5) {
      at += kind === 1 ? 8 : 4;
    } else {
      throw new Error(`This is no ONNX file, or it is torn: a field of kind ${kind} at byte ${at}.`);
    }
  }
}

/** Exact up to 53 bits, which is more than any length. */
function varint(bytes: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) throw new Error('This is no ONNX file, or it is torn: a number has no end.');
    value += (byte & 127) * factor;
    if (byte < 128) return [value, at];
  }
}
