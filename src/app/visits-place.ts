import type { VisitAbout } from '../session/visits/visit-header';
import { decodeBlock } from '../../workers/imagine/tokens';
import { angleBetween, distanceBetween } from '../math/pose';
import type { Pose } from '../math/types';
import type { LayoutKind, LayoutRef, WorldInfo } from '../world/contracts';
import type { VisitMemory } from '../world/visit-memory';
import type { Options } from './options';
import { isOptionName, optionChecks } from './validate-options';

/** Where the visitor is, and in which world. */
export type Place = {
  /** Catalogue id or address that opens this world. */
  worldId: string;
  world: WorldInfo;
  options: Options;
  worldFromHead: Pose;
};

/** The options that change what there is to see, besides the world; others are the person's own and stay. */
const worldOptions: readonly string[] = ['seed', 'palette', 'hour'];

const layoutKinds: Readonly<Record<LayoutKind, true>> = { courtyards: true, districts: true, imagined: true };

/** Further than this from where one began is worth keeping. */
const worthMoveM = 0.5;
const worthTurnRad = Math.PI / 9;

export function aboutPlace({ worldId, world, options, worldFromHead }: Place, name: string, savedAtMs: number): VisitAbout {
  const { layout } = world;
  const kept = Object.entries(options).filter(([option]) => worldOptions.includes(option));
  return {
    savedAtMs,
    name: name.trim().slice(0, 200),
    world: { id: worldId, name: world.name.slice(0, 200), package: world.package ?? null },
    layout: layout && { kind: layout.kind, seed: layout.seed },
    options: Object.fromEntries(kept),
    worldFromHead: Array.from(worldFromHead),
  };
}

/** The options of a saved place, and a sentence about those that mean nothing here; null: all do. */
export function optionsOf({ options, world }: VisitAbout): { options: Partial<Options>; problem: string | null } {
  const known: Record<string, unknown> = { world: world.id };
  const strange: string[] = [];
  for (const [name, value] of Object.entries(options)) {
    // A file may come from anywhere: it can change the world, and nothing else.
    if (worldOptions.includes(name) && isOptionName(name) && optionChecks[name].accepts(value)) known[name] = value;
    else strange.push(name);
  }
  const problem =
    strange.length === 0
      ? null
      : `This visit was saved with something that this Reverie does not know (${strange.join(', ').slice(0, 100)}); it was left out.`;
  return { options: known as Partial<Options>, problem };
}

/** A memory without the blocks of a map that mean nothing here, and how many those are. */
export function readableMemory(memory: VisitMemory): { memory: VisitMemory; unreadable: number } {
  const blocks = memory.blocks.filter(({ tokens }) => {
    try {
      decodeBlock(tokens);
      return true;
    } catch {
      return false;
    }
  });
  return { memory: { ...memory, blocks }, unreadable: memory.blocks.length - blocks.length };
}

export function layoutOf({ layout }: VisitAbout): LayoutRef | null {
  return layout && Object.hasOwn(layoutKinds, layout.kind) ? (layout as LayoutRef) : null;
}

/** A sentence when the world is not what it was when the visit was saved; null: it is. */
export function changeSince(saved: VisitAbout['world'], now: WorldInfo): string | null {
  const then = saved.package;
  const today = now.package ?? null;
  if ((then?.sha256 ?? '') === (today?.sha256 ?? '')) return null;
  const versions = then && today && then.version !== today.version ? ` (version ${then.version} then, ${today.version} now)` : '';
  return `${now.name} has changed since this visit was saved${versions}: what you have not seen yet may look different.`;
}

/** Whether there is anything new to keep of somebody who stood at one pose and is at the other. */
export function isElsewhere(before: Pose, now: Pose): boolean {
  return distanceBetween(before, now) > 0.05 || angleBetween(before, now) > Math.PI / 90;
}

/** Whether somebody who began at one pose and is at the other has gone somewhere. */
export function isWorthKeeping(begun: Pose, now: Pose): boolean {
  return distanceBetween(begun, now) >= worthMoveM || angleBetween(begun, now) >= worthTurnRad;
}
