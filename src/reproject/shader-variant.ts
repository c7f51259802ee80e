import type { ShaderMaterial } from 'three';

/**
 * What a dreamed surface is drawn with beyond VR's plain picture, as defines: a shader that does not need a part must
 * not pay for it (registers, varyings, and for `ROOM` a discard, which costs the early depth test).
 * `ROOM`: masks, real depth and alpha of AR. `BODIES`: shadows of bodies.
 */
export type ShaderVariant = { readonly room: boolean; readonly bodies: boolean };

export const plainVariant: ShaderVariant = { room: false, bodies: false };

/** A part of a shader that only variants with a define have. */
export function only(define: 'ROOM' | 'BODIES', shader: string): string {
  return `#ifdef ${define}\n${shader}\n#endif\n`;
}

/** From the next draw on; compiled when it is new. */
export function setVariant(material: ShaderMaterial, { room, bodies }: ShaderVariant): void {
  setDefine(material, 'ROOM', room);
  setDefine(material, 'BODIES', bodies);
}

function setDefine(material: ShaderMaterial, name: string, on: boolean): void {
  if (name in material.defines === on) return;
  if (on) material.defines[name] = 1;
  else delete material.defines[name];
  material.needsUpdate = true;
}
