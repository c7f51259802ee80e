import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Matrix4 } from 'three';
import { floorHeightM } from '../../xr/ar/surface';
import { RealDepth } from '../../xr/real-depth';
import { xrStore } from '../../xr/session';
import type { Director } from '../director';
import { appStore } from '../store';
import type { Visit } from '../visit';
import { ArSession } from './ar-session';
import { ModelStand } from './model-stand';
import { WindowFrame } from './window-frame';

/** Before the stage moves the visitor, and right after it. */
const beforePriority = -950;
const afterPriority = -895;

/** The world in the visitor's room: where it stands, what is drawn around it, what the picture has to leave out. */
export function ArScene({ visit, director }: { visit: Visit; director: Director }) {
  const { gl, scene } = useThree();
  const parts = useMemo(() => ({ frame: new WindowFrame(), stand: new ModelStand(), roomFromForm: new Matrix4() }), []);
  const running = useMemo(() => ({ session: null as ArSession | null }), []);
  const depth = useMemo(() => new RealDepth(), []);

  useEffect(() => {
    const { frame, stand } = parts;
    frame.visible = stand.visible = false;
    visit.view.patchForRoom(frame.material);
    stand.putIntoRoom((material) => visit.view.patchForRoom(material));
    scene.add(frame, stand);
    const end = (): void => {
      if (running.session) visit.view.setRealDepth(null);
      running.session?.end();
      running.session = null;
      depth.reset();
      frame.visible = stand.visible = false;
    };
    const stop = xrStore.subscribe(({ session }) => {
      if (!session) end();
    });
    return () => {
      stop();
      end();
      for (const part of [frame, stand]) {
        part.removeFromParent();
        part.dispose();
      }
      depth.dispose();
    };
  }, [visit, scene, parts, running, depth]);

  useFrame((_state, _dtS, xrFrame: XRFrame | undefined) => {
    const session = gl.xr.getSession();
    const { xr } = appStore.getState();
    if (!xrFrame || !session || xr.status !== 'presenting' || xr.mode !== 'immersive-ar') return;
    running.session ??= new ArSession(session, visit, director);
    running.session.before(xrFrame, gl.xr, performance.now());
  }, beforePriority);

  useFrame((_state, _dtS, xrFrame: XRFrame | undefined) => {
    const { session } = running;
    const space = gl.xr.getReferenceSpace();
    if (!session || !xrFrame || !space) return;
    depth.update(xrFrame, space, gl);
    visit.view.setRealDepth(appStore.getState().options.arOcclusion ? depth.look : null);
    session.after(depth.status);
    const { room } = session;
    const { place } = room;
    const { arForm, arCut } = appStore.getState().options;
    parts.frame.visible = place !== null && arForm === 'window';
    parts.stand.visible = place !== null && arForm === 'diorama';
    if (!place || arForm === 'overlay') return;
    const part = arForm === 'window' ? parts.frame : parts.stand;
    if (arForm === 'window') parts.frame.fit(room.windowSize);
    else parts.stand.fit(arCut, room.radiusM, place.isReal ? 0 : place.roomFromForm[13] - floorHeightM(room.surfaces));
    // Scene space is the world's: the room, and its scale, come in between.
    part.matrix.fromArray(visit.worldFromRoom).multiply(parts.roomFromForm.fromArray(place.roomFromForm));
    part.matrixWorldNeedsUpdate = true;
  }, afterPriority);

  return null;
}
