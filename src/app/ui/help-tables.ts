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
      { does: 'Enter or exit AR', keys: ['X'], words: 'on devices that have it' },
      { does: 'New world', keys: ['N'] },
      { does: 'Back to the start', keys: ['R'] },
      { does: 'Throw a thing', keys: ['T'], words: 'to the middle of the picture' },
      { does: 'Clear the things away', keys: ['C'] },
      { does: 'Statistics', keys: ['P', '`'] },
      { does: 'Settings', keys: ['O'] },
      { does: 'Take a picture', keys: ['I'], words: 'saves what you see as a file' },
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
      { does: 'Throw a thing', words: 'Click where it shall go' },
      { does: 'Act on the world', words: 'Left button (right trigger)' },
    ],
  },
  {
    device: 'Touch',
    rows: [
      { does: 'Walk', words: 'Drag on the left half' },
      { does: 'Look around', words: 'Drag on the right half' },
      { does: 'Throw a thing', words: 'Tap where it shall go' },
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
      { does: 'Turn', words: 'Right stick sideways, in 30° steps or smoothly' },
      { does: 'Teleport', words: 'Push the right stick forward, aim at the floor, let go' },
      { does: 'Both with one controller', words: 'Its stick: forward walks, sideways turns' },
      { does: 'Throw, or teleport', words: 'Trigger: hold, aim, let go; the menu says which of the two' },
      { does: 'Grab a thing', words: 'Grip, or trigger close to it' },
      { does: 'Act on the world', words: 'Triggers, grips and buttons' },
      { does: 'Menu', words: 'A or X' },
      { does: 'See how it is made', words: 'Press the right stick: next debug view' },
      { does: 'Latency lab', words: 'Press the left stick; then B or Y: the other mode' },
      { does: 'With the left hand', words: 'Settings, “Hand”: the sticks change places' },
      { does: 'Leave VR or AR', words: 'The headset’s own menu button' },
    ],
  },
  {
    device: 'Bare hands',
    rows: [
      { does: 'Throw, or teleport', words: 'Pinch thumb and index finger, aim, let go; the menu says which of the two' },
      { does: 'Grab a thing', words: 'Pinch close to it' },
      { does: 'Menu', words: 'Turn your open palm to your face, or pinch at the puck' },
      { does: 'Turn', words: 'Turn yourself' },
    ],
  },
  {
    device: 'Gaze and pinch',
    rows: [
      { does: 'Throw, or teleport', words: 'Look there and pinch; move the hand to aim, let go' },
      { does: 'Menu', words: 'Look at the puck and pinch' },
    ],
  },
];
