import { maxPictureTexels, skyHeight, skyWidth, type CollisionMesh, type Picture, type WorldFrame } from '../world/contracts';

/**
 * Refuses a frame whose parts do not fit together, before it reaches the frame loop.
 * @throws Error one sentence that names the frame and the field.
 */
export function checkFrame(frame: WorldFrame): void {
  const fault = faultOf(frame);
  if (fault !== null) throw new Error(`Frame ${frame.id} cannot be drawn: ${fault}. The world's backend is at fault.`);
}

function faultOf(frame: WorldFrame): string | null {
  const skyBytes = skyWidth * skyHeight * 4;
  if (frame.sky.length !== skyBytes) return `sky has ${frame.sky.length} bytes, the sky map needs ${skyBytes}`;
  let fault = faultOfPicture(frame, '');
  if (frame.background !== null) fault ??= faultOfPicture(frame.background, 'background.');
  fault ??= faultOfCollision(frame.collision);
  for (const layer of frame.layerUpdates) fault ??= faultOfPicture(layer, `layer ${layer.id}: `);
  return fault;
}

function faultOfCollision(mesh: CollisionMesh | null): string | null {
  if (mesh === null) return null;
  const { positions, vertexCount, indices, indexCount, partStarts } = mesh;
  if (vertexCount * 3 > positions.length) return `collision.vertexCount ${vertexCount} is more than its array can hold`;
  if (indexCount > indices.length) return `collision.indexCount ${indexCount} is more than its array can hold`;
  const [vertexEnd, indexEnd] = partStarts.slice(-2);
  if (vertexEnd !== vertexCount || indexEnd !== indexCount) return 'collision.partStarts does not end where the mesh ends';
  for (let i = 0; i < indexCount; i++) {
    if (indices[i]! >= vertexCount) return `collision.indices names vertex ${indices[i]!} of ${vertexCount}`;
  }
  return null;
}

function faultOfPicture({ camera, color, mesh }: Picture, where: string): string | null {
  if (camera.width > maxPictureTexels || camera.height > maxPictureTexels) {
    return `${where}camera is ${camera.width} x ${camera.height} texels, a mesh holds at most ${maxPictureTexels} a side`;
  }
  const texels = camera.width * camera.height;
  if (color.length !== texels * 4) {
    return `${where}color has ${color.length} bytes, a picture of ${camera.width} x ${camera.height} needs ${texels * 4}`;
  }
  if (mesh.vertexCount * 4 > Math.min(mesh.vertices.length, texels * 16)) {
    return `${where}mesh.vertexCount ${mesh.vertexCount} is more than its array or ${texels} texels can hold`;
  }
  if (mesh.indexCount > Math.min(mesh.indices.length, texels * 6)) {
    return `${where}mesh.indexCount ${mesh.indexCount} is more than its array or ${texels} texels can hold`;
  }
  return null;
}
