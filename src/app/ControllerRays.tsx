import { useFrame, useThree } from '@react-three/fiber';
import { useXR } from '@react-three/xr';
import { useEffect, useMemo } from 'react';
import { CylinderGeometry, Group, Mesh, MeshBasicMaterial } from 'three';

const hands = 2;

/** A plain wand for each controller, so that the hands are seen; no models are fetched from anywhere. */
export function ControllerRays() {
  const gl = useThree((state) => state.gl);
  const presenting = useXR((xr) => xr.session !== undefined);
  const root = useMemo(() => {
    const group = new Group();
    const body = new CylinderGeometry(0.012, 0.016, 0.12, 16).rotateX(Math.PI / 2);
    const ray = new CylinderGeometry(0.0012, 0.0012, 1, 6).rotateX(Math.PI / 2).translate(0, 0, -0.56);
    const bodyMaterial = new MeshBasicMaterial({ color: '#2b2f38' });
    const rayMaterial = new MeshBasicMaterial({ color: '#f1e3c2', transparent: true, opacity: 0.45 });
    for (let i = 0; i < hands; i++) {
      const wand = gl.xr.getController(i);
      wand.add(new Mesh(body, bodyMaterial), new Mesh(ray, rayMaterial));
      group.add(wand);
    }
    return group;
  }, [gl]);
  useEffect(
    () => () => {
      for (const wand of root.children) wand.clear();
    },
    [root],
  );
  useFrame(() => {
    root.visible = presenting;
  });
  return <primitive object={root} />;
}
