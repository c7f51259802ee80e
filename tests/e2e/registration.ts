/** RGBA bytes, rows from the top. */
type Picture = { width: number; height: number; rgba: Uint8Array };

function luma({ rgba }: Picture): Float64Array {
  return Float64Array.from({ length: rgba.length / 4 }, (_, i) => {
    return 0.2126 * rgba[4 * i]! + 0.7152 * rgba[4 * i + 1]! + 0.0722 * rgba[4 * i + 2]!;
  });
}

/**
 * How far the second picture is shifted against the first, pixels, whatever its brightness and contrast: least squares
 * over shift, gain and offset (Lucas and Kanade 1981), so it holds for small shifts.
 */
export function shiftBetween(first: Picture, second: Picture): { x: number; y: number } {
  const { width, height } = first;
  if (second.width !== width || second.height !== height) throw new Error('The two pictures have different sizes.');
  const a = luma(first);
  const b = luma(second);
  const matrix = Array.from({ length: 4 }, () => new Float64Array(5));
  const row = new Float64Array(5);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      row[0] = (a[i + 1]! - a[i - 1]!) / 2;
      row[1] = (a[i + width]! - a[i - width]!) / 2;
      row[2] = a[i]! / 255;
      row[3] = 1;
      row[4] = b[i]!;
      for (let r = 0; r < 4; r++) for (let c = 0; c < 5; c++) matrix[r]![c]! += row[r]! * row[c]!;
    }
  }
  const [dx, dy, gain] = solve(matrix);
  // b(x) = gain * a(x - shift) + offset.
  return { x: (-dx! * 255) / gain!, y: (-dy! * 255) / gain! };
}

/** Gauss elimination of four equations, each with its right side as the fifth entry. */
function solve(m: Float64Array[]): number[] {
  for (let p = 0; p < 4; p++) {
    const best = m.slice(p).reduce((at, row, k) => (Math.abs(row[p]!) > Math.abs(m[at]![p]!) ? p + k : at), p);
    [m[p], m[best]] = [m[best]!, m[p]!];
    for (let r = 0; r < 4; r++) {
      if (r === p) continue;
      const factor = m[r]![p]! / m[p]![p]!;
      for (let c = p; c < 5; c++) m[r]![c]! -= factor * m[p]![c]!;
    }
  }
  return m.map((row, i) => row[4]! / row[i]!);
}
