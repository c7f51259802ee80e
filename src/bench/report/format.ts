/** What stands in a table where nothing was measured. */
export const nothing = '–';

/**
 * A number for people: fixed digits, a real minus sign, never "-0.00".
 * Null, NaN and undefined are {@link nothing}; infinities are "∞".
 */
export function fixed(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return nothing;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** The same with a sign in front, for differences. */
export function signed(value: number | null | undefined, digits: number): string {
  const text = fixed(value, digits);
  return typeof value === 'number' && value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** Any cell of any table: numbers with as many digits as they need, words as they are. */
export function plain(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? fixed(value, 0) : fixed(value, digitsFor(value));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return nothing;
  return JSON.stringify(value);
}

function digitsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 100) return 1;
  return size >= 1 ? 2 : 4;
}

/** `stepMsP50` to `step ms P50`: names of fields as people read them, when nothing better is known. */
export function words(field: string): string {
  return field
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('.', ' · ')
    .replaceAll(/\b(?:[A-Z][a-z]+|P\d+)\b/g, (word) => word.toLowerCase())
    .replaceAll(/\b(db|psnr|ssim)\b/gi, (word) => ({ db: 'dB', psnr: 'PSNR', ssim: 'SSIM' })[word.toLowerCase()]!);
}

/** Nested objects to one level, names joined by a dot. Lists stay as they are. */
export function flatten(record: object, prefix = ''): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isRecord) Object.assign(out, flatten(value, `${prefix}${key}.`));
    else out[prefix + key] = value;
  }
  return out;
}
