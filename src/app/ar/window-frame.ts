import { Group, Mesh, MeshBasicMaterial } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import type { WindowSize } from './ar-look';
import { shadedBox } from './shaded-box';

const wood = '#4a382c';
const brass = '#c9a468';
/** Width of the frame as one sees it, and its depth; metres. */
const barM = 0.07;
const depthM = 0.07;
/** A narrow edge of another colour along the opening. */
const lipM = 0.014;
const sillM = 0.02;

/** The frame around the opening; its origin is the middle of the opening's lower edge, +Z is the room's side. Room metres. */
export class WindowFrame extends Group {
  private readonly mesh = new Mesh(undefined, new MeshBasicMaterial({ vertexColors: true }));
  private widthM = 0;
  private heightM = 0;

  constructor() {
    super();
    this.name = 'ar-window';
    this.matrixAutoUpdate = false;
    this.add(this.mesh);
  }

  get material(): MeshBasicMaterial {
    return this.mesh.material;
  }

  /** Built anew only when the opening's size has changed. */
  fit({ widthM, heightM }: WindowSize): void {
    if (widthM === this.widthM && heightM === this.heightM) return;
    this.widthM = widthM;
    this.heightM = heightM;
    this.mesh.geometry.dispose();
    const side = widthM / 2 + barM / 2;
    const top = heightM + barM / 2;
    const edge = widthM / 2 - lipM / 2;
    const lipDepthM = depthM * 0.6;
    // All of it on the room's side of the opening: what is beyond belongs to the world.
    const middle = depthM / 2;
    const boxes = [
      shadedBox([barM, heightM, depthM], [-side, heightM / 2, middle], wood),
      shadedBox([barM, heightM, depthM], [side, heightM / 2, middle], wood),
      shadedBox([widthM + 2 * barM + 0.03, barM, depthM], [0, top, middle], wood),
      shadedBox([widthM + 2 * barM, sillM, depthM], [0, -sillM / 2 + 0.004, middle], wood),
      shadedBox([lipM, heightM, lipDepthM], [-edge, heightM / 2, lipDepthM / 2], brass),
      shadedBox([lipM, heightM, lipDepthM], [edge, heightM / 2, lipDepthM / 2], brass),
      shadedBox([widthM, lipM, lipDepthM], [0, heightM - lipM / 2, lipDepthM / 2], brass),
    ];
    this.mesh.geometry = mergeGeometries(boxes);
    for (const box of boxes) box.dispose();
  }

  override dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
