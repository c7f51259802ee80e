import { headingYaw } from '../math/pose';
import type { Pose } from '../math/types';
import { CanvasPanel } from './canvas-panel';

const widthPx = 1024;
const heightPx = 384;
const widthM = 0.8;
const distanceM = 1.1;
/** Below the eyes, so that it covers the floor ahead and not the view. */
const dropM = 0.28;
const marginPx = 56;
/** Sizes that are tried until the sentence fits. */
const fontSizesPx = [40, 34, 28, 24] as const;
const lineHeight = 1.35;

/**
 * A sentence inside the headset, where the page's own notices cannot be seen. It stands in the world where it appeared,
 * an arm's length ahead, and is not hidden by walls.
 */
export class NoticePanel extends CanvasPanel {
  constructor() {
    super({ widthPx, heightPx, widthM }, 'notice', 900);
  }

  /**
   * Shows a sentence, and below it what the trigger does; places itself before the head.
   * @param worldPerRoomM scale of the visitor's room: before a small model they are a giant, and so is the sign
   */
  say(text: string, triggerDoes: string | null, worldFromHead: Pose, worldPerRoomM: number): void {
    this.draw(text, triggerDoes);
    const yaw = headingYaw(worldFromHead);
    this.rotation.set(-0.2, yaw, 0, 'YXZ');
    this.position.set(
      worldFromHead[12]! - Math.sin(yaw) * distanceM * worldPerRoomM,
      worldFromHead[13]! - dropM * worldPerRoomM,
      worldFromHead[14]! - Math.cos(yaw) * distanceM * worldPerRoomM,
    );
    this.scale.setScalar(worldPerRoomM);
    this.visible = true;
  }

  private draw(text: string, triggerDoes: string | null): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, widthPx, heightPx);
    context.fillStyle = 'rgba(20, 22, 28, 0.92)';
    context.beginPath();
    context.roundRect(0, 0, widthPx, heightPx, 36);
    context.fill();
    context.textBaseline = 'top';
    context.fillStyle = '#f4f1ea';
    const roomPx = heightPx - 2 * marginPx - (triggerDoes ? 60 : 0);
    let lines: string[] = [];
    let sizePx = 0;
    for (sizePx of fontSizesPx) {
      context.font = `${sizePx}px system-ui, sans-serif`;
      lines = wrap(text, (part) => context.measureText(part).width, widthPx - 2 * marginPx);
      if (lines.length * sizePx * lineHeight <= roomPx) break;
    }
    const most = Math.floor(roomPx / (sizePx * lineHeight));
    if (lines.length > most) lines = [...lines.slice(0, most - 1), `${lines[most - 1]} …`];
    for (const [k, line] of lines.entries()) context.fillText(line, marginPx, marginPx + k * sizePx * lineHeight);
    if (triggerDoes) {
      context.font = '36px system-ui, sans-serif';
      context.fillStyle = '#f3c987';
      context.fillText(`Trigger: ${triggerDoes}`, marginPx, heightPx - marginPx - 36);
    }
    this.texture.needsUpdate = true;
  }
}

/** Breaks a text into lines no wider than `most`; a word that is wider alone gets a line of its own. */
export function wrap(text: string, widthOf: (text: string) => number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer) > most) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line) lines.push(line);
  return lines;
}
