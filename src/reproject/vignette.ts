import {
  AddEquation,
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  DoubleSide,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  ShaderMaterial,
} from 'three';
import fragmentShader from './shaders/vignette.frag.glsl?raw';
import vertexShader from './shaders/vignette.vert.glsl?raw';

const segments = 64;
const outerSlope = Math.tan((86 * Math.PI) / 180);
/** Half angle of the clear part, degrees, at the faintest and at full strength. */
const widestDeg = 52;
const narrowestDeg = 20;
/** Width of the soft edge, degrees. */
const softDeg = 12;
/** Strength at which the dark part is fully dark; below it fades, so that it never pops in. */
const opaqueFrom = 0.2;

/** Half angle of the clear part of the view in radians, for a strength of 0 (widest) … 1 (narrowest). */
export function clearHalfAngleRad(strength: number): number {
  return ((widestDeg + (narrowestDeg - widestDeg) * strength) * Math.PI) / 180;
}

/** Comfort vignette: darkens the edge of the view of each eye while the world moves. Locked to the head, drawn last. */
export class Vignette extends Mesh<BufferGeometry, ShaderMaterial> {
  private strength = 0;
  private closed = 0;

  constructor() {
    const material = new ShaderMaterial({
      name: 'vignette',
      vertexShader,
      fragmentShader,
      uniforms: {
        innerSlope: { value: 1 },
        fullSlope: { value: 2 },
        outerSlope: { value: outerSlope },
        opacity: { value: 0 },
      },
      side: DoubleSide,
      depthTest: false,
      depthWrite: false,
      transparent: true,
      blending: CustomBlending,
      blendEquation: AddEquation,
      blendSrc: OneFactor,
      blendDst: OneMinusSrcAlphaFactor,
      toneMapped: false,
    });
    super(ringGeometry(), material);
    this.name = 'vignette';
    this.renderOrder = 1000;
    this.frustumCulled = false;
    this.matrixAutoUpdate = false;
    this.raycast = () => {};
    this.setStrength(0);
  }

  /** @param strength 0: not drawn … 1: narrowest tunnel. Values outside are clamped. */
  setStrength(strength: number): void {
    this.strength = Math.min(1, Math.max(0, strength));
    this.apply();
  }

  /** Blinks, whatever the strength. @param closed 0: not at all … 1: all black */
  setClosed(closed: number): void {
    this.closed = Math.min(1, Math.max(0, closed));
    this.apply();
  }

  private apply(): void {
    const { strength, closed } = this;
    const soft = (softDeg * Math.PI) / 180;
    const open = clearHalfAngleRad(strength);
    // All closed, the soft edge has gone through the middle of the view.
    const inner = open - closed * (open + soft);
    const { uniforms } = this.material;
    uniforms['innerSlope'].value = Math.tan(inner);
    uniforms['fullSlope'].value = Math.tan(inner + soft);
    uniforms['opacity'].value = Math.min(1, Math.max(strength, closed) / opaqueFrom);
    this.visible = strength > 0 || closed > 0;
  }

  override dispose(): void {
    super.dispose();
    this.geometry.dispose();
    this.material.dispose();
  }
}

/** A ring of quads; position.x is the angle round the axis, position.y 0 on the inner and 1 on the outer rim. */
function ringGeometry(): BufferGeometry {
  const positions = new Float32Array((segments + 1) * 2 * 3);
  const indices = new Uint16Array(segments * 6);
  for (let i = 0; i <= segments; i++) {
    const angle = (i / segments) * 2 * Math.PI;
    positions.set([angle, 0, 0, angle, 1, 0], i * 6);
    if (i < segments) indices.set([2 * i, 2 * i + 1, 2 * i + 2, 2 * i + 2, 2 * i + 1, 2 * i + 3], i * 6);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices, 1));
  return geometry;
}
