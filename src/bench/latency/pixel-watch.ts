import type { Page } from 'playwright';
import type { EmulatedHeadset } from '../emulated-headset';

/** A pose of the head in its tracked room: metres, and a unit quaternion (x, y, z, w). */
export type RoomPose = {
  position: readonly [number, number, number];
  quaternion: readonly [number, number, number, number];
};

/** One display frame as it was drawn. */
export type WatchedFrame = {
  /** When its pixels were read, right after the page drew it; ms on the window's clock, as all times here. */
  atMs: number;
  /** The model frame that it was drawn from, and when the step began that painted that. */
  frameId: number;
  stepBegunMs: number;
  /** Brightness of the middle of the left eye, 0 … 255, row by row. */
  luma: Uint8Array;
};

/** What happened around one change of the head's pose. */
export type Trial = {
  /** When the pose was changed: between the last frame of `before` and the first of `after`. */
  changedAtMs: number;
  /** Display frames with the old pose, of a picture that no longer changed. */
  before: WatchedFrame[];
  /** All display frames after the change; the last one is painted from the new pose and no longer changes. */
  after: WatchedFrame[];
  /** For each model frame in `after` that the page has a trace of: when the head pose that it knows was sampled. */
  poseSampledMs: Record<number, number>;
};

export type TrialOrder = {
  to: RoomPose;
  /** The picture stands still already, as the trial before has left it. */
  isSettled: boolean;
  /** Display frames to read before the change. */
  leadFrames: number;
  /** A model frame whose step began so long after a change knows of it, and so does all that came with it, ms. */
  settleMs: number;
  /** How long a settled picture is drawn before it counts as standing still (fades are over), ms and display frames. */
  standMs: number;
  standFrames: number;
  /** @throws in the page when a picture has not settled after this, ms */
  limitMs: number;
};

/** What {@link watchPixels} leaves in the page. */
type PixelWatch = {
  trial(order: TrialOrder): Promise<RawTrial>;
  pose(pose: RoomPose): void;
};
type RawFrame = Omit<WatchedFrame, 'luma'>;
type RawTrial = Omit<Trial, 'before' | 'after'> & { before: RawFrame[]; after: RawFrame[]; pixels: string };
type WatchWindow = { pixelWatch: PixelWatch; headset: EmulatedHeadset };

/** Share of an eye's picture, each way, that is looked at: its middle, which every mode has pixels for after a turn. */
const lookedAt = 0.6;

/**
 * Runs in the page before its own code: reads back what each display frame drew, in the callback right after the page's
 * own and before the browser shows it. It may use nothing from outside; Playwright sends its text.
 */
function watchPixels(share: number): void {
  const { device } = (window as unknown as WatchWindow).headset;
  let bytes = new Uint8Array(0);

  /** The left half of the canvas is the left eye. */
  function readLuma(): Uint8Array {
    const gl = document.querySelector('canvas')!.getContext('webgl2')!;
    const { drawingBufferWidth, drawingBufferHeight } = gl;
    const width = Math.round((drawingBufferWidth / 2) * share);
    const height = Math.round(drawingBufferHeight * share);
    if (bytes.length !== width * height * 4) bytes = new Uint8Array(width * height * 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    const left = Math.round((drawingBufferWidth / 2 - width) / 2);
    gl.readPixels(left, Math.round((drawingBufferHeight - height) / 2), width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    const luma = new Uint8Array(width * height);
    for (let i = 0; i < luma.length; i++) {
      luma[i] = Math.round(0.2126 * bytes[4 * i]! + 0.7152 * bytes[4 * i + 1]! + 0.0722 * bytes[4 * i + 2]!);
    }
    return luma;
  }

  function watched(): WatchedFrame {
    const luma = readLuma();
    const { frame } = window.reverie.stats();
    const atMs = performance.now();
    return { atMs, frameId: frame.id, stepBegunMs: atMs - frame.ageMs, luma };
  }

  function setPose({ position, quaternion }: RoomPose): void {
    device.position.set(...position);
    device.quaternion.set(...quaternion);
  }

  function run(order: TrialOrder): Promise<Trial> {
    return new Promise((resolve, reject) => {
      const session = device.activeSession!;
      const begunMs = performance.now();
      const before: WatchedFrame[] = [];
      const after: WatchedFrame[] = [];
      let changedAtMs = Number.NaN;
      let standsSinceMs = Number.NaN;
      let stands = 0;
      const next = (): void => {
        const frame = watched();
        if (frame.atMs - begunMs > order.limitMs) {
          const what = Number.isNaN(changedAtMs) ? 'before' : 'after';
          reject(new Error(`No settled picture ${what} the change of the pose within ${order.limitMs} ms.`));
          return;
        }
        const since = Number.isNaN(changedAtMs) ? begunMs : changedAtMs;
        if (frame.stepBegunMs > since + order.settleMs) {
          if (stands++ === 0) standsSinceMs = frame.atMs;
        }
        const isAtRest = Number.isNaN(changedAtMs) && order.isSettled;
        const still = isAtRest || (stands > order.standFrames && frame.atMs - standsSinceMs >= order.standMs);
        if (!Number.isNaN(changedAtMs)) after.push(frame);
        else if (still) before.push(frame);
        if (Number.isNaN(changedAtMs) && before.length >= order.leadFrames) {
          // Between two display frames: the next one is the first that can know.
          setPose(order.to);
          changedAtMs = performance.now();
          stands = 0;
        } else if (!Number.isNaN(changedAtMs) && still) {
          const poseSampledMs: Record<number, number> = {};
          const ids = new Set(after.map(({ frameId }) => frameId));
          for (const entry of window.reverie.trace()) {
            if (ids.has(entry.frameId)) poseSampledMs[entry.frameId] = entry.actionAtMs;
          }
          resolve({ changedAtMs, before, after, poseSampledMs });
          return;
        }
        session.requestAnimationFrame(next);
      };
      session.requestAnimationFrame(next);
    });
  }

  const packed = async (order: TrialOrder): Promise<RawTrial> => {
    const { before, after, ...rest } = await run(order);
    let pixels = '';
    for (const { luma } of [...before, ...after]) pixels += String.fromCharCode(...luma);
    const plain = ({ atMs, frameId, stepBegunMs }: WatchedFrame): RawFrame => ({ atMs, frameId, stepBegunMs });
    return { ...rest, before: before.map(plain), after: after.map(plain), pixels: btoa(pixels) };
  };
  Object.assign(window, { pixelWatch: { trial: packed, pose: setPose } satisfies PixelWatch });
}

/** A script to run in a page before its own code and after {@link emulatedHeadsetScript}. */
export function pixelWatchScript(): string {
  return `;(${watchPixels.toString()})(${lookedAt});`;
}

/**
 * Waits until the picture of the present pose stands still, changes the pose between two display frames, and reads every
 * display frame until the picture stands still again. Needs a running session and the option `trace`.
 */
export async function runTrial(page: Page, order: TrialOrder): Promise<Trial> {
  const raw = await page.evaluate((given) => (window as unknown as WatchWindow).pixelWatch.trial(given), order);
  const { before, after, pixels, ...rest } = raw;
  const bytes = new Uint8Array(Buffer.from(pixels, 'base64'));
  const size = bytes.length / (before.length + after.length);
  const withLuma = (frame: RawFrame, k: number): WatchedFrame => ({ ...frame, luma: bytes.subarray(k * size, (k + 1) * size) });
  return { ...rest, before: before.map(withLuma), after: after.map((frame, k) => withLuma(frame, before.length + k)) };
}

/** Puts the head somewhere in its room, at once. */
export async function setHead(page: Page, to: RoomPose): Promise<void> {
  await page.evaluate((pose) => (window as unknown as WatchWindow).pixelWatch.pose(pose), to);
}
