import { ArrayCamera, Matrix4, PerspectiveCamera, Vector3, Vector4, WebGLRenderer, type Camera, type Scene } from 'three';
import { expect } from 'vitest';

/** A picture as it goes to the headset: premultiplied RGBA, pixels from the top left. */
export type RoomPicture = { width: number; height: number; rgba: (x: number, y: number) => [number, number, number, number] };

export function roomRenderer(): WebGLRenderer {
  const renderer = new WebGLRenderer({ antialias: false, alpha: true, preserveDrawingBuffer: true });
  renderer.setClearColor(0, 0);
  renderer.debug.onShaderError = (gl, _program, vertex, fragment) => {
    throw new Error(`${gl.getShaderInfoLog(vertex)} ${gl.getShaderInfoLog(fragment)}`);
  };
  return renderer;
}

export function draw(renderer: WebGLRenderer, scene: Scene, camera: Camera, width: number, height: number): RoomPicture {
  renderer.setSize(width, height, false);
  renderer.render(scene, camera);
  const bytes = new Uint8Array(width * height * 4);
  const gl = renderer.getContext();
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
  expect(gl.getError()).toBe(0);
  const rgba = (x: number, y: number): [number, number, number, number] => {
    const at = ((height - 1 - y) * width + x) * 4;
    return [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  };
  return { width, height, rgba };
}

/** An eye as three makes it in a session: its view carries the scale of the room. */
export function eyeAt(worldFromEye: Matrix4, fovYDeg: number, aspect: number): PerspectiveCamera {
  const camera = new PerspectiveCamera(fovYDeg, aspect, 0.05, 100);
  camera.matrixAutoUpdate = false;
  camera.matrixWorldAutoUpdate = false;
  camera.matrixWorld.copy(worldFromEye);
  camera.matrixWorldInverse.copy(worldFromEye).invert();
  return camera;
}

/** Two eyes side by side, `side` pixels each. @param worldFromHead may have a scale. @param ipdM metres of the room */
export function eyesAt(worldFromHead: Matrix4, ipdM: number, fovYDeg: number, side: number): ArrayCamera {
  const eyes = [-1, 1].map((sign, i) => {
    const eye = eyeAt(worldFromHead.clone().multiply(new Matrix4().makeTranslation((sign * ipdM) / 2, 0, 0)), fovYDeg, 1);
    (eye as PerspectiveCamera & { viewport: Vector4 }).viewport = new Vector4(i * side, 0, side, side);
    return eye;
  });
  const both = new ArrayCamera(eyes as never);
  both.matrixAutoUpdate = false;
  both.matrixWorldAutoUpdate = false;
  return both;
}

/** Direction through the middle of a pixel in eye space, with z = -1. */
export function rayOf(camera: PerspectiveCamera, px: number, py: number, width: number, height: number): Vector3 {
  const { elements: p } = camera.projectionMatrix;
  const x = ((px + 0.5) / width) * 2 - 1;
  const y = 1 - ((py + 0.5) / height) * 2;
  return new Vector3((x + p[8]!) / p[0]!, (y + p[9]!) / p[5]!, -1);
}

/** How well two sets of pixels agree: intersection over union. */
export function iou(count: number, isIn: (i: number) => boolean, truth: (i: number) => boolean): number {
  let both = 0;
  let any = 0;
  for (let i = 0; i < count; i++) {
    const [a, b] = [isIn(i), truth(i)];
    if (a && b) both++;
    if (a || b) any++;
  }
  return both / any;
}
