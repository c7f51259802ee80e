/** A pointer that moved farther has looked around, not clicked, CSS pixels: a mouse, and a finger (as in touch.ts). */
const mouseSlopPx = 5;
const touchSlopPx = 10;
/** A finger that stays longer wants something else; a mouse that did not move has clicked, however long it took, ms. */
const longestTapMs = 500;
/** The second of two clicks belongs to the first, ms. */
const doubleClickMs = 400;

/** Where it was clicked: offset from the left top corner of the picture, and its size, CSS pixels. */
export type PageClick = { x: number; y: number; width: number; height: number };

/**
 * Clicks and taps on the picture that are no drags. The second of a double click counts for nothing, because that
 * captures the mouse; a captured mouse clicks in the middle.
 * @param onPress a pointer went down that may become a click. @returns a function that stops listening
 */
export function listenForClicks(target: HTMLElement, onClick: (click: PageClick) => void, onPress: () => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let pointer = -1;
  let startX = 0;
  let startY = 0;
  let downMs = 0;
  /** A drag that comes back to where it began is still a drag. */
  let farthestPx = 0;
  let lastClickMs = Number.NEGATIVE_INFINITY;
  let lastX = 0;
  let lastY = 0;
  let wasSecond = false;
  const isLocked = (): boolean => target.ownerDocument.pointerLockElement === target;

  target.addEventListener(
    'pointerdown',
    (event) => {
      // A second finger makes both a gesture.
      if (event.button !== 0 || !event.isPrimary) {
        pointer = -1;
        return;
      }
      pointer = event.pointerId;
      startX = event.clientX;
      startY = event.clientY;
      downMs = event.timeStamp;
      farthestPx = 0;
      onPress();
    },
    { signal },
  );
  target.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== pointer) return;
      farthestPx = Math.max(farthestPx, Math.hypot(event.clientX - startX, event.clientY - startY));
    },
    { signal },
  );
  target.addEventListener(
    'pointerup',
    (event) => {
      if (event.pointerId !== pointer || event.button !== 0) return;
      pointer = -1;
      const isMouse = event.pointerType === 'mouse';
      if (farthestPx > (isMouse ? mouseSlopPx : touchSlopPx)) return;
      if (!isMouse && event.timeStamp - downMs > longestTapMs) return;
      const isNear = Math.hypot(event.clientX - lastX, event.clientY - lastY) <= mouseSlopPx;
      wasSecond = !wasSecond && isNear && isMouse && event.timeStamp - lastClickMs < doubleClickMs;
      lastClickMs = event.timeStamp;
      lastX = event.clientX;
      lastY = event.clientY;
      if (wasSecond && !isLocked()) return;
      const { left, top, width, height } = target.getBoundingClientRect();
      const [x, y] = isLocked() ? [width / 2, height / 2] : [event.clientX - left, event.clientY - top];
      onClick({ x, y, width, height });
    },
    { signal },
  );
  target.addEventListener('pointercancel', () => (pointer = -1), { signal });
  return () => listening.abort();
}
