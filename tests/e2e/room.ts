import type * as Sem from '@iwer/sem';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Iwer from 'iwer';
import type { Page } from 'playwright';
import { headsetScript, type EyePicture } from './headset';

/** Rooms that were scanned with a headset and come with the emulator. */
export type RoomName = 'living_room' | 'meeting_room' | 'music_room' | 'office_large' | 'office_small';

type ProbeWindow = {
  IWER_SEM: typeof Sem;
  headset: { device: Iwer.XRDevice };
  room: {
    picture(eye: number): string;
    depth(eye: number): string;
  };
};

/** Runs in the page, after the headset is there: it may use nothing from outside. */
function install(environment: Parameters<Sem.SyntheticEnvironmentModule['loadEnvironment']>[0]): void {
  const probe = window as unknown as ProbeWindow;
  const { device } = probe.headset;
  device.installSEM(probe.IWER_SEM.SyntheticEnvironmentModule);
  const sem = device.sem as Sem.SyntheticEnvironmentModule;
  sem.loadEnvironment(environment);
  // Nobody looks at the room behind the canvas, and a software GPU draws it: only on demand.
  const draw = sem.render.bind(sem);
  sem.render = () => {};
  // The emulator measures depth anew in each display frame; of a head that stands still it is the same.
  const measure = sem.computeDepthBuffer.bind(sem);
  const measured = new Map<string, ReturnType<typeof measure>>();
  sem.computeDepthBuffer = (view, projection, width, height, near, far) => {
    const key = [...view, ...projection, width, height].map((value) => value.toFixed(5)).join();
    if (!measured.has(key)) {
      if (measured.size > 3) measured.clear();
      measured.set(key, measure(view, projection, width, height, near, far));
    }
    return measured.get(key)!;
  };
  const { renderer } = sem as unknown as { renderer: { getContext(): WebGL2RenderingContext } };

  function text(bytes: Uint8Array): string {
    let binary = '';
    for (let i = 0; i < bytes.length; i += 32768) binary += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return btoa(binary);
  }

  /** World from view of an eye, and its projection, as the emulator makes them; column-major. */
  function eyeMatrices(eye: number): { view: Float32Array; projection: Float32Array; width: number; height: number } {
    const { width, height } = device.canvasDimensions!;
    const { x, y, z, w } = device.quaternion;
    const half = (eye === 0 ? -1 : 1) * (device.ipd / 2);
    const right = [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)];
    const up = [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)];
    const back = [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)];
    const at = [0, 1, 2].map((i) => device.position.vec3[i]! + half * right[i]!);
    const dot = (a: number[]): number => -(a[0]! * at[0]! + a[1]! * at[1]! + a[2]! * at[2]!);
    const view = new Float32Array(16);
    [right, up, back].forEach((axis, row) => [0, 1, 2].forEach((column) => (view[4 * column + row] = axis[column]!)));
    view.set([dot(right), dot(up), dot(back), 1], 12);
    const { depthNear: near, depthFar: far } = device.activeSession!.renderState;
    const focal = 1 / Math.tan(device.fovy / 2);
    const projection = new Float32Array(16);
    projection.set([focal / (width / 2 / height), 0, 0, 0, 0, focal, 0, 0, 0, 0, (near + far) / (near - far), -1, 0, 0, (2 * near * far) / (near - far), 0]);
    return { view, projection, width: width / 2, height };
  }

  Object.assign(window, {
    room: {
      /** The room without the page's picture, as one eye sees it: RGBA, rows from the bottom. */
      picture(eye: number) {
        const { width, height } = device.canvasDimensions!;
        const { x, y, z } = device.position;
        const { view } = eyeMatrices(eye);
        const half = (eye === 0 ? -1 : 1) * (device.ipd / 2);
        // The emulator draws one eye in the whole canvas: its middle, half as wide, is what an eye of half the width sees.
        device.position.set(x + half * view[0]!, y + half * view[4]!, z + half * view[8]!);
        draw();
        device.position.set(x, y, z);
        const gl = renderer.getContext();
        const pixels = new Uint8Array(width * height * 2);
        gl.readPixels(width / 4, 0, width / 2, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
        return text(pixels);
      },
      /** The room's true depth along the view axis of one eye, metres, rows from the top, at the size of its picture. */
      depth(eye: number) {
        const { view, projection, width, height } = eyeMatrices(eye);
        const { depthNear, depthFar } = device.activeSession!.renderState;
        const result = sem.computeDepthBuffer(view, projection, width, height, depthNear, depthFar);
        return text(new Uint8Array(result!.data as ArrayBuffer));
      },
    },
  });
}

/** The script for `openPage({ initScript })`: the emulated headset of `headset.ts` in a scanned room, with its depth. */
export function roomScript(name: RoomName): string {
  const require = createRequire(import.meta.url);
  const folder = require.resolve('@iwer/sem').replace(/lib\/src\/index\.js$/, '');
  const sem = readFileSync(`${folder}build/iwer-sem.min.js`, 'utf8');
  const environment = readFileSync(`${folder}captures/${name}.json`, 'utf8');
  return `${headsetScript()}\n;${sem}\n;(${install.toString()})(${environment});`;
}

/** What one eye would see of the room with nothing of the page in it. */
export async function roomPicture(page: Page, eye: 'left' | 'right', size: { width: number; height: number }): Promise<EyePicture> {
  const raw = await page.evaluate((index) => (window as unknown as ProbeWindow).room.picture(index), eye === 'left' ? 0 : 1);
  const bytes = Buffer.from(raw, 'base64');
  const rgba = new Uint8Array(bytes.length);
  const row = size.width * 4;
  for (let y = 0; y < size.height; y++) rgba.set(bytes.subarray((size.height - 1 - y) * row, (size.height - y) * row), y * row);
  return { ...size, rgba };
}

/** The room's true depth for one eye, metres along its axis, rows from the top, one value a pixel of its picture. */
export async function roomDepth(page: Page, eye: 'left' | 'right'): Promise<Float32Array> {
  const raw = await page.evaluate((index) => (window as unknown as ProbeWindow).room.depth(index), eye === 'left' ? 0 : 1);
  const bytes = Buffer.from(raw, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Moves the emulated head. @param pitchRad positive up @param yawRad positive to the left */
export async function lookFrom(page: Page, x: number, y: number, z: number, yawRad: number, pitchRad = 0): Promise<void> {
  await page.evaluate(
    (head) => {
      const { device } = (window as unknown as ProbeWindow).headset;
      const [cy, sy] = [Math.cos(head.yawRad / 2), Math.sin(head.yawRad / 2)];
      const [cp, sp] = [Math.cos(head.pitchRad / 2), Math.sin(head.pitchRad / 2)];
      device.position.set(head.x, head.y, head.z);
      device.quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp);
    },
    { x, y, z, yawRad, pitchRad },
  );
}
