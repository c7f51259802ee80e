/**
 * Solves a symmetric positive definite system in place (Cholesky).
 * @param a n x n, row by row; only the lower half is read, and overwritten @param b overwritten by the solution
 * @returns false when the system has no clear solution
 */
export function solveSymmetric(a: Float64Array, b: Float64Array): boolean {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      if (i !== j) a[i * n + j] = sum / a[j * n + j];
      else if (sum > 1e-12) a[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return true;
}
