import type { Pose } from '../math/types';
import type { OpenTarget } from '../world/catalogue';
import type { LayoutKind } from '../world/contracts';
import type { VisitMemory } from '../world/visit-memory';

/** A place to go on from, and the kind of map that it is on; null: whatever the map. */
export type Standing = { worldFromHead: Pose; on: LayoutKind | null };

/** A saved visit that goes on. `target`: what to open instead of the catalogue's world. */
export type Continued = { memory: VisitMemory; target?: OpenTarget };
