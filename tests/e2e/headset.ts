import type * as Iwer from 'iwer';
import type { Page } from 'playwright';
import { emulatedHeadsetScript, type EmulatedHeadset } from '../../src/bench/emulated-headset';

/**
 * Runs in the page before its own code and after the emulated headset: a probe that reads what was drawn. The probe's
 * frame callback is registered after the page's own, so it sees the pixels of the very display frame that the page has
 * just drawn; it changes nothing.
 * @param posesMissing display frames at the begin of each session in which the runtime has no pose of the viewer yet
 */
function probe(posesMissing: number): void {
  const { headset } = window as unknown as { headset: EmulatedHeadset };
  const { device } = headset;

  // Per session, its first frames: all callers within one frame get the same answer.
  const firstFrames = new WeakMap<XRSession, WeakSet<XRFrame>>();
  const counts = new WeakMap<XRSession, number>();
  let refusedPoses = 0;
  const { getViewerPose } = XRFrame.prototype;
  if (posesMissing > 0) {
    XRFrame.prototype.getViewerPose = function (this: XRFrame, space: XRReferenceSpace) {
      const frames = firstFrames.get(this.session) ?? new WeakSet<XRFrame>();
      firstFrames.set(this.session, frames);
      const count = counts.get(this.session) ?? 0;
      if (!frames.has(this) && count < posesMissing) {
        frames.add(this);
        counts.set(this.session, count + 1);
        refusedPoses++;
      }
      // Null is what the standard says; the types say undefined.
      return frames.has(this) ? (null as unknown as undefined) : getViewerPose.call(this, space);
    };
  }

  type Capture = { width: number; height: number; frameId: number; pixels: string };

  function read(): Capture {
    // In a session the emulator has the page's canvas, perhaps beside one with the room.
    const canvas = device.appCanvas ?? document.querySelector('canvas')!;
    const gl = canvas.getContext('webgl2')!;
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    const bytes = new Uint8Array(width * height * 4);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    let binary = '';
    for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return { width, height, frameId: window.reverie.stats().frame.id, pixels: btoa(binary) };
  }

  function nextFrame(): Promise<void> {
    return new Promise((resolve) => {
      device.activeSession!.requestAnimationFrame(() => resolve());
    });
  }

  Object.assign(headset, {
    /** Display frames without a pose so far. */
    refusedPoses: () => refusedPoses,
    /** Display frames of the session in about `ms`. */
    countFrames(ms: number) {
      return new Promise<{ frames: number; ms: number }>((resolve) => {
        const session = device.activeSession!;
        const begunMs = performance.now();
        let frames = 0;
        const next = (): void => {
          const passedMs = performance.now() - begunMs;
          if (passedMs >= ms) resolve({ frames, ms: passedMs });
          else {
            frames++;
            session.requestAnimationFrame(next);
          }
        };
        session.requestAnimationFrame(next);
      });
    },
    /** Pixels of the next display frame. */
    async capture() {
      await nextFrame();
      return read();
    },
    /** Pixels of one display frame, then turns the head, then the pixels of the display frame right after it. */
    captureTurn(x: number, y: number, z: number, w: number) {
      return new Promise<{ before: Capture; after: Capture }>((resolve) => {
        const session = device.activeSession!;
        session.requestAnimationFrame(() => {
          const before = read();
          device.quaternion.set(x, y, z, w);
          session.requestAnimationFrame(() => resolve({ before, after: read() }));
        });
      });
    },
  });
}

/**
 * The script for `openPage({ initScript })`.
 * @param posesMissing display frames at the begin of each session without a pose of the viewer
 */
export function headsetScript(posesMissing = 0): string {
  return `${emulatedHeadsetScript()}\n;(${probe.toString()})(${posesMissing});`;
}

/** One eye's picture, rows from the top. */
export type EyePicture = { width: number; height: number; rgba: Uint8Array };
export type Capture = { frameId: number; left: EyePicture; right: EyePicture };

type RawCapture = { width: number; height: number; frameId: number; pixels: string };
type ProbeWindow = {
  headset: {
    device: Iwer.XRDevice;
    refusedPoses(): number;
    countFrames(ms: number): Promise<{ frames: number; ms: number }>;
    capture(): Promise<RawCapture>;
    captureTurn(x: number, y: number, z: number, w: number): Promise<{ before: RawCapture; after: RawCapture }>;
  };
};

function eyes(raw: RawCapture): Capture {
  const bytes = Buffer.from(raw.pixels, 'base64');
  const half = raw.width / 2;
  const eye = (x0: number): EyePicture => {
    const rgba = new Uint8Array(half * raw.height * 4);
    for (let y = 0; y < raw.height; y++) {
      // readPixels gives rows from the bottom.
      const from = ((raw.height - 1 - y) * raw.width + x0) * 4;
      rgba.set(bytes.subarray(from, from + half * 4), y * half * 4);
    }
    return { width: half, height: raw.height, rgba };
  };
  return { frameId: raw.frameId, left: eye(0), right: eye(half) };
}

export async function capture(page: Page): Promise<Capture> {
  return eyes(await page.evaluate(() => (window as unknown as ProbeWindow).headset.capture()));
}

/** Captures a display frame, turns the head to `yawRad` (in the room), and captures the very next display frame. */
export async function captureTurn(page: Page, yawRad: number): Promise<{ before: Capture; after: Capture }> {
  const [y, w] = [Math.sin(yawRad / 2), Math.cos(yawRad / 2)];
  const raw = await page.evaluate(
    ([qy, qw]) => (window as unknown as ProbeWindow).headset.captureTurn(0, qy!, 0, qw!),
    [y, w],
  );
  return { before: eyes(raw.before), after: eyes(raw.after) };
}

/** Moves the emulated head in its room. @param yawRad positive to the left */
export async function moveHead(page: Page, x: number, y: number, z: number, yawRad: number): Promise<void> {
  await page.evaluate(
    (head) => {
      const { device } = (window as unknown as ProbeWindow).headset;
      device.position.set(head.x, head.y, head.z);
      device.quaternion.set(0, Math.sin(head.yawRad / 2), 0, Math.cos(head.yawRad / 2));
    },
    { x, y, z, yawRad },
  );
}

/** Turns the emulated head where it stands. @param yawRad in the room, positive to the left */
export async function turnHead(page: Page, yawRad: number): Promise<void> {
  await page.evaluate((yaw) => {
    const { device } = (window as unknown as ProbeWindow).headset;
    device.quaternion.set(0, Math.sin(yaw / 2), 0, Math.cos(yaw / 2));
  }, yawRad);
}

/** Display frames so far in which the runtime had no pose of the viewer. */
export function refusedPoses(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as ProbeWindow).headset.refusedPoses());
}

/** Counts the session's display frames for about `ms`. */
export async function countFrames(page: Page, ms: number): Promise<{ frames: number; hz: number }> {
  const counted = await page.evaluate((wanted) => (window as unknown as ProbeWindow).headset.countFrames(wanted), ms);
  return { frames: counted.frames, hz: (1000 * counted.frames) / counted.ms };
}

/** What the running session clips to, metres; null when no session runs. */
export function clipPlanes(page: Page): Promise<{ depthNear: number; depthFar: number } | null> {
  return page.evaluate(() => {
    const session = (window as unknown as ProbeWindow).headset.device.activeSession;
    if (!session) return null;
    const { depthNear, depthFar } = session.renderState;
    return { depthNear, depthFar };
  });
}

/** Pushes a controller's stick; (0, 0) lets go. */
export async function pushStick(page: Page, hand: 'left' | 'right', x: number, y: number): Promise<void> {
  await page.evaluate(
    (push) => {
      const { device } = (window as unknown as ProbeWindow).headset;
      device.controllers[push.hand]!.updateAxes('thumbstick', push.x, push.y);
    },
    { hand, x, y },
  );
}

/** Presses or lets go of a controller's trigger. @param value 0 released … 1 pressed */
export async function pullTrigger(page: Page, hand: 'left' | 'right', value: number): Promise<void> {
  await page.evaluate(
    (pull) => {
      const { device } = (window as unknown as ProbeWindow).headset;
      device.controllers[pull.hand]!.updateButtonValue('trigger', pull.value);
    },
    { hand, value },
  );
}

/** Luma (Rec. 709 weights on encoded values), 0..255, of an eye's picture. */
export function luma({ rgba, width, height }: EyePicture): Float32Array {
  const out = new Float32Array(width * height);
  for (let i = 0; i < out.length; i++) {
    out[i] = 0.2126 * rgba[4 * i]! + 0.7152 * rgba[4 * i + 1]! + 0.0722 * rgba[4 * i + 2]!;
  }
  return out;
}
