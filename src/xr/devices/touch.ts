import { applyDeadZone, noteEvent, pressButton, type Controls, type InputDevice } from '../controls';
import { addPagePointer, pageFovYRad } from './page-pointer';

export type TouchOptions = {
  /** Radians for each CSS pixel that the looking finger moves. */
  lookRadPerPixel?: number;
  /** Full vertical field of view of the page's camera, radians; for the ray of a tap. */
  fovYRad?: () => number;
};

/** A finger this far from where it landed walks at full speed, CSS pixels. */
const stickRadiusPx = 60;
const stickDeadZone = 0.12;
/** A finger that moved less and left sooner has tapped. */
const tapSlopPx = 10;
const tapMs = 250;

type Finger = {
  role: 'stick' | 'look';
  startX: number;
  startY: number;
  x: number;
  y: number;
  downMs: number;
  moved: boolean;
};

/**
 * A finger (or pen) that lands on the left half is a stick that walks, centred where it landed; one that lands on the
 * right half looks; a tap anywhere is the right trigger, with a pointer through the place that was tapped.
 */
export function createTouch(options: TouchOptions = {}): InputDevice {
  const { lookRadPerPixel = 0.005, fovYRad = () => pageFovYRad } = options;
  const fingers = new Map<number, Finger>();
  const stick: [number, number] = [0, 0];
  let listening: AbortController | null = null;
  let element: HTMLElement | null = null;
  let touchActionBefore = '';
  let lookX = 0;
  let lookY = 0;
  let tapped = false;
  let tapX = 0;
  let tapY = 0;
  let newestMs = 0;

  function letGo(): void {
    fingers.clear();
    lookX = 0;
    lookY = 0;
    tapped = false;
    newestMs = 0;
  }

  function hasRole(role: Finger['role']): boolean {
    for (const finger of fingers.values()) if (finger.role === role) return true;
    return false;
  }

  function onDown(event: PointerEvent): void {
    if (event.pointerType === 'mouse' || !element) return;
    const box = element.getBoundingClientRect();
    const wanted = event.clientX - box.left < box.width / 2 ? 'stick' : 'look';
    // A second finger on the walking half looks: there is only one stick.
    const role = wanted === 'stick' && hasRole('stick') ? 'look' : wanted;
    const { clientX: x, clientY: y, timeStamp: downMs } = event;
    fingers.set(event.pointerId, { role, startX: x, startY: y, x, y, downMs, moved: false });
    newestMs = downMs;
    try {
      element.setPointerCapture(event.pointerId);
    } catch {
      // The finger is up again already, or a script made the event: it is followed while it stays on the element.
    }
  }

  function onMove(event: PointerEvent): void {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    if (finger.role === 'look') {
      lookX += event.clientX - finger.x;
      lookY += event.clientY - finger.y;
    }
    finger.x = event.clientX;
    finger.y = event.clientY;
    if (Math.hypot(finger.x - finger.startX, finger.y - finger.startY) > tapSlopPx) finger.moved = true;
    newestMs = event.timeStamp;
  }

  function onUp(event: PointerEvent): void {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    fingers.delete(event.pointerId);
    newestMs = event.timeStamp;
    if (event.type !== 'pointerup' || finger.moved || event.timeStamp - finger.downMs > tapMs) return;
    tapped = true;
    tapX = event.clientX;
    tapY = event.clientY;
  }

  return {
    attach(target) {
      if (element === target) return;
      this.detach();
      element = target;
      // Otherwise the browser scrolls or zooms, and ends the drag with a pointercancel.
      touchActionBefore = target.style.touchAction;
      target.style.touchAction = 'none';
      listening = new AbortController();
      const { signal } = listening;
      target.addEventListener('pointerdown', onDown, { signal });
      target.addEventListener('pointermove', onMove, { signal });
      target.addEventListener('pointerup', onUp, { signal });
      target.addEventListener('pointercancel', onUp, { signal });
      target.addEventListener('lostpointercapture', onUp, { signal });
      target.ownerDocument.defaultView?.addEventListener('blur', letGo, { signal });
      target.ownerDocument.addEventListener('visibilitychange', letGo, { signal });
    },
    detach() {
      listening?.abort();
      if (element) element.style.touchAction = touchActionBefore;
      listening = null;
      element = null;
      letGo();
    },
    update(controls: Controls) {
      for (const finger of fingers.values()) {
        if (finger.role !== 'stick') continue;
        const x = (finger.x - finger.startX) / stickRadiusPx;
        const y = (finger.y - finger.startY) / stickRadiusPx;
        applyDeadZone(x, y, stickDeadZone, stick);
        controls.moveRight += stick[0];
        controls.moveBack += stick[1];
      }
      controls.lookYawRad -= lookX * lookRadPerPixel;
      controls.lookPitchRad -= lookY * lookRadPerPixel;
      if (tapped && element) {
        const box = element.getBoundingClientRect();
        pressButton(controls, 'triggerRight', 1);
        addPagePointer(controls, tapX - box.left, tapY - box.top, box.width, box.height, fovYRad(), 1);
      }
      noteEvent(controls, newestMs);
      lookX = 0;
      lookY = 0;
      tapped = false;
      newestMs = 0;
    },
  };
}
