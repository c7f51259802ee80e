import { headingYaw } from '../math/pose';
import { wrapAngle } from '../math/scalars';
import type { Pose } from '../math/types';
import { CanvasPanel } from './canvas-panel';

const widthPx = 768;
const heightPx = 96;
const widthM = 0.62;
const distanceM = 1.3;
/** Low in the view: below what one looks at, radians. */
const downRad = 0.36;
/** It stays until the head has turned so far, and then glides after it, radians. */
const leaveRad = 0.42;
const arriveRad = 0.04;
/** Share of the turn that is left after a second. */
const leftAfterSecond = 0.01;

/** One line of words low in the view of a headset. It follows the head lazily: text fixed to the head cannot be read. */
export class CaptionPanel extends CanvasPanel {
  private text = '';
  private yawRad = 0;
  private isTurning = false;

  constructor() {
    super({ widthPx, heightPx, widthM }, 'caption', 880);
  }

  /** @param text empty: nothing is said */
  say(text: string, worldFromHead: Pose): void {
    if (text === this.text) return;
    const wasHidden = this.text === '';
    this.text = text;
    this.visible = text !== '';
    if (!this.visible) return;
    if (wasHidden) this.yawRad = headingYaw(worldFromHead);
    this.draw(text);
  }

  /** Once a display frame. @param worldPerRoomM scale of the visitor's room */
  follow(worldFromHead: Pose, worldPerRoomM: number, dtS: number): void {
    if (!this.visible) return;
    const off = wrapAngle(headingYaw(worldFromHead) - this.yawRad);
    this.isTurning = Math.abs(off) > (this.isTurning ? arriveRad : leaveRad);
    if (this.isTurning) this.yawRad = wrapAngle(this.yawRad + off * (1 - leftAfterSecond ** dtS));
    const level = distanceM * Math.cos(downRad) * worldPerRoomM;
    this.rotation.set(-downRad, this.yawRad, 0, 'YXZ');
    this.position.set(
      worldFromHead[12]! - Math.sin(this.yawRad) * level,
      worldFromHead[13]! - distanceM * Math.sin(downRad) * worldPerRoomM,
      worldFromHead[14]! - Math.cos(this.yawRad) * level,
    );
    this.scale.setScalar(worldPerRoomM);
  }

  private draw(text: string): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, widthPx, heightPx);
    context.font = '44px system-ui, sans-serif';
    const textPx = Math.min(context.measureText(text).width, widthPx - 64);
    context.fillStyle = 'rgba(20, 22, 28, 0.82)';
    context.beginPath();
    context.roundRect((widthPx - textPx) / 2 - 30, 6, textPx + 60, heightPx - 12, 30);
    context.fill();
    context.fillStyle = '#f4f1ea';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(text, widthPx / 2, heightPx / 2, widthPx - 64);
    this.texture.needsUpdate = true;
  }
}
