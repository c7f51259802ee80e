import { createRandom } from '../../math/hash';
import { intrinsicsFromFov } from '../../math/camera';
import { findCuts } from '../../../workers/mesh/cut';
import type { CutQuality } from './result';
import { surfaceAt, type KnownSurfaces } from './known-surfaces';

/** How high the camera is over the floor, metres; as in the study that chose the rule. */
const heightsM = [0.1, 0.5, 1.6] as const;
/** Pitches of the camera, degrees: the grazing strip of floor lies at other rows of the picture. */
const pitchesDeg = [0, -10, -25, -40] as const;
/** Angles from the floor's normal that count as 85 degrees. */
const grazingDeg = [83, 87] as const;
const size = 256;
/** What counts as a jump between two surfaces where they should meet: ratio of depths. */
const jumpRatio = 1.08;

/** Counts of neighbours of texels, by whether they should be cut and whether they are. */
export type EdgeCounts = { jumps: number; jumpsCut: number; smooth: number; smoothCut: number };

/** Share of edges within the grazing strip of floors that the product's rule cuts, percent. @param noise relative, of depth */
export function falseCutsOnFloors(noise: number, seed: number): number {
  const camera = intrinsicsFromFov(size, size, Math.PI / 2);
  const random = createRandom(seed);
  const right = new Uint8Array(size * size);
  const below = new Uint8Array(size * size);
  const depth = new Float32Array(size * size);
  const grazing = new Uint8Array(size * size);
  let edges = 0;
  let cut = 0;
  for (const heightM of heightsM) {
    for (const pitchDeg of pitchesDeg) {
      const pitch = (pitchDeg * Math.PI) / 180;
      for (let i = 0; i < depth.length; i++) {
        const rx = ((i % size) + 0.5 - camera.cx) / camera.fx;
        const ry = -(Math.floor(i / size) + 0.5 - camera.cy) / camera.fy;
        // How far the ray goes down for one metre along the axis.
        const down = -(ry * Math.cos(pitch) + Math.sin(pitch));
        const angleDeg = (Math.acos(down / Math.hypot(rx, ry, 1)) * 180) / Math.PI;
        depth[i] = Math.max(0, down / heightM) * (1 + noise * normal(random));
        grazing[i] = angleDeg >= grazingDeg[0] && angleDeg <= grazingDeg[1] ? 1 : 0;
      }
      findCuts(depth, size, size, right, below);
      for (let i = 0; i < depth.length; i++) {
        if (grazing[i] === 0) continue;
        if (i % size < size - 1 && grazing[i + 1] === 1) {
          edges++;
          cut += right[i];
        }
        if (i + size < depth.length && grazing[i + size] === 1) {
          edges++;
          cut += below[i];
        }
      }
    }
  }
  return (100 * cut) / edges;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** How the product's rule does on a real picture: an edge is a jump where the surfaces of its two texels do not meet. */
export function countEdges(known: KnownSurfaces, counts: EdgeCounts): void {
  const { camera, inverseDepth } = known;
  const { width, height } = camera;
  const right = new Uint8Array(width * height);
  const below = new Uint8Array(width * height);
  findCuts(inverseDepth, width, height, right, below);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (x + 1 < width) count(known, i, i + 1, x + 1, y + 0.5, right[i], counts);
      if (y + 1 < height) count(known, i, i + width, x + 0.5, y + 1, below[i], counts);
    }
  }
}

function count(known: KnownSurfaces, a: number, b: number, x: number, y: number, cut: number, out: EdgeCounts): void {
  const atA = surfaceAt(known, a, x, y);
  const atB = surfaceAt(known, b, x, y);
  const isJump = Math.max(atA, atB) > jumpRatio * Math.min(atA, atB);
  // Surfaces that miss each other between two texels of nearly one depth: too small a step to ask for a cut.
  const apart = Math.max(known.inverseDepth[a], known.inverseDepth[b]) > jumpRatio * Math.min(known.inverseDepth[a], known.inverseDepth[b]);
  if (isJump && apart) {
    out.jumps++;
    out.jumpsCut += cut;
  } else if (!isJump) {
    out.smooth++;
    out.smoothCut += cut;
  }
}

export function cutQuality(seed: number, { jumps, jumpsCut, smooth, smoothCut }: EdgeCounts): CutQuality {
  return {
    falseCutPct: falseCutsOnFloors(0, seed),
    falseCutNoise1Pct: falseCutsOnFloors(0.01, seed),
    falseCutNoise2Pct: falseCutsOnFloors(0.02, seed),
    falseCutScenesPct: (100 * smoothCut) / Math.max(1, smooth),
    recallPct: (100 * jumpsCut) / Math.max(1, jumps),
  };
}
