import type * as Rapier from '@dimforge/rapier3d-compat';

export type RapierModule = typeof Rapier;

let loading: Promise<RapierModule> | null = null;

/**
 * The engine, fetched when first wanted: two megabytes that no picture waits for. It works in node as well.
 * @throws Error one sentence when it cannot be loaded; asking again tries again
 */
export function loadRapier(): Promise<RapierModule> {
  loading ??= fetchRapier().catch((error: unknown) => {
    loading = null;
    throw new Error(`The physics engine could not be loaded (${String(error)}); reload the page to throw things.`);
  });
  return loading;
}

async function fetchRapier(): Promise<RapierModule> {
  const rapier = await import('@dimforge/rapier3d-compat');
  await rapier.init();
  return rapier;
}
