import { BoxGeometry, CylinderGeometry, Group, Mesh, MeshBasicMaterial, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { shade } from './shaded-box';

const wood = '#4a382c';
const brass = '#c9a468';
const rimM = 0.014;
const slabM = 0.016;
/** So far below the model's ground, so that the two never fight for a pixel. */
const belowM = 0.004;
const sides = 64;

/**
 * What the model stands on: a low board on a real table; in the air the board has a leg down to the floor. Its origin is
 * the middle of the model's ground. Room metres.
 */
export class ModelStand extends Group {
  // Behind the model's ground even where painted depth wavers by more than lies between them.
  private readonly mesh = new Mesh(
    undefined,
    new MeshBasicMaterial({ vertexColors: true, polygonOffset: true, polygonOffsetFactor: 2, polygonOffsetUnits: 8 }),
  );
  private built = '';

  constructor() {
    super();
    this.name = 'ar-model';
    this.matrixAutoUpdate = false;
    this.add(this.mesh);
  }

  get material(): MeshBasicMaterial {
    return this.mesh.material;
  }

  /** @param legM down to the floor; 0: it stands on a table */
  fit(cut: 'disc' | 'box', radiusM: number, legM: number): void {
    const wanted = `${cut} ${radiusM.toFixed(4)} ${legM.toFixed(3)}`;
    if (wanted === this.built) return;
    this.built = wanted;
    this.mesh.geometry.dispose();
    const parts = [
      board(cut, radiusM + rimM, slabM, brass).translate(0, -belowM - slabM / 2 - 0.003, 0),
      board(cut, radiusM + rimM / 3, slabM, wood).translate(0, -belowM - slabM / 2, 0),
    ];
    if (legM > 0.1) {
      parts.push(shade(new CylinderGeometry(0.03, 0.045, legM, 24), wood).translate(0, -legM / 2 - slabM, 0));
      parts.push(shade(new CylinderGeometry(0.2, 0.22, 0.03, sides), wood).translate(0, -legM - belowM, 0));
    }
    this.mesh.geometry = mergeGeometries(parts);
    for (const part of parts) part.dispose();
  }

  override dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

function board(cut: 'disc' | 'box', radiusM: number, thickM: number, color: string): BufferGeometry {
  const shape = cut === 'disc' ? new CylinderGeometry(radiusM, radiusM, thickM, sides) : new BoxGeometry(2 * radiusM, thickM, 2 * radiusM);
  return shade(shape, color);
}
