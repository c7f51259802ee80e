/** One thing in the headset that can be chosen now, as `window.reverie.menu()` tells it to scripts. */
export type MenuItem = {
  /** Unique among what is shown: 'Turning: Smooth', 'Walking speed: more'. */
  label: string;
  /** What it is or stands at: 'chosen', 'on', 'off', a value; null where it has no state. */
  state: string | null;
  /** Its middle in the tracked room, metres: where a hand would aim. */
  roomPosition: [x: number, y: number, z: number];
};

/** Null while the item is not shown, or not laid out yet. */
export type ReadItem = () => MenuItem | null;

const items = new Set<ReadItem>();

/** The drawn menu tells of itself here, so that whoever asks need not load it. @returns takes the item back */
export function addMenuItem(read: ReadItem): () => void {
  items.add(read);
  return () => void items.delete(read);
}

/** Everything that can be chosen in the headset now; empty while nothing is shown. */
export function readMenuItems(): MenuItem[] {
  const shown: MenuItem[] = [];
  for (const read of items) {
    const item = read();
    if (item) shown.push(item);
  }
  return shown;
}
