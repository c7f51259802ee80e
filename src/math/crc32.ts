const table = new Uint32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = (c & 1) !== 0 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  table[n] = c >>> 0;
}

/**
 * CRC-32 as in zip and PNG (ISO 3309), an unsigned 32-bit number. Synchronous and everywhere, unlike `crypto.subtle`,
 * which pages without a secure origin do not have; it finds tears and flipped bits, and guards against nobody's malice.
 * @param before checksum of the bytes that came before these; 0 to begin
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let c = ~before >>> 0;
  for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]!) & 255]! ^ (c >>> 8);
  return ~c >>> 0;
}
