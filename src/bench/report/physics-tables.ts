import type { OcclusionGroup } from '../physics/occlusion';
import { causes, variants, type BarrageRow, type Cause, type EnergyRow, type PhysicsResult, type StepRow, type Variant } from '../physics/result';
import type { PhysicsSummary } from '../physics/result';
import type { Aim } from '../physics/throw-plan';
import type { Verdict } from './bench-report';
import { fixed, signed } from './format';
import { textTable, type Column } from './table';

export const variantNames: Readonly<Record<Variant, string>> = {
  page: 'the page',
  'unknown-ground': 'without known ground',
  flat: 'flat ground only',
  newest: 'newest frame only',
  uncut: 'one uncut mesh',
};
const aimNames: Readonly<Record<Aim, string>> = { view: 'somewhere in view', thing: 'at a thing in view', elsewhere: 'aside or behind' };

type ErrorRow = { name: string; p50: number; p95: number };

export const errorColumns: Column<ErrorRow>[] = [
  { name: 'surfaces', words: true, cell: (row) => row.name },
  { name: 'landing error P50, cm', cell: (row) => fixed(row.p50, 1) },
  { name: 'P95, cm', cell: (row) => fixed(row.p95, 1) },
];

/** The page and the baselines. */
export function variantRows(summary: PhysicsSummary): ErrorRow[] {
  return variants.map((variant) => {
    const of = variant === 'page' ? summary : summary.baselines[variant];
    return { name: variantNames[variant], p50: of.landingErrCmP50, p95: of.landingErrCmP95 };
  });
}

export function aimRows({ aims }: PhysicsSummary): ErrorRow[] {
  return (Object.keys(aimNames) as Aim[]).map((aim) => ({ name: aimNames[aim], p50: aims[aim].landingErrCmP50, p95: aims[aim].landingErrCmP95 }));
}

type CauseRow = { cause: Cause; share: number; p50: number };

export const causeColumns: Column<CauseRow>[] = [
  { name: 'the first touch of the throw', words: true, cell: (row) => row.cause },
  { name: 'throws, %', cell: (row) => fixed(100 * row.share, 1) },
  { name: 'landing error P50, cm', cell: (row) => fixed(row.p50, 1) },
];

export function causeRows(summary: PhysicsSummary): CauseRow[] {
  return causes.map((cause) => ({ cause, share: summary.causes[cause].share, p50: summary.causes[cause].landingErrCmP50 }));
}

export const barrageColumns: Column<BarrageRow>[] = [
  { name: 'world', cell: (row) => String(row.world) },
  { name: 'balls', cell: (row) => String(row.balls) },
  { name: 'through the floor', cell: (row) => String(row.throughFloor) },
  { name: 'through a surface', cell: (row) => String(row.throughSurface) },
  { name: 'caught by the last guard', cell: (row) => String(row.caught) },
  { name: 'colliders replaced', cell: (row) => String(row.replaced) },
];

export const energyColumns: Column<EnergyRow>[] = [
  { name: 'world', cell: (row) => String(row.world) },
  { name: 'surfaces', words: true, cell: (row) => (row.isRestless ? 'moving by 2 %' : 'of the walk') },
  { name: 'bounces', cell: (row) => String(row.bounces) },
  { name: 'largest gain, %', cell: (row) => signed(row.gainPct, 2) },
  { name: 'colliders replaced', cell: (row) => String(row.replaced) },
];

export const stepColumns: Column<StepRow>[] = [
  { name: 'world', cell: (row) => String(row.world) },
  { name: 'step in flight P50, ms', cell: (row) => fixed(row.flyingMs, 2) },
  { name: 'P95, ms', cell: (row) => fixed(row.p95Ms, 2) },
  { name: 'at rest, ms', cell: (row) => fixed(row.restingMs, 2) },
  { name: 'step that builds / other', cell: (row) => fixed(row.buildRatio, 1) },
  { name: 'triangles a mesh', cell: (row) => String(row.trianglesPerFrame) },
  { name: 'colliders kept', cell: (row) => String(row.partsKept) },
  { name: 'mesh in the worker, ms', cell: (row) => fixed(row.meshMs, 2) },
];

export const occlusionColumns: Column<OcclusionGroup>[] = [
  { name: 'balls', words: true, cell: (row) => row.name },
  { name: 'number', cell: (row) => String(row.balls) },
  { name: 'overlap P50', cell: (row) => fixed(row.iouP50, 3) },
  { name: 'mean', cell: (row) => fixed(row.iouMean, 3) },
  { name: 'without depth P50', cell: (row) => fixed(row.withoutDepthP50, 3) },
];

/** What the issue asks of the figures. */
export function physicsVerdicts(summary: PhysicsSummary): Verdict[] {
  const { gravityErrPct, tunnelled, energyGain, occlusionIou } = summary;
  return [
    { label: 'Gravity error', value: `${fixed(gravityErrPct, 3)} %`, bar: 'wanted: within 1 %', passed: gravityErrPct <= 1 },
    { label: 'Tunnelled at 20 m/s', value: String(tunnelled), bar: 'wanted: none', passed: tunnelled === 0 },
    { label: 'Largest gain of energy in a bounce', value: `${signed(100 * energyGain, 2)} %`, bar: 'wanted: none', passed: energyGain <= 0 },
    {
      label: 'Silhouette of a half-hidden ball',
      value: fixed(occlusionIou, 3),
      bar: 'wanted: overlap at least 0.9',
      passed: occlusionIou === null ? null : occlusionIou >= 0.9,
    },
  ];
}

/** Figures that nothing is asked of: name and value. */
export function physicsFigures(summary: PhysicsSummary): [string, string][] {
  return [
    ['Landing error, median', `${fixed(summary.landingErrCmP50, 1)} cm`],
    ['Landing error, 95th', `${fixed(summary.landingErrCmP95, 1)} cm`],
    ['A step with 100 bodies', `${fixed(summary.stepMsPer100Bodies, 2)} ms`],
  ];
}

/** The report for the terminal. */
export function physicsTable({ summary }: PhysicsResult): string {
  const verdicts: Column<Verdict>[] = [
    { name: 'figure', words: true, cell: (row) => row.label },
    { name: 'value', cell: (row) => row.value },
    { name: '', words: true, cell: (row) => row.bar },
  ];
  const figures = physicsFigures(summary).map(([label, value]) => ({ label, value, bar: 'shown', passed: null }));
  const tables = [
    textTable(verdicts, [...figures, ...physicsVerdicts(summary)]),
    textTable(errorColumns, [...variantRows(summary), ...aimRows(summary)]),
    textTable(causeColumns, causeRows(summary)),
  ];
  return tables.join('\n\n');
}
