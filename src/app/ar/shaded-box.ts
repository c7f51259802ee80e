import { BoxGeometry, BufferAttribute, Color, type BufferGeometry } from 'three';

/** Light from above and a little from the front right, so that plain boxes read as bodies without any lamp in the scene. */
const light = [0.35, 0.8, 0.5] as const;

/** Paints the light of its faces into a geometry, as vertex colours. @param color sRGB */
export function shade<T extends BufferGeometry>(geometry: T, color: string): T {
  const base = new Color(color);
  const normals = geometry.getAttribute('normal');
  const colors = new Float32Array(normals.count * 3);
  const length = Math.hypot(...light);
  for (let i = 0; i < normals.count; i++) {
    const facing = (normals.getX(i) * light[0] + normals.getY(i) * light[1] + normals.getZ(i) * light[2]) / length;
    const amount = 0.62 + 0.38 * facing;
    colors.set([base.r * amount, base.g * amount, base.b * amount], 3 * i);
  }
  geometry.setAttribute('color', new BufferAttribute(colors, 3));
  return geometry;
}

/** A box with its light, centred at `x, y, z`; metres. */
export function shadedBox(size: readonly [number, number, number], at: readonly [number, number, number], color: string): BoxGeometry {
  const box = new BoxGeometry(...size);
  box.translate(...at);
  return shade(box, color);
}
