import { useFrame, useThree } from '@react-three/fiber';
import { useMemo } from 'react';
import { StickPress } from '../xr/stick-press';
import type { Commands } from './commands';
import { nextDebugView } from './options';
import { appStore } from './store';

/** In a headset a press of the right stick shows the next debug view, as G does on the page. */
export function HeadsetDebug({ director }: { director: Pick<Commands, 'set'> }) {
  const gl = useThree((state) => state.gl);
  const press = useMemo(() => new StickPress(), []);
  useFrame(() => {
    if (!press.update(gl.xr.getSession()?.inputSources ?? null)) return;
    director.set({ debug: nextDebugView(appStore.getState().options.debug) });
  });
  return null;
}
