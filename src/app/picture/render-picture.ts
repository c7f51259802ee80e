import { SRGBColorSpace, WebGLRenderTarget, type Camera, type Object3D, type Scene, type WebGLRenderer } from 'three';
import { CanvasPanel } from '../../xr/canvas-panel';

/** Rows from the bottom, as WebGL has them; colours sRGB, premultiplied by alpha. */
export type RenderedPicture = { width: number; height: number; rgba: Uint8Array };

/** Marks what speaks to the visitor and is no part of what is seen: menus, signs, rays. */
export function markAsInterface<T extends Object3D>(object: T): T {
  object.userData['isInterface'] = true;
  return object;
}

/**
 * Draws the scene once more, from any camera and whether or not a session runs, and reads the pixels back without making
 * anybody wait. Not for a frame loop: call it from a task of its own.
 */
export async function renderPicture(
  gl: WebGLRenderer,
  scene: Scene,
  camera: Camera,
  width: number,
  height: number,
): Promise<RenderedPicture> {
  // As three's own target of a session: the shaders write sRGB as for the screen, and nobody converts it once more. The
  // format is named, because the texture's would be another than that of the samples, which cannot be resolved into it.
  const target = new WebGLRenderTarget(width, height, { samples: 4, colorSpace: SRGBColorSpace, internalFormat: 'RGBA8' });
  Object.assign(target, { isXRRenderTarget: true });
  const hidden = hideInterface(scene);
  const { enabled } = gl.xr;
  const before = gl.getRenderTarget();
  gl.xr.enabled = false;
  try {
    gl.setRenderTarget(target);
    gl.clear();
    gl.render(scene, camera);
  } finally {
    gl.xr.enabled = enabled;
    gl.setRenderTarget(before);
    for (const object of hidden) object.visible = true;
  }
  try {
    const rgba = new Uint8Array(4 * width * height);
    await gl.readRenderTargetPixelsAsync(target, 0, 0, width, height, rgba);
    return { width, height, rgba };
  } finally {
    target.dispose();
  }
}

/** @returns what was visible before */
function hideInterface(scene: Scene): Object3D[] {
  const hidden: Object3D[] = [];
  scene.traverseVisible((object) => {
    if (object instanceof CanvasPanel || object.userData['isInterface'] === true) hidden.push(object);
  });
  for (const object of hidden) object.visible = false;
  return hidden;
}
