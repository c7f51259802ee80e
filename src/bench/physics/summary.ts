import { quantileOf } from './quantile';
import { causes, variants, type Cause, type PhysicsRow, type PhysicsSummary, type ThrowRow, type Variant } from './result';

const aims = ['view', 'thing', 'elsewhere'] as const;

/** The rows of one kind. */
export function rowsOf<K extends PhysicsRow['kind']>(rows: readonly PhysicsRow[], kind: K): Extract<PhysicsRow, { kind: K }>[] {
  return rows.filter((row): row is Extract<PhysicsRow, { kind: K }> => row.kind === kind);
}

export function throwsOf(rows: readonly PhysicsRow[], variant: Variant): ThrowRow[] {
  return rowsOf(rows, 'throw').filter((row) => row.variant === variant);
}

export function summarise(rows: readonly PhysicsRow[], occlusionIou: number | null): PhysicsSummary {
  const thrown = throwsOf(rows, 'page');
  const errorsOf = (of: readonly ThrowRow[]): number[] => of.map((row) => row.landingErrCm);
  const both = (of: readonly ThrowRow[]) => ({
    landingErrCmP50: quantileOf(errorsOf(of), 0.5),
    landingErrCmP95: quantileOf(errorsOf(of), 0.95),
  });
  const gainOf = (isRestless: boolean): number =>
    Math.max(...rowsOf(rows, 'energy').map((row) => (row.isRestless === isRestless ? row.gainPct / 100 : Number.NEGATIVE_INFINITY)));
  const barrage = rowsOf(rows, 'barrage');
  const baselines = variants.filter((variant) => variant !== 'page').map((variant) => [variant, both(throwsOf(rows, variant))]);
  return {
    ...both(thrown),
    gravityErrPct: Math.max(...rowsOf(rows, 'fall').map((row) => row.errPct)),
    tunnelled: barrage.reduce((sum, row) => sum + row.throughFloor + row.throughSurface, 0),
    energyGain: gainOf(false),
    energyGainRestless: gainOf(true),
    occlusionIou,
    stepMsPer100Bodies: quantileOf(rowsOf(rows, 'step').map((row) => row.flyingMs), 0.5),
    firstImpactErrCmP50: quantileOf(thrown.map((row) => row.firstErrCm), 0.5),
    aims: Object.fromEntries(aims.map((aim) => [aim, both(thrown.filter((row) => row.aim === aim))])) as PhysicsSummary['aims'],
    otherSurfacePct: (100 * thrown.filter((row) => row.otherSurface).length) / thrown.length,
    lost: thrown.filter((row) => Number.isNaN(row.landingErrCm)).length,
    baselines: Object.fromEntries(baselines) as PhysicsSummary['baselines'],
    causes: Object.fromEntries(causes.map((cause) => [cause, causeOf(thrown, cause)])) as PhysicsSummary['causes'],
  };
}

function causeOf(thrown: readonly ThrowRow[], cause: Cause): { share: number; landingErrCmP50: number } {
  const of = thrown.filter((row) => row.cause === cause);
  return { share: of.length / thrown.length, landingErrCmP50: quantileOf(of.map((row) => row.landingErrCm), 0.5) };
}
