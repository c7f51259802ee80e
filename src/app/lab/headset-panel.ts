import type { Pose } from '../../math/types';
import { CanvasPanel } from '../../xr/canvas-panel';
import { wrap } from '../../xr/notice-panel';
import type { HeadsetContent } from './headset-content';
import { createStanding, follow, labBerth } from './lazy-follow';
import type { PlotRows } from './plot-rows';

const widthPx = 768;
const heightPx = 560;
const widthM = 0.62;
const marginPx = 36;
const sans = 'system-ui, sans-serif';
const ink = '#f4f1ea';
const inkSoft = '#c6cad3';
const accent = '#f3c987';
const sparkHeightPx = 72;
/** What the line shows at least, ms: at 72 Hz a frame takes 14. */
const sparkAtLeastMs = 30;

/** The lab's main numbers inside the headset. Stands in the world and follows lazily; drawn a few times a second. */
export class HeadsetPanel extends CanvasPanel {
  private readonly standing = createStanding();
  private readonly berth = { ...labBerth };

  constructor() {
    // Below the sentences about errors.
    super({ widthPx, heightPx, widthM }, 'latency lab', 890);
  }

  /** Once a display frame while it is shown. @param worldPerRoomM scale of the visitor's room */
  place(worldFromHead: Pose, worldPerRoomM: number, dtS: number): void {
    const { standing, berth } = this;
    // Turned poses have a scale of 1 but for rounding.
    if (Math.abs(worldPerRoomM / this.scale.x - 1) > 1e-3) {
      this.scale.setScalar(worldPerRoomM);
      berth.distanceM = labBerth.distanceM * worldPerRoomM;
      berth.dropM = labBerth.dropM * worldPerRoomM;
      berth.leaveM = labBerth.leaveM * worldPerRoomM;
      standing.isPlaced = false;
    }
    follow(standing, worldFromHead, dtS, berth);
    this.position.set(standing.x, standing.y, standing.z);
    this.rotation.set(-0.12, standing.yaw, 0, 'YXZ');
  }

  show(): void {
    this.standing.isPlaced = false;
    this.visible = true;
  }

  /** @param intervals time between display frames, ms, as one line */
  draw(content: HeadsetContent, intervals: PlotRows): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, widthPx, heightPx);
    context.fillStyle = 'rgba(20, 22, 28, 0.92)';
    context.beginPath();
    context.roundRect(0, 0, widthPx, heightPx, 28);
    context.fill();
    context.textBaseline = 'alphabetic';
    drawHead(context, content);
    let y = 128;
    for (const [label, value] of content.rows) {
      text(context, label, marginPx, y, 27, inkSoft);
      text(context, value, widthPx - marginPx, y, 27, ink, 'right');
      y += 39;
    }
    drawSpark(context, intervals, y - 6);
    y += sparkHeightPx + 30;
    context.font = `22px ${sans}`;
    const lines = wrap(content.governor, (part) => context.measureText(part).width, widthPx - 2 * marginPx);
    for (const line of lines.slice(0, 2)) {
      text(context, line, marginPx, y, 22, inkSoft);
      y += 28;
    }
    text(context, 'B or Y: the other mode. Left stick: close.', marginPx, heightPx - marginPx + 10, 22, accent);
    this.texture.needsUpdate = true;
  }
}

type Context = CanvasRenderingContext2D;

function text(context: Context, words: string, x: number, y: number, sizePx: number, color: string, align: CanvasTextAlign = 'left'): void {
  context.font = `${sizePx}px ${sans}`;
  context.fillStyle = color;
  context.textAlign = align;
  context.fillText(words, x, y);
  context.textAlign = 'left';
}

function drawHead(context: Context, { side, mode }: HeadsetContent): void {
  text(context, 'Latency lab', marginPx, 64, 30, inkSoft);
  text(context, mode, widthPx - marginPx, 68, 44, ink, 'right');
  if (side === '') return;
  context.font = `44px ${sans}`;
  text(context, side, widthPx - marginPx - context.measureText(mode).width - 18, 68, 44, accent, 'right');
}

function drawSpark(context: Context, [times, values]: PlotRows, top: number): void {
  const left = marginPx;
  const right = widthPx - marginPx;
  const bottom = top + sparkHeightPx;
  let mostMs = sparkAtLeastMs;
  for (const value of values!) mostMs = Math.max(mostMs, value ?? 0);
  context.strokeStyle = 'rgba(255, 255, 255, 0.25)';
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, bottom);
  context.lineTo(right, bottom);
  context.stroke();
  if (times.length > 1) {
    const spanS = -times[0]!;
    context.strokeStyle = accent;
    context.lineWidth = 2;
    context.beginPath();
    for (let k = 0; k < times.length; k++) {
      const value = values![k];
      if (value === null || value === undefined) continue;
      context.lineTo(right + (times[k]! / spanS) * (right - left), bottom - (value / mostMs) * sparkHeightPx);
    }
    context.stroke();
  }
  text(context, `Display interval, up to ${Math.round(mostMs)} ms`, left, top + 4, 18, inkSoft);
}
