import type { Pose } from '../../src/math/types';
import type { FromWorker, LayoutKind, OpenResult, WorldModel } from '../../src/world/contracts';
import type { VisitMemory } from '../../src/world/visit-memory';
import type { LightChoice } from '../layout/palettes';

/** Loads a world; progress goes to the page, `signal` calls it off. Implemented in `open-world.ts`. */
export type OpenModel = (
  worldId: string,
  report: (message: FromWorker) => void,
  signal: AbortSignal,
) => Promise<WorldModel>;

/** How a world begins. */
export type Start = {
  seed: number;
  /** Null: where it likes. */
  worldFromHead: Pose | null;
  /** Of a saved visit that goes on; null: a new one. */
  memory: VisitMemory | null;
};

/** What to open, as `WorldHost.open` is told it. */
export type Opening = Start & {
  worldId: string;
  load: OpenModel;
  standsOn: LayoutKind | null;
  light: LightChoice;
};

/**
 * Loads a world and does all of its opening that takes long, beside the one that runs.
 * @returns the world, and where to stand in it; null: where it likes
 * @throws what loading throws; nothing is left over then
 */
export async function loadPrepared(
  { worldId, load, seed, worldFromHead, standsOn, light, memory }: Opening,
  report: (message: FromWorker) => void,
  signal: AbortSignal,
): Promise<{ model: WorldModel; from: Pose | null }> {
  const model = await load(worldId, report, signal);
  try {
    // A place on another kind of map may lie inside a wall of this one.
    const isElsewhere = standsOn !== null && model.info.layout?.kind !== standsOn;
    const from = isElsewhere ? null : worldFromHead;
    model.setLight?.(light);
    if (memory) model.recall?.(seed, memory.blocks);
    await prepare(model, seed, from, report, signal);
    return { model, from };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Does what takes long in an `open` that follows. @throws the signal's reason; a sentence */
export async function prepare(
  model: WorldModel,
  seed: number,
  worldFromHead: Pose | null,
  report: (message: FromWorker) => void,
  signal: AbortSignal,
): Promise<void> {
  const worldId = model.info.id;
  await model.prepare?.(seed, worldFromHead, {
    onProgress: (progress) => report({ type: 'progress', worldId, progress }),
    signal,
  });
}

/** Tells the page that a world begins. @param keptPose the person stands where they wished to */
export function openedMessage(model: WorldModel, start: OpenResult, seed: number, keptPose: boolean): FromWorker {
  return { type: 'opened', info: model.info, worldFromHead: Float32Array.from(start.worldFromHead), seed, keptPose };
}

/** What an imagining world has decided since it was last asked, in messages for the page. */
export function mapMessages(model: WorldModel): FromWorker[] {
  const news = model.takeMap?.();
  if (!news) return [];
  const { seed, blocks, failure } = news;
  const messages: FromWorker[] = blocks.length > 0 ? [{ type: 'map', seed, blocks }] : [];
  if (failure !== null) {
    const message = `${model.info.name}: ${failure} What is known of it stays.`;
    messages.push({ type: 'map-failed', worldId: model.info.id, message });
  }
  return messages;
}
