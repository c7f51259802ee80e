import { buttonNames } from '../action/action';
import { FlipDecider, type FlipFrame } from '../latency/optical/flip';
import { flipEventName } from '../latency/optical/trace-flips';
import type { OpticalChoice } from './options';
import type { Visit } from './visit';

const left = buttonNames.indexOf('triggerLeft');
const right = buttonNames.indexOf('triggerRight');

/**
 * Flips the optical patch from what the visit is about to draw, and writes each flip into the visit's log. Nothing is
 * allocated but the event of a flip.
 */
export class OpticalFlips {
  private readonly decider = new FlipDecider();
  private readonly frame: FlipFrame;
  private source: OpticalChoice = 'off';
  /** Row of the display log with a flip that is not written down yet. */
  private flippedRow = -1;

  constructor(private readonly visit: Visit) {
    const { worldFromHead } = visit;
    this.frame = { atMs: 0, worldFromHead, trigger: 0, actionId: 0, actionAtMs: 0, drawnActionId: 0 };
  }

  /** Once a display frame, between the visit's update and the draw. @returns the level to draw: 0 black, 1 white */
  update(source: OpticalChoice): 0 | 1 {
    const { visit, frame, decider } = this;
    this.writeDown();
    if (source !== this.source) {
      this.source = source;
      if (source !== 'off') decider.start(source);
    }
    if (source === 'off') return 0;
    const { action, latency } = visit;
    const { buttons } = action.intent;
    frame.atMs = latency.log.display.get(latency.row, 'atMs');
    frame.trigger = Math.max(buttons[left]!, buttons[right]!);
    frame.actionId = action.id;
    frame.actionAtMs = action.atMs;
    frame.drawnActionId = visit.view.lastDrawn?.actionId ?? 0;
    if (decider.update(frame)) this.flippedRow = latency.row;
    return decider.level;
  }

  /** In the display frame after: only then it is known whether the draw calls came in time for the expected display. */
  private writeDown(): void {
    if (this.flippedRow < 0) return;
    const { decider, visit, flippedRow, source } = this;
    const { display } = visit.latency.log;
    const { level, onsetMs, actionId, presses } = decider;
    this.flippedRow = -1;
    // The log was cleared meanwhile.
    if (!display.has(flippedRow)) return;
    const frameMs = display.get(flippedRow, 'atMs');
    visit.spans.event(flipEventName, display.get(flippedRow, 'expectedDisplayMs'), { source, level, onsetMs, frameMs, actionId, presses });
  }
}
