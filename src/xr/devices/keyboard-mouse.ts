import { noteEvent, pressButton, type Controls, type InputDevice } from '../controls';
import { controlTakesKey } from '../key-focus';
import { addPagePointer, pageFovYRad } from './page-pointer';

export type KeyboardMouseOptions = {
  /** Radians for each CSS pixel that the mouse moves. */
  lookRadPerPixel?: number;
  /** What captures the mouse for looking without a held button. */
  lock?: 'double-click' | 'click' | 'never';
  /** Full vertical field of view of the page's camera, radians; for the mouse's ray. */
  fovYRad?: () => number;
};

/** Keys by `event.code`, so that WASD lies under the same fingers on every keyboard. */
const keys = {
  forward: ['KeyW', 'ArrowUp'],
  back: ['KeyS', 'ArrowDown'],
  left: ['KeyA'],
  right: ['KeyD'],
  up: ['PageUp'],
  down: ['PageDown'],
  turnLeft: ['KeyQ', 'ArrowLeft'],
  turnRight: ['KeyE', 'ArrowRight'],
  run: ['ShiftLeft', 'ShiftRight'],
} as const;
const usedCodes = new Set<string>(Object.values(keys).flat());
/** Codes that scroll the page unless they are kept from it. */
const scrollingCodes = /^(Arrow|Page)/;

const runFactor = 2;

/**
 * WASD and up/down walk, left/right and Q/E turn, Shift runs, PageUp/PageDown rise and sink where there is no floor;
 * dragging the mouse looks, the held main button is the right trigger, the mouse's place is a pointer. A double click
 * captures the mouse.
 */
export function createKeyboardMouse(options: KeyboardMouseOptions = {}): InputDevice {
  const { lookRadPerPixel = 0.003, lock = 'double-click', fovYRad = () => pageFovYRad } = options;
  const held = new Set<string>();
  let listening: AbortController | null = null;
  let element: HTMLElement | null = null;
  let locked = false;
  let hovering = false;
  let down = false;
  /** A click shorter than a frame still counts for one frame. */
  let clicked = false;
  let lookX = 0;
  let lookY = 0;
  let lastX = 0;
  let lastY = 0;
  let newestMs = 0;

  function letGo(): void {
    held.clear();
    down = false;
    clicked = false;
    lookX = 0;
    lookY = 0;
    newestMs = 0;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!usedCodes.has(event.code) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (controlTakesKey(event.target, event.code)) return;
    if (scrollingCodes.test(event.code)) event.preventDefault();
    if (!event.repeat) newestMs = event.timeStamp;
    held.add(event.code);
  }

  function onKeyUp(event: KeyboardEvent): void {
    if (held.delete(event.code)) newestMs = event.timeStamp;
    // macOS sends no key-up for a letter that is released while Command is down.
    if (event.key === 'Meta') held.clear();
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.pointerType !== 'mouse' || event.button !== 0 || !element) return;
    down = true;
    clicked = true;
    lastX = event.clientX;
    lastY = event.clientY;
    newestMs = event.timeStamp;
    if (lock === 'click') requestLock();
    if (locked) return;
    try {
      element.setPointerCapture(event.pointerId);
    } catch {
      // The button is up again already, or a script made the event: the drag simply ends at the element's edge.
    }
  }

  function onPointerMove(event: PointerEvent): void {
    if (event.pointerType !== 'mouse') return;
    hovering = true;
    if (locked || down) {
      lookX += locked ? event.movementX : event.clientX - lastX;
      lookY += locked ? event.movementY : event.clientY - lastY;
      newestMs = event.timeStamp;
    }
    lastX = event.clientX;
    lastY = event.clientY;
  }

  function onPointerUp(event: PointerEvent): void {
    if (event.pointerType !== 'mouse' || event.button > 0 || !down) return;
    down = false;
    newestMs = event.timeStamp;
  }

  function requestLock(): void {
    if (locked || !element) return;
    // Older browsers return nothing; a refusal (no user gesture, sandboxed frame) leaves dragging, which needs no lock.
    void Promise.resolve(element.requestPointerLock?.()).catch(() => undefined);
  }

  function listen(target: HTMLElement): void {
    listening = new AbortController();
    const { signal } = listening;
    const view = target.ownerDocument.defaultView ?? window;
    view.addEventListener('keydown', onKeyDown, { signal });
    view.addEventListener('keyup', onKeyUp, { signal });
    view.addEventListener('blur', letGo, { signal });
    target.ownerDocument.addEventListener('visibilitychange', letGo, { signal });
    target.ownerDocument.addEventListener(
      'pointerlockchange',
      () => {
        locked = target.ownerDocument.pointerLockElement === target;
        down = false;
      },
      { signal },
    );
    target.addEventListener('pointerdown', onPointerDown, { signal });
    target.addEventListener('pointermove', onPointerMove, { signal });
    target.addEventListener('pointerup', onPointerUp, { signal });
    target.addEventListener('pointercancel', onPointerUp, { signal });
    target.addEventListener('pointerleave', () => (hovering = down), { signal });
    if (lock === 'double-click') target.addEventListener('dblclick', requestLock, { signal });
  }

  return {
    attach(target) {
      if (element === target) return;
      this.detach();
      element = target;
      listen(target);
    },
    detach() {
      listening?.abort();
      if (locked) element?.ownerDocument.exitPointerLock();
      listening = null;
      element = null;
      locked = false;
      hovering = false;
      letGo();
    },
    update(controls: Controls) {
      controls.moveBack += axis(held, keys.back, keys.forward);
      controls.moveRight += axis(held, keys.right, keys.left);
      controls.moveUp += axis(held, keys.up, keys.down);
      controls.turn += axis(held, keys.turnLeft, keys.turnRight);
      if (isHeld(held, keys.run)) controls.speedFactor = Math.max(controls.speedFactor, runFactor);
      controls.lookYawRad -= lookX * lookRadPerPixel;
      controls.lookPitchRad -= lookY * lookRadPerPixel;
      const pressed = down || clicked ? 1 : 0;
      pressButton(controls, 'triggerRight', pressed);
      if (element && (hovering || locked)) addMousePointer(controls, element, pressed);
      noteEvent(controls, newestMs);
      clicked = false;
      lookX = 0;
      lookY = 0;
      newestMs = 0;
    },
  };

  function addMousePointer(controls: Controls, target: HTMLElement, pressed: number): void {
    const box = target.getBoundingClientRect();
    const x = locked ? box.width / 2 : lastX - box.left;
    const y = locked ? box.height / 2 : lastY - box.top;
    addPagePointer(controls, x, y, box.width, box.height, fovYRad(), pressed);
  }
}

function isHeld(held: ReadonlySet<string>, codes: readonly string[]): boolean {
  for (let i = 0; i < codes.length; i++) if (held.has(codes[i])) return true;
  return false;
}

function axis(held: ReadonlySet<string>, plus: readonly string[], minus: readonly string[]): number {
  return (isHeld(held, plus) ? 1 : 0) - (isHeld(held, minus) ? 1 : 0);
}
