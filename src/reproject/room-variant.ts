import type { ShaderMaterial } from 'three';

/** A part of a shader that only the variant for AR has: VR keeps its early depth test and pays nothing. */
export function inRoom(shader: string): string {
  return `#ifdef ROOM\n${shader}\n#endif\n`;
}

/** Turns the variant for AR on or off, from the next draw on. */
export function showInRoom(material: ShaderMaterial, on: boolean): void {
  if (on) material.defines['ROOM'] = 1;
  else delete material.defines['ROOM'];
  material.needsUpdate = true;
}
