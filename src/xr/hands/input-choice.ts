/** The inputs that speak for one hand in this frame. */
export type SideInputs = {
  /** Gives ray, grip and press; null: this hand is not there. */
  source: XRInputSource | null;
  /** Gives the joints; may be another input than the one that presses (Vision Pro). */
  withJoints: XRInputSource | null;
};

export type Inputs = { readonly left: SideInputs; readonly right: SideInputs };

export function createInputs(): Inputs {
  return { left: { source: null, withJoints: null }, right: { source: null, withJoints: null } };
}

/** A pinch or a touch that exists only while it lasts. */
export function isTransient({ targetRayMode }: XRInputSource): boolean {
  return targetRayMode === 'transient-pointer' || targetRayMode === 'screen';
}

/** Of several inputs of one hand: a pinch that the system saw, before a held controller, before the bare hand, before a gaze. */
function rankOf(source: XRInputSource): number {
  if (isTransient(source)) return 4;
  if (source.targetRayMode === 'gaze') return 1;
  return source.hand ? 2 : 3;
}

/**
 * Chooses for both hands among the session's inputs, whatever order they come in. An input that does not say whose hand
 * it is counts as the dominant one, a second such input as the other, and each stays what it was in the frame before.
 * @param out what was chosen in the frame before; filled anew
 */
export function chooseInputs(sources: ArrayLike<XRInputSource>, dominant: 'left' | 'right', out: Inputs): Inputs {
  const { left, right } = out;
  const before = out[dominant === 'left' ? 'right' : 'left'].source;
  left.source = left.withJoints = right.source = right.withJoints = null;
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i]!;
    if (source.handedness === 'none') continue;
    const side = out[source.handedness];
    if (source.hand) side.withJoints = source;
    offer(side, source);
  }
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i]!;
    if (source.handedness !== 'none') continue;
    const first = out[dominant];
    const second = out[dominant === 'left' ? 'right' : 'left'];
    if (source === before || !offer(first, source)) offer(second, source);
  }
  return out;
}

function offer(side: SideInputs, source: XRInputSource): boolean {
  if (side.source && rankOf(source) <= rankOf(side.source)) return false;
  side.source = source;
  return true;
}
