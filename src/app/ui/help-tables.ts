/** One line of help: what happens, and by which keys or by what movement of the hand. */
export type HelpRow = { does: string; keys?: readonly string[]; words?: string };

export const helpTables: readonly { device: string; rows: readonly HelpRow[] }[] = [
  {
    device: 'Keyboard',
    rows: [
      { does: 'Walk', keys: ['W', 'A', 'S', 'D', '↑', '↓'] },
      { does: 'Turn', keys: ['Q', 'E', '←', '→'] },
      { does: 'Faster', keys: ['Shift'], words: 'while walking' },
      { does: 'Rise or sink', keys: ['PgUp', 'PgDn'], words: 'without a floor' },
      { does: 'Enter or exit VR', keys: ['V'] },
      { does: 'New world', keys: ['N'] },
      { does: 'Back to the start', keys: ['R'] },
      { does: 'Statistics', keys: ['P', '`'] },
      { does: 'Settings', keys: ['O'] },
      { does: 'Visits', keys: ['K'], words: 'keep this place, go back to one' },
      { does: 'Latency lab', keys: ['L'], words: 'B in it: the other mode' },
      { does: 'See how it is made', keys: ['G'], words: 'next debug view' },
      { does: 'Help', keys: ['H', '?'] },
      { does: 'Close, show the worlds', keys: ['Esc'] },
    ],
  },
  {
    device: 'Mouse',
    rows: [
      { does: 'Look around', words: 'Drag the picture' },
      { does: 'Look without dragging', words: 'Double-click; Esc ends it' },
      { does: 'Act on the world', words: 'Left button (right trigger)' },
    ],
  },
  {
    device: 'Touch',
    rows: [
      { does: 'Walk', words: 'Drag on the left half' },
      { does: 'Look around', words: 'Drag on the right half' },
      { does: 'Act on the world', words: 'Tap (right trigger)' },
    ],
  },
  {
    device: 'Gamepad',
    rows: [
      { does: 'Walk', words: 'Left stick' },
      { does: 'Look around', words: 'Right stick' },
      { does: 'Act on the world', words: 'Triggers and buttons' },
    ],
  },
  {
    device: 'Headset controllers',
    rows: [
      { does: 'Walk where you look', words: 'Left stick' },
      { does: 'Turn', words: 'Right stick, in 30° steps or smoothly' },
      { does: 'Both with one controller', words: 'Its stick: forward walks, sideways turns' },
      { does: 'Act on the world', words: 'Triggers, grips and buttons' },
      { does: 'See how it is made', words: 'Press the right stick: next debug view' },
      { does: 'Latency lab', words: 'Press the left stick; then B or Y: the other mode' },
      { does: 'Leave VR', words: 'The headset’s own menu button' },
    ],
  },
];
