import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import type { Landing } from '../../xr/hands/teleport';
import { Blink } from '../../xr/hands/blink';
import { Teleporter, type TeleportWishes } from '../../xr/hands/teleporter';
import { appStore } from '../store';
import type { Visit } from '../visit';
import { TeleportLook } from './teleport-look';

/** After the menu's pointers (-890), before things are grabbed and thrown (-870). */
const teleportPriority = -880;

/**
 * Teleports the visitor: with the turning stick pushed forward, or with trigger or pinch while the tool is "move". In AR
 * only while the world stands around the visitor: a window or a model is moved by its own means.
 */
export function Teleport({ visit }: { visit: Visit }) {
  const scene = useThree((state) => state.scene);
  const parts = useMemo(() => {
    const wishes: TeleportWishes = { isAllowed: false, pressAims: false, stickSide: null };
    const landing: Landing = { collider: null, hasWalls: true, floorY: 0 };
    return { wishes, landing, teleporter: new Teleporter(), blink: new Blink(), target: { x: 0, y: 0, z: 0 } };
  }, []);
  const look = useMemo(() => new TeleportLook(), []);

  useEffect(() => {
    scene.add(look);
    return () => {
      look.removeFromParent();
      look.dispose();
    };
  }, [scene, look]);

  useFrame(({ gl }, dtS) => {
    const { wishes, landing, teleporter, blink, target } = parts;
    const { options } = appStore.getState();
    const { room } = visit.body;
    wishes.isAllowed = Boolean(gl.xr.getSession()) && room?.body !== 'origin' && !blink.isPending;
    wishes.pressAims = options.tool === 'move';
    wishes.stickSide = visit.controls.teleportSide;
    landing.collider = visit.collider;
    landing.hasWalls = options.collide && room?.collides !== false;
    landing.floorY = visit.worldFromRig[13]!;
    if (teleporter.update(visit.hands, wishes, landing)) {
      Object.assign(target, teleporter.arc.target);
      // A real room goes on standing still around who sees it: nothing to close the eyes for.
      if (room) visit.teleport(target.x, target.y, target.z);
      else blink.start();
    }
    if (blink.update(dtS)) visit.teleport(target.x, target.y, target.z);
    visit.vignette.setClosed(blink.closed);
    if (teleporter.hand) look.show(teleporter.arc, teleporter.hand.kind !== 'pinch');
    else look.hide();
  }, teleportPriority);
  return null;
}
