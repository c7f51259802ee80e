import type { Thumbnail } from './thumbnail';
import type { VisitAbout } from './visit-header';

/** One line of the list of visits. */
export type VisitEntry = {
  id: string;
  /** `saved` on request, `left`: kept by itself, for when the page is left. */
  kind: 'saved' | 'left';
  /** What the person called it; '' for none. */
  name: string;
  worldId: string;
  worldName: string;
  /** Milliseconds since 1970. */
  savedAtMs: number;
  /** Of its file. */
  bytes: number;
  thumbnail: Thumbnail | null;
  /** Why it cannot be opened, a sentence; null: all is well. */
  damage: string | null;
};

/** How the list keeps it: damage is found out by looking. */
export type KeptEntry = Omit<VisitEntry, 'damage'> & {
  /** Where the visitor went after the file was written, 16 numbers: what a page could still say while it was closed. */
  worldFromHead?: number[];
};

export function entryOf(
  id: string,
  kind: VisitEntry['kind'],
  { name, savedAtMs, world }: VisitAbout,
  bytes: number,
  thumbnail: Thumbnail | null,
): KeptEntry {
  return { id, kind, name, savedAtMs, worldId: world.id, worldName: world.name, bytes, thumbnail };
}

/** Whether what lies in the list is an entry: databases outlive the code that wrote them. */
export function isEntry(value: unknown): value is KeptEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<KeptEntry>;
  return (
    typeof entry.id === 'string' &&
    (entry.kind === 'saved' || entry.kind === 'left') &&
    typeof entry.name === 'string' &&
    typeof entry.worldId === 'string' &&
    typeof entry.worldName === 'string' &&
    Number.isFinite(entry.savedAtMs) &&
    Number.isFinite(entry.bytes) &&
    isThumbnail(entry.thumbnail) &&
    (entry.worldFromHead === undefined || isPose(entry.worldFromHead))
  );
}

function isPose(value: unknown): boolean {
  return Array.isArray(value) && value.length === 16 && value.every((n) => Number.isFinite(n));
}

function isThumbnail(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { width, height, rgb } = value as Partial<Thumbnail>;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width! < 1 || height! < 1) return false;
  return rgb instanceof Uint8Array && rgb.length === 3 * width! * height!;
}

/** What a person reads: the name given, else the world's. */
export function titleOf({ name, worldName, worldId }: Pick<VisitEntry, 'name' | 'worldName' | 'worldId'>): string {
  return name || worldName || worldId || 'A visit';
}
