/** The page of the occlusion figure: the product's own view and the product's own ball, drawn into one depth buffer. */
import { Color, type InstancedMesh, MeshBasicMaterial, PerspectiveCamera, Scene, WebGLRenderer, WebGLRenderTarget } from 'three';
import { FrameAssembler } from '../../../workers/host/frame-assembler';
import type { Intrinsics } from '../../math/types';
import { BodyMeshes } from '../../physics/body-meshes';
import { WorldView } from '../../reproject/world-view';
import type { WorldInfo } from '../../world/contracts';
import { defaultLayerBudget } from '../../world/layer-budget';
import { ObjectLight } from '../../xr/light-estimate';
import { eyeFovDeg, eyeSize } from './occlusion-plan';

/** A painted frame as text: arrays do not travel between the program and its page. */
export type PaintedFrame = { worldFromCamera: number[]; camera: Intrinsics; colorBase64: string; depthBase64: string; atMs: number };
export type BallView = { worldFromEye: number[]; ball: { x: number; y: number; z: number; radiusM: number } };
/** One bit a pixel, rows from the top: the ball as the product shows it, and without any depth. */
export type BallMasks = { shownBase64: string; frontBase64: string };

export type OcclusionPageApi = {
  /** Another world, nothing remembered. */
  begin(info: WorldInfo): void;
  /** The next frame of the walk, as the worker would make it. */
  show(frame: PaintedFrame): void;
  masks(views: BallView[]): BallMasks[];
  /** The same ball in its own colours, as a PNG data URL. */
  picture(view: BallView): string;
};

declare global {
  interface Window {
    occlusionBench: OcclusionPageApi;
  }
}

/** As `src/app/Stage.tsx` draws. */
const nearM = 0.05;
const farM = 500;
/** Nothing in the source buffer looks like this. */
const markColor = new Color(1, 0, 1);

const renderer = new WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
renderer.setPixelRatio(1);
renderer.setSize(eyeSize, eyeSize, false);
renderer.debug.onShaderError = (gl, _program, vertex, fragment) => {
  throw new Error(`A shader does not compile: ${gl.getShaderInfoLog(vertex)} ${gl.getShaderInfoLog(fragment)}`);
};
const target = new WebGLRenderTarget(eyeSize, eyeSize);
const camera = new PerspectiveCamera(eyeFovDeg, 1, nearM, farM);
camera.matrixAutoUpdate = false;
const scene = new Scene();
const bodies = new BodyMeshes(4);
const light = new ObjectLight();
const mark = new MeshBasicMaterial({ color: markColor, toneMapped: false });
// The colour of the instance would tint it.
mark.onBeforeCompile = (shader) => {
  shader.fragmentShader = shader.fragmentShader.replace('#include <color_fragment>', '');
};
const look = { shape: 'ball', hue: 0 } as const;
const raw = new Uint8Array(eyeSize * eyeSize * 4);

let view = new WorldView(() => {});
let assembler = new FrameAssembler();

function place({ worldFromEye, ball }: BallView): void {
  camera.matrix.fromArray(worldFromEye);
  camera.updateMatrixWorld(true);
  bodies.begin();
  bodies.put(look, Float32Array.of(ball.x, ball.y, ball.z, 0, 0, 0, 1, ball.radiusM), 0);
  bodies.end();
}

/** @param material of the balls: their own, or the mark */
function dress(material: InstancedMesh['material']): void {
  for (const mesh of bodies.children as InstancedMesh[]) mesh.material = material;
}

function mask(): string {
  renderer.setRenderTarget(target);
  renderer.setClearColor(0x000000, 0);
  renderer.render(scene, camera);
  renderer.readRenderTargetPixels(target, 0, 0, eyeSize, eyeSize, raw);
  renderer.setRenderTarget(null);
  const bits = new Uint8Array((eyeSize * eyeSize) / 8);
  for (let y = 0; y < eyeSize; y++) {
    for (let x = 0; x < eyeSize; x++) {
      // OpenGL reads rows from the bottom.
      const p = 4 * ((eyeSize - 1 - y) * eyeSize + x);
      if (raw[p] !== 255 || raw[p + 1] !== 0 || raw[p + 2] !== 255 || raw[p + 3] !== 255) continue;
      const i = y * eyeSize + x;
      bits[i >> 3]! |= 1 << (i & 7);
    }
  }
  return btoa(String.fromCharCode(...bits));
}

window.occlusionBench = {
  begin(info) {
    view.dispose();
    scene.clear();
    view = new WorldView(() => {});
    scene.add(view, bodies, light);
    assembler = new FrameAssembler();
    assembler.reset(info);
    assembler.configure(defaultLayerBudget);
  },
  show({ worldFromCamera, camera: intrinsics, colorBase64, depthBase64, atMs }) {
    const at = { actionAtMs: atMs, stepBegunMs: atMs, inferenceBegunMs: atMs, inferenceEndedMs: atMs };
    const { frame } = assembler.assemble(
      {
        worldFromCamera: Float32Array.from(worldFromCamera),
        camera: intrinsics,
        color: new Uint8ClampedArray(bytesOf(colorBase64)),
        inverseDepth: new Float32Array(bytesOf(depthBase64)),
        inferenceBegunMs: atMs,
        inferenceEndedMs: atMs,
      },
      0,
      { ...at, readBackMs: Number.NaN, meshedMs: atMs, sentMs: atMs },
    );
    view.setHead(Float32Array.from(worldFromCamera));
    view.queue(frame);
    view.flush(atMs, renderer);
    view.settle(renderer);
  },
  masks(views) {
    view.setDebugView('source');
    dress(mark);
    const out = views.map((one): BallMasks => {
      place(one);
      const shownBase64 = mask();
      view.visible = false;
      const frontBase64 = mask();
      view.visible = true;
      return { shownBase64, frontBase64 };
    });
    view.setDebugView('none');
    dress(bodies.material);
    return out;
  },
  picture(one) {
    place(one);
    renderer.setClearColor(0x000000, 1);
    renderer.render(scene, camera);
    return renderer.domElement.toDataURL();
  },
};

function bytesOf(base64: string): ArrayBuffer {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer;
}
