/** What a head does for a while. */
export type Motion = 'yaw' | 'lean' | 'steps' | 'walk' | 'turn';

/** Head relative to where it began: metres forward along the first heading and to the right, radians to the left. */
export type HeadOffset = { forward: number; right: number; yaw: number };

const yawRad = Math.PI / 6;
const leanM = 0.1;
/** A step of 0.25 m in 0.4 s, then rest, once a second. */
const stepM = 0.25;
const stepS = 0.4;
const walkMps = 1;
/** Half a turn in a second, then rest. */
const turnS = 1;

const smooth = (t: number): number => t * t * (3 - 2 * t);

/**
 * The offset `t` seconds after a motion began. Yaw: 1 Hz, 30 degrees either way. Lean: to the side, 0.5 Hz, 10 cm either
 * way (research, chapter 3). Yaw and turn only rotate, the others only move.
 */
export function offsetIn(motion: Motion, t: number, out: HeadOffset): void {
  out.forward = 0;
  out.right = 0;
  out.yaw = 0;
  switch (motion) {
    case 'yaw':
      out.yaw = yawRad * Math.sin(2 * Math.PI * t);
      return;
    case 'lean':
      out.right = leanM * Math.sin(Math.PI * t);
      return;
    case 'steps': {
      const whole = Math.floor(t);
      out.forward = stepM * (whole + smooth(Math.min(1, (t - whole) / stepS)));
      return;
    }
    case 'walk':
      out.forward = walkMps * t;
      return;
    case 'turn':
      out.yaw = Math.PI * smooth(Math.min(1, t / turnS));
  }
}
