import { createPose, invertRigid, multiplyPose } from '../../math/pose';
import type { Pose } from '../../math/types';

/**
 * Keeps one place of the real room by an anchor of the runtime (WebXR Anchors Module), which corrects it as the room is
 * known better. Without anchors the place stays as it was put. A new place gets a new anchor, and the old one goes.
 */
export class AnchorKeeper {
  private anchor: XRAnchor | null = null;
  /** Counts places, so that an anchor that arrives late for an older one is dropped. */
  private place = 0;
  private readonly anchorFromForm = createPose();
  private readonly roomFromAnchor = createPose();
  private isPlaced = false;

  get isAnchored(): boolean {
    return this.anchor !== null && this.isPlaced;
  }

  /** Anchors a place; the runtime takes a moment, and may refuse. */
  keep(frame: XRFrame, roomSpace: XRReferenceSpace, roomFromForm: Pose): void {
    this.drop();
    const place = this.place;
    if (!frame.createAnchor) return;
    const { x, y, z } = { x: roomFromForm[12], y: roomFromForm[13], z: roomFromForm[14] };
    let made: Promise<XRAnchor> | undefined;
    try {
      made = frame.createAnchor(new XRRigidTransform({ x, y, z }), roomSpace);
    } catch {
      // A session to which anchors were not granted.
      return;
    }
    made?.then(
      (anchor) => {
        if (place === this.place) this.anchor = anchor;
        else anchor.delete();
      },
      () => {},
    );
  }

  /** Moves the form with its anchor, in place. Once a display frame; allocates nothing of its own. */
  follow(frame: XRFrame, roomSpace: XRReferenceSpace, roomFromForm: Pose): void {
    if (!this.anchor) return;
    const pose = frame.getPose(this.anchor.anchorSpace, roomSpace);
    // Lost for now: the form stays where it was last seen.
    if (!pose) return;
    this.roomFromAnchor.set(pose.transform.matrix);
    if (this.isPlaced) {
      multiplyPose(roomFromForm, this.roomFromAnchor, this.anchorFromForm);
      return;
    }
    this.hold(roomFromForm);
    this.isPlaced = true;
  }

  /** The form was turned or moved a little: it keeps its anchor, and from now on this place beside it. */
  hold(roomFromForm: Pose): void {
    multiplyPose(this.anchorFromForm, invertRigid(this.anchorFromForm, this.roomFromAnchor), roomFromForm);
  }

  /** Lets go of the anchor, and of one that is still being made. */
  drop(): void {
    this.place++;
    this.isPlaced = false;
    this.anchor?.delete();
    this.anchor = null;
  }

  /** The session ended, and all its anchors with it. */
  forget(): void {
    this.anchor = null;
    this.drop();
  }
}
