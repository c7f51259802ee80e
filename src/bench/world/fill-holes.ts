/** Planes of one picture in a row, n values each; `known` 1 where they mean something. */
type Level = { width: number; height: number; planes: Float32Array; known: Float32Array };

/**
 * Fills what is unknown with a smooth continuation of what is known around it: pull the known values down a pyramid,
 * push them back up into the holes (Gortler et al. 1996, "The Lumigraph", section 3.4).
 * @param planes `count` planes of width * height, filled in place where `known` is 0 @param known 1 or 0 a pixel
 */
export function fillHoles(planes: Float32Array, count: number, known: Float32Array, width: number, height: number): void {
  const levels: Level[] = [{ width, height, planes, known: Float32Array.from(known) }];
  while (levels.at(-1)!.width > 1 || levels.at(-1)!.height > 1) levels.push(coarser(levels.at(-1)!, count));
  for (let k = levels.length - 2; k >= 0; k--) push(levels[k + 1], levels[k], count);
}

/** Each pixel the mean of what is known of the 2 x 2 below it. */
function coarser({ width, height, planes, known }: Level, count: number): Level {
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const out: Level = { width: w, height: h, planes: new Float32Array(count * w * h), known: new Float32Array(w * h) };
  const [n, m] = [width * height, w * h];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * width + x;
      if (known[from] === 0) continue;
      const to = (y >> 1) * w + (x >> 1);
      out.known[to] += 1;
      for (let c = 0; c < count; c++) out.planes[c * m + to] += planes[c * n + from];
    }
  }
  for (let i = 0; i < m; i++) {
    if (out.known[i] === 0) continue;
    for (let c = 0; c < count; c++) out.planes[c * m + i] /= out.known[i];
    out.known[i] = 1;
  }
  return out;
}

function push(from: Level, into: Level, count: number): void {
  const [n, m] = [into.width * into.height, from.width * from.height];
  for (let y = 0; y < into.height; y++) {
    for (let x = 0; x < into.width; x++) {
      const to = y * into.width + x;
      if (into.known[to] !== 0) continue;
      // Between the four coarse pixels around, so that holes are smooth and not of squares.
      const [fx, fy] = [Math.max(0, x / 2 - 0.25), Math.max(0, y / 2 - 0.25)];
      const [x0, y0] = [Math.min(Math.floor(fx), from.width - 1), Math.min(Math.floor(fy), from.height - 1)];
      const [x1, y1] = [Math.min(x0 + 1, from.width - 1), Math.min(y0 + 1, from.height - 1)];
      const [a, b] = [fx - x0, fy - y0];
      for (let c = 0; c < count; c++) {
        const at = (row: number, column: number): number => from.planes[c * m + row * from.width + column];
        into.planes[c * n + to] =
          (at(y0, x0) * (1 - a) + at(y0, x1) * a) * (1 - b) + (at(y1, x0) * (1 - a) + at(y1, x1) * a) * b;
      }
      into.known[to] = 1;
    }
  }
}
