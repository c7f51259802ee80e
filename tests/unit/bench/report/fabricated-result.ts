import { encode } from 'fast-png';
import {
  methods,
  type LatticeRow,
  type MaskShares,
  type Method,
  type PictureScores,
  type ReprojectionResult,
  type TraceRow,
  type ViewPictures,
} from '../../../../src/bench/reprojection/result';

/** How many dB each method loses by a metre and by a degree; invented, in a plausible order. */
const loss: Record<Method, { start: number; perM: number; perDeg: number }> = {
  off: { start: 30, perM: 18, perDeg: 0.55 },
  rotation: { start: 31, perM: 22, perDeg: 0.25 },
  quad: { start: 31, perM: 20, perDeg: 0.24 },
  uncut: { start: 34, perM: 16, perDeg: 0.22 },
  mesh: { start: 35, perM: 14, perDeg: 0.26 },
  layers: { start: 36, perM: 6, perDeg: 0.08 },
  limit: { start: 41, perM: 5, perDeg: 0.05 },
};

const shares: MaskShares = { coVisiblePct: 91.2, occludedPct: 3.4, outsidePct: 5.4, silhouettePct: 12 };

function scores(all: number, disoccluded: number | null, method: Method): PictureScores {
  const isLimit = method === 'limit';
  return {
    psnrAllDb: all,
    psnrCoVisibleDb: all + 2,
    psnrDisoccludedDb: disoccluded,
    psnrOccludedDb: disoccluded,
    psnrOutsideDb: disoccluded,
    silhouettePsnrDb: all - 4,
    psnrAllMeanDb: all + 0.4,
    psnrDisoccludedMeanDb: disoccluded,
    identical: 0,
    ssimAll: 0.9,
    ssimDisoccluded: disoccluded === null ? null : 0.6,
    holePct: isLimit ? null : method === 'mesh' ? 4.2 : 0.3,
    trulyEmptyPct: 0,
    guessedPct: isLimit ? null : 1.1,
  };
}

function latticeRow(method: Method, baselineCm: number, rotationDeg: number): LatticeRow {
  const { start, perM, perDeg } = loss[method];
  const all = start - perM * Math.log1p(baselineCm / 4) * 0.35 - perDeg * rotationDeg;
  const disoccluded = baselineCm === 0 && rotationDeg === 0 ? null : all - (method === 'layers' ? 6 : 14);
  return {
    kind: 'lattice',
    method,
    baselineCm,
    rotationDeg,
    ...scores(all, disoccluded, method),
    ...shares,
    pictures: 48,
    rubberSheetPct: method === 'limit' ? null : method === 'uncut' ? 4.1 : 0.02,
  };
}

function traceRow(method: Method, [latencyMs, latencySpreadMs]: [number, number], modelHz: number): TraceRow {
  const { start, perM, perDeg } = loss[method];
  const age = latencyMs + 500 / modelHz;
  const all = start - perDeg * 0.02 * age - perM * 0.0008 * age;
  const lag = method === 'off' ? age : method === 'limit' ? null : 0.4;
  return {
    kind: 'trace',
    method,
    latencyMs,
    latencySpreadMs,
    modelHz,
    displayFrames: 1800,
    modelFrames: Math.round(20 * modelHz),
    frameAgeMs: age,
    ...scores(all, all - 8, method),
    ...shares,
    pictures: 60,
    stability: method === 'off' ? 6.3 : 0.4,
    popPxP99: method === 'limit' ? null : method === 'off' ? 80 : 1.3,
    popPxMedian: method === 'limit' ? null : 0.2,
    swaps: 40,
    lagRotationMs: lag,
    lagTranslationMs: lag === null ? null : method === 'rotation' ? age : lag,
    lagRotationFrames: lag === null ? null : lag / (1000 / 72),
    lagTranslationFrames: lag === null ? null : lag / (1000 / 72),
    acrossRotationPx: lag === null ? null : 0.3,
    acrossTranslationPx: lag === null ? null : 0.4,
  };
}

/** A picture with a gradient and a box, so that a page can be looked at. */
export function fabricatedPicture(size: number, shade: number): string {
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inBox = Math.abs(x - size / 2) < size / 5 && Math.abs(y - size / 2) < size / 4;
      data.set([inBox ? shade : (200 * y) / size, inBox ? 90 : 120, (255 * x) / size], (y * size + x) * 3);
    }
  }
  return `data:image/png;base64,${Buffer.from(encode({ width: size, height: size, data, channels: 3 })).toString('base64')}`;
}

function view(title: string, why: ViewPictures['why']): ViewPictures {
  const shades = methods.map((method, k) => [method, fabricatedPicture(96, 30 * k)] as const);
  return {
    title,
    why,
    sceneSeed: 41,
    baselineCm: 50,
    rotationDeg: 30,
    eye: 'right',
    truth: fabricatedPicture(96, 250),
    masks: fabricatedPicture(96, 10),
    byMethod: Object.fromEntries(shades) as Record<Method, string>,
    layerMap: fabricatedPicture(96, 120),
    psnrDb: { off: 14.2, rotation: 16.1, quad: 16.9, uncut: 19.3, mesh: 19.9, layers: 26.4, limit: null },
  };
}

export const baselinesCm = [0, 1, 2, 3.15, 5, 10, 20, 50];
export const rotationsDeg = [0, 5, 10, 20, 30];

/** A whole result with invented figures: for tests of the report, and for looking at it. */
export function fabricatedResult(): ReprojectionResult {
  const latenciesMs: [number, number][] = [[20, 10], [50, 20], [150, 30], [400, 100], [1000, 200]];
  const modelHz = [2, 5, 10, 15, 30];
  const lattice = baselinesCm.flatMap((cm) => rotationsDeg.flatMap((deg) => methods.map((method) => latticeRow(method, cm, deg))));
  const trace = latenciesMs.flatMap((latency) => modelHz.flatMap((hz) => methods.map((method) => traceRow(method, latency, hz))));
  const worst = { baselineCm: 2, rotationDeg: 0, peer: 'mesh', marginDb: 0.31 } as const;
  return {
    counts: {
      quick: false,
      seed: 6,
      sceneSeeds: [41, 42, 43],
      baselinesCm,
      rotationsDeg,
      directions: 8,
      historyFrames: 12,
      latticePictures: 13440,
      viewSize: 192,
      viewFovDeg: 90,
      sourceSize: 256,
      traceSourceSize: 128,
      sourceFovDeg: 100,
      latenciesMs,
      modelHz,
      displayHz: 72,
      traceDisplayFrames: 1800,
      tracePicturesPerModel: 60,
      seconds: 1234,
    },
    rows: [...lattice, ...trace],
    cuts: { falseCutPct: 0.41, falseCutNoise1Pct: 0.62, falseCutNoise2Pct: 2.4, falseCutScenesPct: 0.3, recallPct: 99.1 },
    summary: {
      cellsLost: 1,
      lostCells: [{ baselineCm: 50, rotationDeg: 30, peer: 'quad', marginDb: -0.2 }],
      cellsLostDisoccluded: 2,
      cellsLostSsim: 0,
      cells: 40,
      gainAllDb: 4.812,
      gainDisoccludedDb: 9.2,
      trulyEmptyPct: 0,
      rotationLagFramesMax: 0.03,
      rubberSheetPct: 0.021,
      rubberSheetMaxPct: 0.09,
      falseCutPct: 0.41,
    },
    worstCells: [worst, { ...worst, baselineCm: 3.15, marginDb: 0.5 }, { ...worst, peer: 'quad', rotationDeg: 5, marginDb: 0.7 }],
    pictures: [view('The cell with the smallest margin', 'worst'), view('A long step beside a column', 'telling')],
    notes: ['The pixels are those of a software GPU <SwiftShader> & of no other.'],
  };
}
