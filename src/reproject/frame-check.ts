import { maxPictureTexels, skyRows, type WorldFrame } from '../world/contracts';

/**
 * Refuses a frame whose parts do not fit together, before it reaches the frame loop.
 * @throws Error one sentence that names the frame and the field.
 */
export function checkFrame(frame: WorldFrame): void {
  const fault = faultOf(frame);
  if (fault !== null) throw new Error(`Frame ${frame.id} cannot be drawn: ${fault}. The world's backend is at fault.`);
}

function faultOf({ camera, color, mesh, sky }: WorldFrame): string | null {
  if (camera.width > maxPictureTexels || camera.height > maxPictureTexels) {
    return `camera is ${camera.width} x ${camera.height} texels, a mesh holds at most ${maxPictureTexels} a side`;
  }
  const texels = camera.width * camera.height;
  if (color.length !== texels * 4) {
    return `color has ${color.length} bytes, a picture of ${camera.width} x ${camera.height} needs ${texels * 4}`;
  }
  if (sky.length !== skyRows * 4) return `sky has ${sky.length} bytes, ${skyRows} rows need ${skyRows * 4}`;
  if (mesh.vertexCount * 4 > Math.min(mesh.vertices.length, texels * 16)) {
    return `mesh.vertexCount ${mesh.vertexCount} is more than its array or ${texels} texels can hold`;
  }
  if (mesh.indexCount > Math.min(mesh.indices.length, texels * 6)) {
    return `mesh.indexCount ${mesh.indexCount} is more than its array or ${texels} texels can hold`;
  }
  return null;
}
