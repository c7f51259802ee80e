import { createPose } from '../../math/pose';
import { kindOfPlane, type Surface } from './surface';

/** A detected plane as the browsers give it; the label is of the semantic-labels module, not in all of them. */
type LabelledPlane = XRPlane & { semanticLabel?: string };

/**
 * Flat parts of the real room that the runtime has found so far; none where plane detection is missing or refused.
 * Allocates: ask when a place is looked for, not in every display frame.
 */
export function readSurfaces(frame: XRFrame, roomSpace: XRReferenceSpace): Surface[] {
  const surfaces: Surface[] = [];
  const planes = planesOf(frame);
  if (!planes) return surfaces;
  for (const plane of planes as Set<LabelledPlane>) {
    const matrix = frame.getPose(plane.planeSpace, roomSpace)?.transform.matrix;
    if (!matrix || plane.polygon.length < 3) continue;
    const kind = kindOfPlane(plane.semanticLabel, matrix[5]!, matrix[13]!);
    if (!kind) continue;
    const outline = new Float32Array(2 * plane.polygon.length);
    plane.polygon.forEach(({ x, z }, i) => outline.set([x, z], 2 * i));
    const roomFromSurface = createPose();
    roomFromSurface.set(matrix);
    surfaces.push({ kind, roomFromSurface, outline });
  }
  return surfaces;
}

function planesOf(frame: XRFrame): XRPlaneSet | undefined {
  try {
    return frame.detectedPlanes;
  } catch {
    // Some browsers throw where the session has no plane detection.
    return undefined;
  }
}
