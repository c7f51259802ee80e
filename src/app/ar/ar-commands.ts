/**
 * What the visitor can do with the world in their room; for the menu and for scripts. Each does nothing where it makes no
 * sense: outside AR, or for a form that has no size. Everything works with one hand, or by looking and pinching.
 */
export type ArCommands = {
  /**
   * The form follows the aiming ray (the chosen hand's, else the gaze) until the next press of either hand. A stick turns
   * it sideways and sizes it forward and back meanwhile. The overlay has no place of its own: it is laid out again around
   * the visitor, at once.
   */
  place(): void;
  /** Puts it down where it is now. */
  confirm(): void;
  /** Turns the form where it stands, the overlay around the visitor. Radians, positive to the left. */
  turnBy(angleRad: number): void;
  /** Makes the window's opening, or the model, larger or smaller. */
  scaleBy(factor: number): void;
  /** As on entering: a good place ahead of the visitor, and the first size. */
  reset(): void;
};

let current: ArCommands | null = null;

/** The scene of the running session says who obeys; null: no AR session. */
export function setArCommands(commands: ArCommands | null): void {
  current = commands;
}

export const arCommands: ArCommands = {
  place: () => current?.place(),
  confirm: () => current?.confirm(),
  turnBy: (angleRad) => current?.turnBy(angleRad),
  scaleBy: (factor) => current?.scaleBy(factor),
  reset: () => current?.reset(),
};
