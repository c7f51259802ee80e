/**
 * Cross-origin isolation: it allows SharedArrayBuffer (poses) and threads (WASM). The page also works without.
 */
export const isolationHeaders = Object.freeze({
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
});
