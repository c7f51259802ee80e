import { rememberedId } from '../world/visit-memory';
import type { Director } from './director';
import { appStore } from './store';
import { validateOptions } from './validate-options';
import type { Visit } from './visit';
import type { VisitHost } from './visits';

/** The page's own worlds, as the saved visits see them. */
export function visitHostOf(director: Director, visit: Visit): VisitHost {
  return {
    place() {
      const { world, options } = appStore.getState();
      const { running } = director;
      // A place that only remembers another, or that is about to change, is none to keep.
      if (!world || world.id === rememberedId || running?.seed !== options.seed) return null;
      const worldFromHead = visit.standing();
      return { worldId: running.worldId, world, options, worldFromHead };
    },

    snapshot: () => director.snapshot(),

    async openSaved(changes, place, memory) {
      const options = { ...appStore.getState().options, ...validateOptions(changes) };
      appStore.setState({ options });
      director.configure();
      const target = { kind: 'remembered', place } as const;
      if (!(await director.load(rememberedId, null, { memory, target }))) return false;
      const standing = { worldFromHead: place.worldFromHead, on: place.layout?.kind ?? null };
      return await director.load(options.world, standing, { memory });
    },
  };
}
