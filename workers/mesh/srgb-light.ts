/** sRGB byte to linear light: colours are averaged as light, or a bright and a dark texel average too dark. */
export const lightOfByte = Float32Array.from({ length: 256 }, (_, byte) => {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** Fine enough that two neighbours differ by less than half a byte, even in the dark. */
const steps = 8192;

const byteOfStep = Uint8Array.from({ length: steps + 1 }, (_, step) => {
  const light = step / steps;
  return Math.round((light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055) * 255);
});

/** Linear light to sRGB byte, from a table: a power for each texel is dear. What is outside 0 … 1 is clamped. */
export function byteOfLight(light: number): number {
  return byteOfStep[light <= 0 ? 0 : light >= 1 ? steps : (light * steps + 0.5) | 0];
}
