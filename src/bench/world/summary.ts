import { isCausal } from './causality';
import { findCollapse } from './collapse';
import { meanOf, medianOf } from './picture-scores';
import type { ArrangementRow, DriftRow, FrameRow, LoopRow, PackageRow, SpeedRow, TokenRow, Variant, WalkRow, WorldRow, WorldSummary } from './result';

type Kind = WorldRow['kind'];

export function rowsOf<K extends Kind>(rows: readonly WorldRow[], kind: K): Extract<WorldRow, { kind: K }>[] {
  return rows.filter((row): row is Extract<WorldRow, { kind: K }> => row.kind === kind);
}

/** The figures of a run, each computed from its rows. @param worldId of the package that was walked in */
export function summarise(rows: readonly WorldRow[], worldId: string): WorldSummary {
  const control = rowsOf(rows, 'control');
  const counterfactual = rowsOf(rows, 'counterfactual');
  const drift = rowsOf(rows, 'drift');
  return {
    ...walkFigures(rowsOf(rows, 'walk').filter((row) => row.world === worldId)),
    gainOverNoMapDb: gainOverNoMap(rowsOf(rows, 'frame').filter((row) => row.world === worldId)),
    ...loopFigures(rowsOf(rows, 'loop')),
    collapsedAtFrame: collapsedAt(drift),
    driftFrames: drift.length,
    rotationErrDeg: medianOf(control.map((row) => row.rotationErrDeg)),
    translationErrPct: medianOf(control.map((row) => row.translationErrPct)),
    counterfactualRightPct: meanOf(counterfactual.map(({ isRight }) => (isRight ? 100 : 0))),
    causal: isCausal(rowsOf(rows, 'causality')),
    ...tokenFigures(rowsOf(rows, 'tokens'), rowsOf(rows, 'arrangements')),
    ...speedFigures(rowsOf(rows, 'speed'), worldId),
    ...packageFigures(rowsOf(rows, 'package'), worldId),
  };
}

function walkFigures(walks: readonly WalkRow[]) {
  const mean = (variant: Variant, of: (row: WalkRow) => number | null): number | null =>
    meanOf(walks.filter((row) => row.variant === variant).map(of));
  const psnr = (variant: Variant): number | null => mean(variant, (row) => row.psnrDb);
  return {
    walkPsnrDb: psnr('paint'),
    walkSsim: mean('paint', (row) => row.ssim),
    gainOverRawMapDb: difference(psnr('paint'), psnr('rawMap')),
    sharpnessRatio: mean('paint', (row) => row.sharpnessRatio),
    flickerRatio: ratio(mean('paint', (row) => row.flicker), mean('paint', (row) => row.trueFlicker)),
    depthErrorMedianPct: mean('paint', (row) => row.depthErrorMedianPct),
    depthErrorMeanPct: mean('paint', (row) => row.depthErrorMeanPct),
    gainWithMemoryDb: difference(psnr('withMemory'), psnr('paint')),
    gainWithoutNoiseDb: difference(psnr('withoutNoise'), psnr('paint')),
    depthAgreementPct: mean('paint', (row) => row.depthAgreementPct),
  };
}

/** Frame by frame, without the first, which memory was given: there it is the truth itself. */
function gainOverNoMap(frames: readonly FrameRow[]): number | null {
  const of = (variant: Variant): FrameRow[] => frames.filter((row) => row.variant === variant);
  const remembered = of('memoryOnly');
  return meanOf(of('paint').map((row, k) => row.psnrDb - remembered[k].psnrDb));
}

function loopFigures(loops: readonly LoopRow[]) {
  const of = (way: LoopRow['way']): LoopRow[] => loops.filter((row) => row.way === way);
  // A visit that was saved may come back either way; the worse one counts.
  const reloads = [...of('reloaded'), ...of('fromSeed')];
  return {
    loopPsnrDb: meanOf(of('paint').map((row) => row.psnrDb)),
    loopSsim: meanOf(of('paint').map((row) => row.ssim)),
    loopSharpnessRatio: meanOf(of('paint').map((row) => row.sharpnessRatio)),
    reloadPsnrDb: leastOf(reloads.map((row) => row.psnrDb)),
    reloadSsim: leastOf(reloads.map((row) => row.ssim)),
  };
}

/** The earliest collapse of any long walk; null: none. */
export function collapsedAt(drift: readonly DriftRow[]): number | null {
  const seeds = [...new Set(drift.map((row) => row.seed))];
  const found = seeds.map((seed) => {
    const rows = drift.filter((row) => row.seed === seed);
    return findCollapse(rows, rows.map((row) => row.map))?.frame ?? null;
  });
  return leastOf(found);
}

function tokenFigures(tokens: readonly TokenRow[], arrangements: readonly ArrangementRow[]) {
  const bits = (model: TokenRow['model']): number | null => tokens.find((row) => row.model === model)?.bitsPerToken ?? null;
  const imagined = arrangements.find((row) => row.source === 'imagined');
  return {
    bitsPerToken: bits('imagine'),
    bitsPerTokenGainPct: lessPct(bits('imagine'), bits('context')),
    bitsPerTokenGainOverUnigramPct: lessPct(bits('imagine'), bits('unigram')),
    impossibleAtFirstPct: imagined?.faultyAtFirstPct ?? null,
    impossiblePct: imagined?.faultyPct ?? null,
  };
}

function speedFigures(speeds: readonly SpeedRow[], worldId: string) {
  const ms = (what: string, provider: SpeedRow['provider']): number | null =>
    speeds.find((row) => row.what === `${what} ${worldId}` && row.provider === provider)?.msP50 ?? null;
  return {
    paintMsCpu: ms('paint of', 'cpu'),
    paintMsWasm: ms('paint of', 'wasm'),
    referenceMsCpu: ms('reference beside', 'cpu'),
    paintMsRatioToReference: ratio(ms('paint of', 'cpu'), ms('reference beside', 'cpu')),
  };
}

function packageFigures(packages: readonly PackageRow[], worldId: string) {
  const sum = (of: (row: PackageRow) => number): number => packages.reduce((total, row) => total + of(row), 0);
  const own = packages.filter((row) => row.id === worldId);
  return {
    // The two graphs of `imagine` share most of their weights, so the larger one tells how many there are.
    parameters:
      own.filter((row) => row.graph === 'paint').reduce((total, row) => total + row.parameters, 0) +
      own.filter((row) => row.graph !== 'paint').reduce((most, row) => Math.max(most, row.parameters), 0),
    paintMultiplyAdds: own.find((row) => row.graph === 'paint')?.multiplyAdds ?? null,
    packageBytes: sum((row) => row.bytes),
    packageBytesFp16: sum((row) => row.bytesFp16),
  };
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

/** How much less `a` is than `b`, percent. */
function lessPct(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : 100 * (1 - a / b);
}

function leastOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
