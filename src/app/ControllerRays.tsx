import { useFrame } from '@react-three/fiber';
import { useXR } from '@react-three/xr';
import { useEffect, useMemo } from 'react';
import { CylinderGeometry, Group, Mesh, MeshBasicMaterial } from 'three';
import type { HandState } from '../xr/hand-state';
import { BareHands } from './hands/bare-hands';
import { appStore } from './store';
import type { Visit } from './visit';

const bodyGeometry = new CylinderGeometry(0.012, 0.016, 0.12, 16).rotateX(Math.PI / 2);
/** Begins a little before the hand and ends a metre from it. */
const rayGeometry = new CylinderGeometry(0.0012, 0.0012, 1, 6).rotateX(Math.PI / 2).translate(0, 0, -0.56);
const opacity = { controller: 0.45, hand: 0.25 } as const;

/**
 * What is seen of the visitor's hands: a plain wand for each controller and rounded bones for each bare hand, both with a
 * faint ray; no models are fetched from anywhere. In AR the real hands are seen, and only their rays are drawn. A ray that
 * begins at the eyes (gaze-and-pinch) is not drawn: one would see but a dot.
 */
export function ControllerRays({ visit }: { visit: Visit }) {
  const presenting = useXR((xr) => xr.session !== undefined);
  const parts = useMemo(() => {
    const root = new Group();
    const wands = { left: new Wand(), right: new Wand() };
    const bare = new BareHands();
    root.add(wands.left, wands.right, bare);
    return { root, wands, bare };
  }, []);
  useEffect(
    () => () => {
      parts.bare.dispose();
      parts.wands.left.dispose();
      parts.wands.right.dispose();
    },
    [parts],
  );
  useFrame(() => {
    const { root, wands, bare } = parts;
    root.visible = presenting;
    if (!presenting) return;
    const { xr } = appStore.getState();
    const isInRoom = xr.status === 'presenting' && xr.mode === 'immersive-ar';
    bare.visible = false;
    if (!isInRoom) bare.update(visit.hands);
    const { teleportSide } = visit.controls;
    wands.left.update(visit.hands.left, isInRoom, teleportSide === 'left');
    wands.right.update(visit.hands.right, isInRoom, teleportSide === 'right');
  });
  return <primitive object={parts.root} />;
}

class Wand extends Group {
  private readonly bodyMaterial = new MeshBasicMaterial({ color: '#2b2f38' });
  private readonly rayMaterial = new MeshBasicMaterial({ color: '#f1e3c2', transparent: true });
  private readonly body = new Mesh(bodyGeometry, this.bodyMaterial);
  private readonly ray = new Mesh(rayGeometry, this.rayMaterial);

  constructor() {
    super();
    this.matrixAutoUpdate = false;
    this.add(this.body, this.ray);
  }

  update(hand: HandState, isInRoom: boolean, aims: boolean): void {
    const { kind } = hand;
    this.visible = kind === 'controller' || kind === 'hand';
    if (kind !== 'controller' && kind !== 'hand') return;
    this.matrix.fromArray(hand.roomFromAim);
    this.matrixWorldNeedsUpdate = true;
    this.body.visible = kind === 'controller' && !isInRoom;
    // An arc is drawn in its place.
    this.ray.visible = !aims && hand.claim !== 'teleport';
    this.rayMaterial.opacity = opacity[kind];
  }

  override dispose(): void {
    this.bodyMaterial.dispose();
    this.rayMaterial.dispose();
  }
}
