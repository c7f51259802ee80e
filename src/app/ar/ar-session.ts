import type { WebXRManager } from 'three';
import { createPose } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { ArState } from '../store';
import type { Visit } from '../visit';
import type { Director } from '../director';
import { Aiming } from './aiming';
import { setArCommands } from './ar-commands';
import { ArRoom, type RoomFrame } from './ar-room';
import { PlacingStick } from './placing-stick';
import { appStore } from '../store';

/** Everything that lives as long as one AR session. */
export class ArSession {
  readonly room: ArRoom;
  private readonly stick: PlacingStick;
  private readonly aiming: Aiming;
  private readonly roomFromHead = createPose();
  private now: RoomFrame | null = null;
  private viewerSpace: XRSpace | null = null;
  private roomSpace: XRReferenceSpace | null = null;
  private asked: 'place' | 'reset' | null = null;

  constructor(
    private readonly session: XRSession,
    private readonly visit: Visit,
    private readonly director: Director,
  ) {
    this.room = new ArRoom(visit, () => appStore.getState().options);
    this.aiming = new Aiming(visit.hands, this.roomFromHead);
    const turnBy = (angleRad: number): void => this.room.turnBy(angleRad, this.roomFromHead);
    const scaleBy = (factor: number): void => this.scaleBy(factor);
    this.stick = new PlacingStick(turnBy, scaleBy);
    // Both look for surfaces, which only a display frame can.
    const place = (): void => void (this.asked = 'place');
    const reset = (): void => void (this.asked = 'reset');
    setArCommands({ place, confirm: () => this.room.endPlacing(), turnBy, scaleBy, reset });
    session.requestReferenceSpace('viewer').then(
      (space) => (this.viewerSpace = space),
      () => {},
    );
  }

  /** Before the visit moves. @returns false until the runtime has a pose of the viewer */
  before(frame: XRFrame, xr: WebXRManager, atMs: number): boolean {
    const roomSpace = xr.getReferenceSpace();
    const viewer = roomSpace && frame.getViewerPose(roomSpace);
    if (!viewer) return this.now !== null;
    this.listen(roomSpace);
    this.roomFromHead.set(viewer.transform.matrix);
    const now = (this.now ??= { frame, session: this.session, roomSpace, viewerSpace: null, roomFromHead: this.roomFromHead, atMs });
    now.frame = frame;
    now.roomSpace = roomSpace;
    now.viewerSpace = this.viewerSpace;
    now.atMs = atMs;
    if (this.asked === 'place') this.room.beginPlacing(now);
    if (this.asked === 'reset') this.room.layAnew(now);
    this.asked = null;
    this.stick.stayLast(this.visit.devices);
    this.stick.isActive = this.room.isPlacing;
    const { hand } = appStore.getState().options;
    this.room.update(now, this.room.isPlacing ? this.aiming.of(this.session, hand, this.roomFromHead, this.viewerSpace) : null);
    return true;
  }

  /** After the visit has moved and the hands are known, before anybody else acts on their presses. */
  after(depth: ArState['depth']): void {
    if (!this.now) return;
    if (this.room.isPlacing) {
      for (const hand of this.visit.hands.all) {
        if (!hand.pressBegan || hand.claim !== null) continue;
        hand.claim = 'menu';
        this.room.endPlacing();
      }
    }
    this.room.fillLook();
    this.tell(depth);
  }

  end(): void {
    this.roomSpace?.removeEventListener('reset', this.onReset);
    setArCommands(null);
    this.stick.isActive = false;
    this.room.end();
    const at = this.visit.devices.indexOf(this.stick);
    if (at >= 0) this.visit.devices.splice(at, 1);
    this.visit.setRoom(null, null);
    this.visit.view.setRoom(null);
    appStore.setState({ ar: null });
  }

  private scaleBy(factor: number): void {
    const arScale = this.room.scaleBy(factor);
    if (arScale !== null) this.director.set({ arScale });
  }

  private listen(roomSpace: XRReferenceSpace): void {
    if (roomSpace === this.roomSpace) return;
    this.roomSpace?.removeEventListener('reset', this.onReset);
    this.roomSpace = roomSpace;
    roomSpace.addEventListener('reset', this.onReset);
  }

  private readonly onReset = (event: XRReferenceSpaceEvent): void => {
    const matrix = event.transform?.matrix;
    this.room.spaceWasReset(matrix ? Float32Array.from(matrix) as Pose : null);
  };

  /** The store hears of changes only, never of display frames. */
  private tell(depth: ArState['depth']): void {
    const { room } = this;
    const form = appStore.getState().options.arForm;
    const planes = room.surfaces.length > 0;
    const { isAnchored: anchored, isPlacing: placing } = room;
    const said = appStore.getState().ar;
    if (said && said.form === form && said.depth === depth && said.anchored === anchored && said.planes === planes && said.placing === placing) {
      return;
    }
    appStore.setState({ ar: { form, depth, anchored, planes, placing } });
  }
}
