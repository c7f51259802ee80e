import { appStore, type Stats } from './store';
import { foldLanding } from './ui/page-state';
import type { Visit } from './visit';

const refreshMs = 250;
/** Faster than this the visitor walks, m/s. */
const walkingMps = 0.3;

/** The numbers of this moment. Rounds nothing: the panel does. */
export function readStats(visit: Visit): Stats {
  const { world, notices, governor } = appStore.getState();
  const drawn = visit.view.lastDrawn;
  return {
    display: visit.display.read(visit.nominalHz),
    model: { id: world?.id ?? '', provider: world?.provider ?? '', ...visit.model.read(performance.now()) },
    frame: {
      ageMs: drawn ? performance.now() - drawn.times.stepBegunMs : 0,
      id: drawn?.id ?? 0,
      actionId: drawn?.actionId ?? 0,
      staleness: visit.staleness,
      depthCorrection: { scale: drawn?.depthCorrection.scale ?? 1, offset: drawn?.depthCorrection.offset ?? 0 },
    },
    draw: { ...visit.draw },
    pose: { worldFromHead: Array.from(visit.worldFromHead) },
    governor: governor && { ...governor },
    errors: notices.filter((notice) => notice.level === 'error').map((notice) => notice.text),
  };
}

/** Refreshes what the page says about the picture: how old it is, and the stats while their panel is open. @returns stop */
export function startStats(visit: Visit): () => void {
  const timer = setInterval(() => {
    // A gamepad walks without an event that the page could hear.
    if (visit.speedMps > walkingMps) foldLanding();
    const standsForMs = visit.standsForMs;
    if (standsForMs !== null) appStore.setState({ stale: { ageMs: standsForMs } });
    else if (appStore.getState().stale !== null) appStore.setState({ stale: null });
    if (appStore.getState().statsOpen) appStore.setState({ stats: readStats(visit) });
  }, refreshMs);
  return () => clearInterval(timer);
}
