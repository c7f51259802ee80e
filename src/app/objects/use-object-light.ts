import { useFrame } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import type { Scene, WebGLRenderer } from 'three';
import { useStore } from 'zustand';
import { ObjectLight } from '../../xr/light-estimate';
import { appStore } from '../store';
import type { Visit } from '../visit';
import { lightAsTheDream } from './dream-light';

/** Before anything is drawn, after the room has its place. */
const updatePriority = -860;

/** The light on real things: of the visitor's room where a headset tells it (AR), else of the dream. */
export function useObjectLight(gl: WebGLRenderer, scene: Scene, visit: Visit): ObjectLight {
  const light = useMemo(() => new ObjectLight(), []);
  const layout = useStore(appStore, (state) => state.world?.layout ?? null);
  const palette = useStore(appStore, (state) => state.options.palette);
  const hour = useStore(appStore, (state) => state.options.hour);
  const mode = useStore(appStore, (state) => (state.xr.status === 'presenting' ? state.xr.mode : null));

  useEffect(() => {
    scene.add(light);
    return () => {
      light.removeFromParent();
      light.dispose();
    };
  }, [scene, light]);

  useEffect(() => {
    const session = gl.xr.getSession();
    if (session && mode === 'immersive-ar') void light.begin(session);
    else light.reset();
    lightAsTheDream(light, layout, { palette, hour });
  }, [gl, light, mode, layout, palette, hour]);

  useFrame((_state, _dtS, xrFrame: XRFrame | undefined) => {
    const space = mode === 'immersive-ar' ? gl.xr.getReferenceSpace() : null;
    if (xrFrame && space) light.update(xrFrame, space, visit.worldFromRoom);
  }, updatePriority);
  return light;
}
