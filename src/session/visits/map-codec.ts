import type { MapBlock } from '../../world/visit-memory';

/** Bytes before the tokens of a block: i and j as signed, the count of tokens as unsigned, 32 bits each, little-endian. */
const headBytes = 12;

/** The blocks of a map, one after the other, each with its place and length. */
export function packBlocks(blocks: readonly MapBlock[]): Uint8Array {
  const out = new Uint8Array(blocks.reduce((sum, { tokens }) => sum + headBytes + tokens.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const { i, j, tokens } of blocks) {
    view.setInt32(at, i, true);
    view.setInt32(at + 4, j, true);
    view.setUint32(at + 8, tokens.length, true);
    out.set(tokens, at + headBytes);
    at += headBytes + tokens.length;
  }
  return out;
}

/** The inverse of {@link packBlocks}; each block's tokens are an array of their own. @throws Error that says what does not fit */
export function unpackBlocks(packed: Uint8Array): MapBlock[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const blocks: MapBlock[] = [];
  const places = new Set<string>();
  let at = 0;
  while (at < packed.length) {
    if (packed.length - at < headBytes) throw new Error(`block ${blocks.length} has no room for its place and length`);
    const i = view.getInt32(at, true);
    const j = view.getInt32(at + 4, true);
    const count = view.getUint32(at + 8, true);
    at += headBytes;
    if (count > packed.length - at) throw new Error(`block ${i}, ${j} says that it is longer than the map`);
    if (places.has(`${i},${j}`)) throw new Error(`block ${i}, ${j} is there twice`);
    places.add(`${i},${j}`);
    blocks.push({ i, j, tokens: packed.slice(at, at + count) });
    at += count;
  }
  return blocks;
}
