import { PerspectiveCamera, Scene, WebGLRenderer, WebGLRenderTarget } from 'three';
import type { Pose } from '../../math/types';
import type { WorldView } from '../../reproject/world-view';
import { viewFovDeg, viewSize } from './plan';

/** As `src/app/Stage.tsx` draws. */
const nearM = 0.05;
const farM = 500;

/**
 * One eye's picture from the product's shaders, on whatever GPU the browser has. Colour is drawn with antialiasing, as
 * the page does; the source buffer without, because codes cannot be averaged.
 */
export class BenchStage {
  readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(viewFovDeg, 1, nearM, farM);
  private readonly codes = new WebGLRenderTarget(viewSize, viewSize);
  private readonly raw = new Uint8Array(viewSize * viewSize * 4);

  constructor() {
    this.renderer = new WebGLRenderer({ antialias: true, alpha: true });
    this.renderer.setPixelRatio(1);
    this.renderer.setSize(viewSize, viewSize, false);
    // Thrown at the first draw with it: a picture without its shader would be a wrong measurement, not an error.
    this.renderer.debug.onShaderError = (gl, _program, vertex, fragment) => {
      throw new Error(`A shader does not compile: ${gl.getShaderInfoLog(vertex)} ${gl.getShaderInfoLog(fragment)}`);
    };
    this.camera.matrixAutoUpdate = false;
  }

  /** The picture that an eye sees, RGBA8 sRGB, rows from the top. */
  draw(view: WorldView, worldFromEye: Pose): Uint8Array {
    view.setDebugView('none');
    return this.drawAsIs(view, worldFromEye);
  }

  /** What each pixel shows, see `source-buffer.ts`. */
  source(view: WorldView, worldFromEye: Pose): Uint8Array {
    view.setDebugView('source');
    this.place(view, worldFromEye);
    this.renderer.setRenderTarget(this.codes);
    this.renderer.setClearColor(0x000000, 0);
    this.renderer.render(this.scene, this.camera);
    this.renderer.readRenderTargetPixels(this.codes, 0, 0, viewSize, viewSize, this.raw);
    this.renderer.setRenderTarget(null);
    view.setDebugView('none');
    return this.fromTop();
  }

  /** The sky dome alone, as the product draws it where it knows nothing. */
  sky(view: WorldView, worldFromEye: Pose): Uint8Array {
    view.setDebugView('none');
    const hidden = view.children.filter((child) => child !== view.sky && child.visible);
    for (const child of hidden) child.visible = false;
    const picture = this.drawAsIs(view, worldFromEye);
    for (const child of hidden) child.visible = true;
    return picture;
  }

  dispose(): void {
    this.codes.dispose();
    this.renderer.dispose();
  }

  private drawAsIs(view: WorldView, worldFromEye: Pose): Uint8Array {
    this.place(view, worldFromEye);
    this.renderer.setRenderTarget(null);
    this.renderer.setClearColor(0x000000, 1);
    this.renderer.render(this.scene, this.camera);
    const gl = this.renderer.getContext();
    gl.readPixels(0, 0, viewSize, viewSize, gl.RGBA, gl.UNSIGNED_BYTE, this.raw);
    return this.fromTop();
  }

  private place(view: WorldView, worldFromEye: Pose): void {
    this.scene.clear();
    this.scene.add(view);
    this.camera.matrix.fromArray(worldFromEye);
    this.camera.updateMatrixWorld(true);
  }

  /** OpenGL reads rows from the bottom. */
  private fromTop(): Uint8Array {
    const out = new Uint8Array(this.raw.length);
    const row = viewSize * 4;
    for (let y = 0; y < viewSize; y++) out.set(this.raw.subarray((viewSize - 1 - y) * row, (viewSize - y) * row), y * row);
    return out;
  }
}
