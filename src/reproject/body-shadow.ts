import { smoothstep } from '../math/scalars';
/** Most bodies that throw a shadow; length of `bodies` in shaders/shadows.glsl. */
export const mostShadows = 24;

/** Twins in shaders/shadows.glsl. */
const sunWidth = 0.18;
const contactStrength = 0.75;
const shadowStrength = 0.6;
/** Beyond so many radii a sphere covers nothing of the sky that could be seen. */
export const contactRadii = 8;

/** x, y, z. */
type Vector = readonly [number, number, number];

/**
 * Share of the light, 0 … 1, that bodies leave at a point of a surface: CPU twin of `lightLeft` in
 * `shaders/shadows.glsl`, which names the source. Any one space in metres; `normal` and `towardsSun` of unit length.
 * @param spheres x, y, z and radius of each body
 */
export function lightLeft(point: Vector, normal: Vector, towardsSun: Vector, spheres: ArrayLike<number>): number {
  let contact = 1;
  let sun = 1;
  const facing = smoothstep(0, 0.3, dot(normal, towardsSun));
  for (let i = 0; i < spheres.length; i += 4) {
    const towards: Vector = [spheres[i]! - point[0], spheres[i + 1]! - point[1], spheres[i + 2]! - point[2]];
    const radius = spheres[i + 3]!;
    contact *= 1 - sphereOcclusion(towards, radius, normal);
    sun *= 1 - facing * sphereShadow(towards, radius, towardsSun);
  }
  return (1 - contactStrength * (1 - contact)) * (1 - shadowStrength * (1 - sun));
}

function sphereOcclusion(towards: Vector, radius: number, normal: Vector): number {
  const distance = Math.hypot(...towards);
  const cosine = dot(normal, towards) / distance;
  const h = Math.max(distance / radius, 1);
  const isCutByHorizon = 1 - h * h * cosine * cosine > 0;
  const covered = isCutByHorizon
    ? Math.min(1, Math.max(0, (0.5 * (cosine * h + 1)) / (h * h))) ** 1.5
    : Math.max(cosine, 0) / (h * h);
  return covered * (1 - smoothstep(contactRadii / 2, contactRadii, h));
}

function sphereShadow(towards: Vector, radius: number, towardsSun: Vector): number {
  const along = dot(towards, towardsSun);
  if (along <= 0) return 0;
  const beside = Math.sqrt(Math.max(dot(towards, towards) - along * along, 0));
  const soft = Math.max(along * sunWidth, 1e-4);
  const middle = Math.min(1, (radius * radius) / (soft * soft));
  return middle * (1 - smoothstep(Math.max(radius - soft, 0), radius + soft, beside));
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
