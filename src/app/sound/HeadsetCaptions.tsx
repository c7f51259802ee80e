import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { scaleOf } from '../../math/pose';
import { CaptionPanel } from '../../xr/caption-panel';
import { appStore } from '../store';
import type { Visit } from '../visit';
import { captionStore } from './caption-store';

/** What sounds say, in words inside the headset. */
export function HeadsetCaptions({ visit }: { visit: Visit }) {
  const scene = useThree((state) => state.scene);
  const panel = useMemo(() => new CaptionPanel(), []);
  useEffect(() => {
    scene.add(panel);
    return () => {
      panel.removeFromParent();
      panel.dispose();
    };
  }, [scene, panel]);
  useFrame((_state, dtS) => {
    panel.say(appStore.getState().options.captions ? captionStore.getState().text : '', visit.worldFromHead);
    panel.follow(visit.worldFromHead, scaleOf(visit.worldFromRoom), dtS);
  });
  return null;
}
