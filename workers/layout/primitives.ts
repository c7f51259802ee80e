import { paletteColors, surfaceClasses, type PaletteColor, type SurfaceClass } from './classes';

/**
 * Primitives as flat numbers, so that the ray caster reads one typed array. Every primitive has a bounding box in world
 * metres; a cylinder (vertical), a sphere and an ellipsoid fill theirs, an arch is a slab with an opening, round at the top.
 */
export const primitiveKinds = ['box', 'cylinder', 'sphere', 'archX', 'archZ', 'ellipsoid'] as const;
export const kindBox = 0;
export const kindCylinder = 1;
export const kindSphere = 2;
/** A slab that runs along x; one walks through it along z. */
export const kindArchX = 3;
/** A slab that runs along z; one walks through it along x. */
export const kindArchZ = 4;
/** Three radii of its own, axes along the world's. */
export const kindEllipsoid = 5;

/** Numbers of one primitive: kind, class, colour, tone, x0, y0, z0, x1, y1, z1, opening half width, opening spring height. */
export const primitiveStride = 12;
export const atClass = 1;
export const atColor = 2;
export const atTone = 3;
export const atBox = 4;
export const atHalfSpan = 10;
export const atSpring = 11;

const classIndex = new Map<SurfaceClass, number>(surfaceClasses.map((name, index) => [name, index]));
const colorIndex = new Map<PaletteColor, number>(paletteColors.map((name, index) => [name, index]));

/** Collects the primitives of one cell; positions are relative to the cell's corner until `origin` is added. */
export class PrimitiveList {
  readonly numbers: number[] = [];
  private originX = 0;
  private originZ = 0;
  private tone = 1;

  /** All shapes that follow lie relative to this corner and have this lightness. */
  begin(originX: number, originZ: number, tone: number): void {
    this.originX = originX;
    this.originZ = originZ;
    this.tone = tone;
  }

  get count(): number {
    return this.numbers.length / primitiveStride;
  }

  box(
    surface: SurfaceClass,
    color: PaletteColor,
    x0: number,
    y0: number,
    z0: number,
    x1: number,
    y1: number,
    z1: number,
  ): void {
    this.push(kindBox, surface, color, x0, y0, z0, x1, y1, z1, 0, 0);
  }

  cylinder(
    surface: SurfaceClass,
    color: PaletteColor,
    x: number,
    z: number,
    radius: number,
    y0: number,
    y1: number,
  ): void {
    this.push(kindCylinder, surface, color, x - radius, y0, z - radius, x + radius, y1, z + radius, 0, 0);
  }

  sphere(surface: SurfaceClass, color: PaletteColor, x: number, y: number, z: number, radius: number): void {
    this.push(kindSphere, surface, color, x - radius, y - radius, z - radius, x + radius, y + radius, z + radius, 0, 0);
  }

  /** @param y of its lowest point */
  ellipsoid(
    surface: SurfaceClass,
    color: PaletteColor,
    x: number,
    y: number,
    z: number,
    radius: number,
    height: number,
  ): void {
    this.push(kindEllipsoid, surface, color, x - radius, y, z - radius, x + radius, y + height, z + radius, 0, 0);
  }

  /** A slab from the ground up with an opening in its middle: `span` wide, straight to `spring`, then a half circle. */
  arch(
    color: PaletteColor,
    along: 'x' | 'z',
    x0: number,
    z0: number,
    x1: number,
    z1: number,
    height: number,
    span: number,
    spring: number,
  ): void {
    this.push(along === 'x' ? kindArchX : kindArchZ, 'arch', color, x0, 0, z0, x1, height, z1, span / 2, spring);
  }

  private push(
    kind: number,
    surface: SurfaceClass,
    color: PaletteColor,
    x0: number,
    y0: number,
    z0: number,
    x1: number,
    y1: number,
    z1: number,
    halfSpan: number,
    spring: number,
  ): void {
    const ox = this.originX;
    const oz = this.originZ;
    this.numbers.push(
      kind,
      classIndex.get(surface)!,
      colorIndex.get(color)!,
      this.tone,
      x0 + ox,
      y0,
      z0 + oz,
      x1 + ox,
      y1,
      z1 + oz,
      halfSpan,
      spring,
    );
  }
}
