import { CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from 'three';

export type CanvasPanelSize = { widthPx: number; heightPx: number; widthM: number };

/** A sign inside the headset that is drawn with a 2D canvas. Walls do not hide it; it begins hidden. */
export class CanvasPanel extends Mesh<PlaneGeometry, MeshBasicMaterial> {
  protected readonly canvas: HTMLCanvasElement;
  protected readonly texture: CanvasTexture;

  /** @param order of several signs, the higher is in front */
  constructor({ widthPx, heightPx, widthM }: CanvasPanelSize, name: string, order: number) {
    const canvas = document.createElement('canvas');
    canvas.width = widthPx;
    canvas.height = heightPx;
    const texture = new CanvasTexture(canvas);
    texture.colorSpace = SRGBColorSpace;
    super(
      new PlaneGeometry(widthM, (widthM * heightPx) / widthPx),
      new MeshBasicMaterial({ map: texture, transparent: true, depthTest: false, depthWrite: false, toneMapped: false }),
    );
    this.name = name;
    this.canvas = canvas;
    this.texture = texture;
    this.renderOrder = order;
    this.visible = false;
  }

  hide(): void {
    this.visible = false;
  }

  override dispose(): void {
    super.dispose();
    this.texture.dispose();
    this.geometry.dispose();
    this.material.dispose();
  }
}
