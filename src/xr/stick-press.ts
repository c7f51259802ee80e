/** Index of a stick's press in the WebXR gamepads module's xr-standard mapping. */
const stickButton = 3;
/** A stick that is pushed farther than this moves or turns; its press was an accident. */
const restsBelow = 0.5;

/**
 * Notices a press of a stick, once for each press: the only buttons that no world is given and that no movement uses.
 * With a single controller its stick is the right one, whichever hand holds it.
 */
export class StickPress {
  /** True also before the first look: a stick that is held while the session begins was not meant. */
  private held = true;

  constructor(private readonly side: 'left' | 'right' = 'right') {}

  /** Call once a display frame. @param sources null without a session @returns whether a press began */
  update(sources: ArrayLike<XRInputSource> | null): boolean {
    const gamepad = sources && stickOf(sources, this.side);
    if (!gamepad) {
      this.held = true;
      return false;
    }
    const pressed = gamepad.buttons[stickButton]?.pressed ?? false;
    const began = pressed && !this.held;
    this.held = pressed;
    return began && Math.hypot(gamepad.axes[2] ?? 0, gamepad.axes[3] ?? 0) < restsBelow;
  }
}

function stickOf(sources: ArrayLike<XRInputSource>, side: 'left' | 'right'): Gamepad | null {
  let wanted: Gamepad | null = null;
  let only: Gamepad | null = null;
  let count = 0;
  for (let i = 0; i < sources.length; i++) {
    const { gamepad, hand, handedness } = sources[i]!;
    if (hand || !gamepad || gamepad.axes.length < 4) continue;
    if (handedness === side) wanted = gamepad;
    only = gamepad;
    count++;
  }
  if (count === 1) return side === 'right' ? only : null;
  return wanted;
}
