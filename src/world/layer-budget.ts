/** How much geometry one display frame may draw; the worker keeps to it when it builds frames. */
export type LayerBudget = {
  /** Most quads along a side of the newest frame's mesh; a larger picture gets a coarser mesh, its colour stays. */
  newestSide: number;
  /** Older frames drawn behind the newest, 0 … 5. */
  olderFrames: number;
  /** Most texels along a side of an older frame, colour and mesh. */
  olderSide: number;
  /** Most cells along a side of the guessed background; 0: none. */
  backgroundSide: number;
};

/** What a computer holds; used until the page has chosen. */
export const defaultLayerBudget: Readonly<LayerBudget> = Object.freeze({
  newestSide: 512,
  olderFrames: 5,
  olderSide: 256,
  backgroundSide: 256,
});

/**
 * Less of what stands behind the newest frame: fewer older frames and a coarser guessed background. The newest frame keeps
 * its mesh, for that is what a person looks at.
 * @param scale 1: all of it … 0: none
 */
export function scaledBudget(budget: LayerBudget, scale: number): LayerBudget {
  if (scale >= 1) return budget;
  return {
    ...budget,
    olderFrames: Math.round(budget.olderFrames * scale),
    backgroundSide: Math.round(budget.backgroundSide * scale),
  };
}
