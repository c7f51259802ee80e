/** Bytes for people: '0 B', '840 kB', '5.7 MB'; a kB is 1000 bytes. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return '–';
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return bytes < 999_950_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** A measured number with a fixed count of decimals, or a dash when there is none. */
export function formatNumber(value: number, decimals = 0): string {
  return Number.isFinite(value) ? value.toFixed(decimals) : '–';
}

/** How old a picture is, for people: '0.7 s', '1.2 s', '45 s', '3 min'. */
export function formatAge(ageMs: number): string {
  const seconds = ageMs / 1000;
  if (!(seconds >= 0)) return '–';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  return seconds < 99.5 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

const providerNames: Readonly<Record<string, string>> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU', auto: 'Auto' };

export function providerName(provider: string): string {
  return providerNames[provider] ?? (provider || '–');
}
