import { fovY } from '../../src/math/camera';
import type { Intrinsics } from '../../src/math/types';
import type { DepthStatistics } from './depth-statistics';
import type { ConventionFinding, FaultKind } from './finding';

const degrees = (rad: number): number => Math.round((rad * 180) / Math.PI);

/** A number as a person would write it: 0.9, 2, 12. */
const plain = (value: number): string => String(Number(value.toPrecision(2)));

const frames = (count: number): string => (count === 1 ? 'one frame' : `${count} frames`);

/** With what the frames fit together better; without a factor in general words. */
function betterWith(kind: FaultKind, factor: number | null): string {
  switch (kind) {
    case 'pose-of-another-frame':
      if (factor === null) return 'the pose of another frame';
      return `the pose given ${frames(Math.abs(factor))} ${factor > 0 ? 'later' : 'earlier'}`;
    case 'focal-length':
      return factor === null ? 'another focal length' : `a focal length of ${plain(factor)} times the declared one`;
    case 'pose-transposed':
      return 'each pose transposed';
    case 'pose-inverted':
      return 'each pose inverted';
    case 'axes-y-down':
      return 'camera axes that have y down and z ahead (OpenCV)';
    case 'picture-mirrored':
      return 'pictures mirrored left to right';
    case 'picture-upside-down':
      return 'pictures turned upside down';
    case 'picture-turned-round':
      return 'pictures turned by half a circle';
    case 'depth-scale':
      return factor === null ? 'another scale of depth' : `distances ${plain(1 / factor)} times the given ones`;
    default:
      return 'depth in which near and far are swapped';
  }
}

/** What to change in the manifest or the model. */
function remedy(kind: FaultKind, factor: number, camera: Intrinsics): string {
  switch (kind) {
    case 'pose-of-another-frame':
      return 'give each frame the pose (worldFromCamera) that it was painted for';
    case 'focal-length': {
      const right = degrees(fovY({ ...camera, fx: camera.fx * factor, fy: camera.fy * factor }));
      return `check camera.fovYDeg in the manifest (about ${right} would fit, in place of ${degrees(fovY(camera))})`;
    }
    case 'pose-transposed':
      return 'give poses column-major, with the position in numbers 12 to 14, not row-major';
    case 'pose-inverted':
      return 'give worldFromCamera (camera to world), not cameraFromWorld (the view matrix)';
    case 'axes-y-down':
      return 'give poses with +Y up that look along -Z: negate their second and third columns';
    case 'picture-mirrored':
      return 'give the columns of colour and depth from the left, or the poses in right-handed axes';
    case 'picture-upside-down':
      return 'give the rows of colour and depth from the top, not from the bottom';
    case 'picture-turned-round':
      return 'give rows from the top and columns from the left';
    case 'depth-scale': {
      const [inverse, direct] = [plain(factor), plain(1 / factor)];
      return `correct outputs.*.scale in the manifest (for "inverse-depth" ${inverse} times the present one, for "depth" ${direct} times), or the unit of positions`;
    }
    default:
      return 'check outputs.*.meaning in the manifest ("depth" is a distance; "inverse-depth" is 1 over it, 0 for the sky)';
  }
}

/** One sentence for a finding: what was seen, which convention, what to change. */
export function adviceOf(finding: ConventionFinding, camera: Intrinsics, depth: DepthStatistics): string {
  const { kind, factor, orElse } = finding;
  switch (kind) {
    case 'depth-constant':
      return depth.constantValue === 0
        ? 'The depth is 0 (infinitely far) everywhere, so nothing has parallax; check outputs.*.meaning, scale and skyBelow or skyBeyond in the manifest, or drop the depth output.'
        : `The depth is the same everywhere (${plain(1 / depth.constantValue)} m), so the world is a flat screen; check outputs.*.meaning and scale in the manifest, or drop the depth output.`;
    case 'depth-8-bit':
      return 'The depth has no more than 256 different values, so surfaces break into steps; give float32 depth that was never stored in 8 bits.';
    case 'depth-invalid':
      return `${plain(100 * depth.invalidShare)} % of the depth texels are NaN, infinite or negative and are left out; check outputs.*.meaning and scale in the manifest, and give the sky as 0 ("inverse-depth") or as far away ("depth").`;
    default: {
      const named = betterWith(kind, factor);
      const remedyText = remedy(kind, factor ?? 1, camera);
      if (orElse.length === 0) return `The frames fit together much better with ${named}; ${remedyText}.`;
      const others = orElse.map((other) => betterWith(other, null)).join(', or with ');
      return `The frames fit together much better with ${named}, or with ${others}, which this motion cannot tell apart; ${remedyText}, or correct the other.`;
    }
  }
}
