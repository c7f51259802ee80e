import { useEffect } from 'react';
import { controlTakesKey } from '../../xr/key-focus';
import { isWalkingKey } from '../keys';
import { appStore } from '../store';
import { foldLanding } from './page-state';

/** A press that travels further than this is a look around, not a click, in CSS pixels. */
const dragPx = 8;

/** Folds the landing panel as soon as the visitor walks, looks around or enters VR, so that the world is seen. */
export function useFoldOnMovement(): void {
  useEffect(() => {
    let pressed: { x: number; y: number } | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (appStore.getState().helpOpen || controlTakesKey(event.target, event.key)) return;
      if (isWalkingKey(event)) foldLanding();
    };
    const onPointerDown = (event: PointerEvent) => {
      // The page lets presses through to the canvas; what still lands inside it is a press on a control.
      const onControl = event.target instanceof Element && event.target.closest('.reverie-page') !== null;
      pressed = onControl ? null : { x: event.clientX, y: event.clientY };
    };
    const onPointerMove = (event: PointerEvent) => {
      if (pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > dragPx) foldLanding();
    };
    const onPointerUp = () => {
      pressed = null;
    };
    const onPointerLock = () => {
      if (document.pointerLockElement) foldLanding();
    };
    const stop = appStore.subscribe((state, before) => {
      if (state.xr.status === 'presenting' && before.xr.status !== 'presenting') foldLanding();
    });
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('pointerdown', onPointerDown);
    window.addEventListener('pointermove', onPointerMove);
    window.addEventListener('pointerup', onPointerUp);
    window.addEventListener('pointercancel', onPointerUp);
    document.addEventListener('pointerlockchange', onPointerLock);
    return () => {
      stop();
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('pointerdown', onPointerDown);
      window.removeEventListener('pointermove', onPointerMove);
      window.removeEventListener('pointerup', onPointerUp);
      window.removeEventListener('pointercancel', onPointerUp);
      document.removeEventListener('pointerlockchange', onPointerLock);
    };
  }, []);
}
