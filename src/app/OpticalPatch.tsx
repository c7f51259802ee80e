import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { OpticalPatchMesh } from '../xr/optical-patch';
import { OpticalFlips } from './optical-flips';
import { appStore } from './store';
import type { Visit } from './visit';

/** After the visit has moved and taken its newest picture in (-900), before three draws that very display frame. */
const flipPriority = -800;

/** A patch that flips in the display frame in which the chosen thing first shows; for a photodiode or a fast camera. */
export function OpticalPatch({ visit }: { visit: Visit }) {
  const scene = useThree((state) => state.scene);
  const patch = useMemo(() => new OpticalPatchMesh(), []);
  const flips = useMemo(() => new OpticalFlips(visit), [visit]);

  useEffect(() => {
    scene.add(patch);
    return () => {
      patch.removeFromParent();
      patch.dispose();
    };
  }, [scene, patch]);

  useFrame(() => {
    const { optical } = appStore.getState().options;
    patch.visible = optical !== 'off';
    patch.setLevel(flips.update(optical));
  }, flipPriority);
  return null;
}
