import { PerspectiveCamera, Vector2, type Scene, type WebGLRenderer } from 'three';
import type { Pose } from '../../math/types';
import { saveFile } from '../lab/save-file';
import { pageFovYDeg } from '../page-camera';
import { reasonOf } from '../reason';
import { appStore, notify } from '../store';
import type { Visit } from '../visit';
import { pngOf } from './png';
import { renderPicture, type RenderedPicture } from './render-picture';

/** A picture from inside a headset: as a photograph, not as one eye's wide view. */
const sessionWidth = 1600;
const sessionHeight = 1200;

/** Takes pictures of what is seen, on the page and in a session, and hands them to the browser's downloads. */
export class PictureTaker {
  private readonly head = new PerspectiveCamera();

  constructor(
    private readonly gl: WebGLRenderer,
    private readonly scene: Scene,
    private readonly pageCamera: PerspectiveCamera,
    private readonly visit: Pick<Visit, 'worldFromRoom'>,
    private readonly roomFromHead: () => Pose | null,
  ) {}

  /** Saves one picture as PNG, and says so; never rejects. */
  async take(): Promise<void> {
    try {
      // Between two display frames, whoever asked: a press in a headset is heard in the middle of one.
      await new Promise((resolve) => setTimeout(resolve));
      const { xr } = appStore.getState();
      const isSeeThrough = xr.status === 'presenting' && xr.mode === 'immersive-ar';
      saveFile(await pngOf(await this.render(), isSeeThrough), 'image/png', pictureName(), '.png');
      notify({ id: 'picture', level: 'info', text: 'The picture was saved as a file.' });
    } catch (error) {
      notify({ id: 'picture', level: 'warning', text: `The picture could not be saved: ${reasonOf(error)}` });
    }
  }

  /** What is seen now: the page at its own size, a session from between the eyes. */
  private render(): Promise<RenderedPicture> {
    const { gl, scene } = this;
    const roomFromHead = this.roomFromHead();
    if (!roomFromHead) {
      const { width, height } = gl.getDrawingBufferSize(new Vector2());
      return renderPicture(gl, scene, this.pageCamera, width, height);
    }
    const { head } = this;
    const { near, far } = gl.xr.getCamera();
    Object.assign(head, { near, far, fov: pageFovYDeg(sessionWidth / sessionHeight), aspect: sessionWidth / sessionHeight });
    head.updateProjectionMatrix();
    // The view is in metres of the room, as the eyes' own: in AR the room has another scale than the world.
    head.matrixWorldAutoUpdate = false;
    head.matrixAutoUpdate = false;
    head.matrix.fromArray(roomFromHead);
    head.matrixWorld.fromArray(this.visit.worldFromRoom).multiply(head.matrix);
    head.matrixWorldInverse.copy(head.matrixWorld).invert();
    return renderPicture(gl, scene, head, sessionWidth, sessionHeight);
  }
}

/** 'reverie-courtyards-seed-6': what every file system takes. */
export function pictureName(): string {
  const { options, world } = appStore.getState();
  const words = (world?.id ?? options.world)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `reverie-${words || 'world'}-seed-${options.seed}`;
}
