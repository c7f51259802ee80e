import {
  BufferAttribute,
  BufferGeometry,
  ClampToEdgeWrapping,
  DataTexture,
  DynamicDrawUsage,
  LinearFilter,
  RGBAFormat,
  SRGBColorSpace,
  UnsignedByteType,
} from 'three';
import type { Picture } from '../world/contracts';

/** A corner mesh has at most one vertex for each texel at each of its four corners, and two triangles a texel. */
const verticesPerTexel = 4;
const indicesPerTexel = 6;

/**
 * Texture and geometry of one keyframe, allocated once for one resolution at the most that it can need.
 * The arrays are kept: three uploads from them at the next draw, and again after a lost context.
 */
export class KeyframeBuffers {
  readonly width: number;
  readonly height: number;
  readonly geometry = new BufferGeometry();
  readonly texture: DataTexture;
  readonly #vertices: BufferAttribute;
  readonly #indices: BufferAttribute;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    const texels = width * height;
    this.#vertices = new BufferAttribute(new Uint16Array(texels * verticesPerTexel * 4), 4);
    this.#indices = new BufferAttribute(new Uint32Array(texels * indicesPerTexel), 1);
    this.#vertices.setUsage(DynamicDrawUsage);
    this.#indices.setUsage(DynamicDrawUsage);
    this.geometry.setAttribute('corner', this.#vertices);
    this.geometry.setIndex(this.#indices);
    this.geometry.setDrawRange(0, 0);
    this.texture = pictureTexture(new Uint8Array(texels * 4), width, height);
  }

  /** Copies a picture of this resolution in; its arrays are free afterwards. @returns bytes that go to the GPU */
  write({ mesh, color }: Picture): number {
    const vertices = this.#vertices.array as Uint16Array;
    const indices = this.#indices.array as Uint32Array;
    vertices.set(mesh.vertices.subarray(0, mesh.vertexCount * 4));
    indices.set(mesh.indices.subarray(0, mesh.indexCount));
    stage(this.#vertices, mesh.vertexCount * 4);
    stage(this.#indices, mesh.indexCount);
    this.geometry.setDrawRange(0, mesh.indexCount);
    (this.texture.image.data as Uint8Array).set(color);
    this.texture.needsUpdate = true;
    return mesh.vertexCount * 8 + mesh.indexCount * 4 + color.length;
  }

  dispose(): void {
    this.geometry.dispose();
    this.texture.dispose();
  }
}

function stage(attribute: BufferAttribute, count: number): void {
  // An older range that was never drawn is void: its data is overwritten and lies outside the draw range.
  attribute.clearUpdateRanges();
  attribute.addUpdateRange(0, count);
  attribute.needsUpdate = true;
}

/** An sRGB picture, filtered in linear light. No mipmaps: they would mix both sides of a depth cut, and show where a map of directions meets itself. */
export function pictureTexture(data: Uint8Array, width: number, height: number): DataTexture {
  const texture = new DataTexture(data, width, height, RGBAFormat, UnsignedByteType);
  texture.colorSpace = SRGBColorSpace;
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.wrapS = ClampToEdgeWrapping;
  texture.wrapT = ClampToEdgeWrapping;
  texture.generateMipmaps = false;
  texture.needsUpdate = true;
  return texture;
}
