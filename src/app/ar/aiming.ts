import type { Pose } from '../../math/types';
import type { Hands, HandState } from '../../xr/hand-state';
import type { Aim } from './ar-room';

/**
 * The ray that places a form: the chosen hand's, else the other hand's, else the gaze. A gaze-and-pinch has a ray only
 * while it is pressed, and then it puts the form down: until then the gaze leads.
 */
export class Aiming {
  private readonly aim: Aim;

  constructor(private readonly hands: Hands, roomFromHead: Pose) {
    this.aim = { roomFromAim: roomFromHead, space: null };
  }

  of(session: XRSession, chosen: 'left' | 'right', roomFromHead: Pose, viewerSpace: XRSpace | null): Aim {
    const { hands, aim } = this;
    const first = hands[chosen];
    const other = chosen === 'left' ? hands.right : hands.left;
    const hand = leads(first) ? first : leads(other) ? other : null;
    aim.roomFromAim = hand ? hand.roomFromAim : roomFromHead;
    aim.space = hand ? spaceOf(session, hand) : viewerSpace;
    return aim;
  }
}

function leads({ kind }: HandState): boolean {
  return kind === 'controller' || kind === 'hand';
}

function spaceOf(session: XRSession, { side }: HandState): XRSpace | null {
  const sources = session.inputSources;
  for (let i = 0; i < sources.length; i++) if (sources[i]!.handedness === side) return sources[i]!.targetRaySpace;
  return null;
}
