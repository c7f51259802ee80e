import { createPose } from '../../math/pose';
import { kindOfPlane, type Surface, type SurfaceKind } from './surface';

/** A surface that only the point below the ray is known of: its outline is this large around it, metres. */
const patchM = 0.6;

/**
 * The browser's own hit test along one ray, beside the planes: it also knows surfaces that are no planes yet. Where the
 * feature is missing, it just never hits.
 */
export class HitTests {
  private source: XRHitTestSource | null = null;
  private asked: XRSpace | null = null;

  /** Aims along the -Z of this space; asking for the same again costs nothing. */
  aimAlong(session: XRSession, space: XRSpace): void {
    if (this.asked === space) return;
    this.stop();
    this.asked = space;
    // A session without the feature rejects, or has no such function at all.
    session.requestHitTestSource?.({ space })?.then(
      (source) => {
        if (this.asked === space) this.source = source;
        else source.cancel();
      },
      () => {},
    );
  }

  stop(): void {
    this.source?.cancel();
    this.source = null;
    this.asked = null;
  }

  /** What the ray meets first, if it is of this kind: as a small surface around the point. */
  first(frame: XRFrame, roomSpace: XRReferenceSpace, kind: SurfaceKind): Surface | null {
    if (!this.source) return null;
    const matrix = this.results(frame, this.source)[0]?.getPose(roomSpace)?.transform.matrix;
    if (!matrix || kindOfPlane(undefined, matrix[5]!, matrix[13]!) !== kind) return null;
    const roomFromSurface = createPose();
    roomFromSurface.set(matrix);
    const outline = new Float32Array([-patchM, -patchM, patchM, -patchM, patchM, patchM, -patchM, patchM]);
    return { kind, roomFromSurface, outline };
  }

  private results(frame: XRFrame, source: XRHitTestSource): readonly XRHitTestResult[] {
    try {
      return frame.getHitTestResults(source);
    } catch {
      // In the frame in which the source was made there are none yet.
      return [];
    }
  }
}
