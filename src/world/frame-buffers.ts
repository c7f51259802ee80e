import type { LayerPicture, Picture, WorldFrame } from './contracts';

function pushPicture(out: ArrayBuffer[], { color, mesh }: Picture): void {
  out.push(color.buffer as ArrayBuffer, mesh.vertices.buffer as ArrayBuffer, mesh.indices.buffer as ArrayBuffer);
}

/** The buffers of one older frame. @param out they are added to it */
export function layerBuffers(layer: LayerPicture, out: ArrayBuffer[] = []): ArrayBuffer[] {
  pushPicture(out, layer);
  return out;
}

/** The buffers of a frame itself, without those of the older frames that travel with it. */
export function ownBuffers(frame: WorldFrame, out: ArrayBuffer[] = []): ArrayBuffer[] {
  pushPicture(out, frame);
  if (frame.background !== null) pushPicture(out, frame.background);
  out.push(frame.sky.buffer as ArrayBuffer);
  const { collision } = frame;
  if (collision) out.push(collision.positions.buffer as ArrayBuffer, collision.indices.buffer as ArrayBuffer);
  return out;
}

/** Every buffer that travels with a frame: what is transferred, and what comes back. */
export function frameBuffers(frame: WorldFrame): ArrayBuffer[] {
  const out = ownBuffers(frame);
  for (const layer of frame.layerUpdates) pushPicture(out, layer);
  return out;
}
