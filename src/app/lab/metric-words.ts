import type { EstimateName } from '../../latency/lab-report';

/** What people call the rows of a latency report; the unit stands beside the numbers. */
export const metricWords: Readonly<Record<EstimateName, string>> = {
  mtpRotationMs: 'Motion to photon, turn',
  mtpRotationEffectiveMs: 'Turn, effective',
  mtpRotationErrorDeg: 'Turn, angle off',
  mtpRotationErrorPx25: 'Turn, off at 25 px/°',
  mtpRotationErrorPx: 'Turn, off on this display',
  mtpTranslationMs: 'Motion to photon, move',
  mtpTranslationEffectiveMs: 'Move, effective',
  mtpTranslationErrorM: 'Move, distance off',
  actionToPhotonMs: 'Action to photon',
  poseToPhotonMs: 'Head pose to photon',
  frameAgeMs: 'Frame age',
  poseGapDeg: 'Pose gap, angle',
  poseGapM: 'Pose gap, distance',
  predictionErrorDeg: 'Prediction off, angle',
  predictionErrorM: 'Prediction off, distance',
  overPredictionDeg: 'Predicted too far',
  mainThreadMs: 'Main thread a frame',
  uploadMs: 'Upload',
  gpuMs: 'GPU a frame',
};

/** How a unit is written on screen. */
export const unitWords: Readonly<Record<string, string>> = { deg: '°' };

const decimals: Readonly<Record<string, number>> = { ms: 1, deg: 2, px: 1, m: 3, Hz: 1, '%': 1 };

/** A measured number with its unit, 'n/a' where there is none. */
export function showNumber(value: number, unit: string): string {
  if (!Number.isFinite(value)) return 'n/a';
  const places = decimals[unit] ?? 0;
  // Above a thousand tenths say nothing.
  const text = value.toFixed(Math.abs(value) >= 1000 ? 0 : places);
  return unit === '' ? text : `${text} ${unitWords[unit] ?? unit}`;
}

/** Without its unit, for a table that says it once a row. */
export function showBare(value: number, unit: string): string {
  return Number.isFinite(value) ? value.toFixed(Math.abs(value) >= 1000 ? 0 : (decimals[unit] ?? 0)) : 'n/a';
}
