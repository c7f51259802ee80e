import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { buttonNames } from '../action/action';
import { scaleOf } from '../math/pose';
import { NoticePanel } from '../xr/notice-panel';
import { menuStore } from './menu/menu-store';
import { appStore, dismiss, type Notice } from './store';
import type { Visit } from './visit';

const triggers = [buttonNames.indexOf('triggerLeft'), buttonNames.indexOf('triggerRight')] as const;

/** The newest error inside the headset; a trigger does what the button on the page would do. */
export function HeadsetNotices({ visit }: { visit: Visit }) {
  const scene = useThree((state) => state.scene);
  const panel = useMemo(() => new NoticePanel(), []);
  const shown = useMemo(() => ({ notice: null as Notice | null, held: true }), []);

  useEffect(() => {
    scene.add(panel);
    return () => {
      panel.removeFromParent();
      panel.dispose();
    };
  }, [scene, panel]);

  useFrame(() => {
    const { notices, xr } = appStore.getState();
    let newest: Notice | null = null;
    // The open menu says them itself, and would stand in the same place.
    if (xr.status === 'presenting' && !menuStore.getState().isOpen) {
      for (const notice of notices) {
        // What a trigger can mend goes before what can only be read.
        if (notice.level === 'error' && (notice.action || !newest?.action)) newest = notice;
      }
    }
    if (newest !== shown.notice) {
      shown.notice = newest;
      // A trigger that is held while the sentence appears was meant for something else.
      shown.held = true;
      if (newest) panel.say(newest.text, newest.action?.label ?? 'Close', visit.worldFromHead, scaleOf(visit.worldFromRoom));
      else panel.hide();
    }
    // A press on the menu or on the puck was meant for that.
    const { left, right } = visit.hands;
    const pressed =
      (visit.isPressed(triggers[0]) && left.claim !== 'menu') || (visit.isPressed(triggers[1]) && right.claim !== 'menu');
    if (newest && pressed && !shown.held) {
      if (newest.action) newest.action.run();
      else dismiss(newest.id);
    }
    shown.held = pressed;
  });
  return null;
}
