import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Matrix4 } from 'three';
import { scaleOf } from '../../math/pose';
import { floorHeightM } from '../../xr/ar/surface';
import { CaptionPanel } from '../../xr/caption-panel';
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
const placingHint = 'Aim where it shall stand, then press or pinch';

/** The world in the visitor's room: where it stands, what is drawn around it, what the picture has to leave out. */
export function ArScene({ visit, director }: { visit: Visit; director: Director }) {
  const { gl, scene } = useThree();
  const parts = useMemo(() => ({ frame: new WindowFrame(), stand: new ModelStand(), roomFromForm: new Matrix4() }), []);
  const running = useMemo(() => ({ session: null as ArSession | null }), []);
  const depth = useMemo(() => new RealDepth(), []);
  const hint = useMemo(() => new CaptionPanel(), []);

  useEffect(() => {
    const { frame, stand } = parts;
    frame.visible = stand.visible = false;
    visit.view.patchForRoom(frame.material, 'room');
    visit.view.patchForRoom(stand.material, 'room');
    scene.add(frame, stand, hint);
    const end = (): void => {
      if (running.session) visit.view.setRealDepth(null);
      running.session?.end();
      running.session = null;
      depth.reset();
      hint.say('', visit.worldFromHead);
      frame.visible = stand.visible = false;
    };
    const stop = xrStore.subscribe(({ session }) => {
      if (!session) end();
    });
    return () => {
      stop();
      end();
      for (const part of [frame, stand, hint]) {
        part.removeFromParent();
        part.dispose();
      }
      depth.dispose();
    };
  }, [visit, scene, parts, running, depth, hint]);

  useFrame((_state, _dtS, xrFrame: XRFrame | undefined) => {
    const session = gl.xr.getSession();
    const { xr } = appStore.getState();
    if (!xrFrame || !session || xr.status !== 'presenting' || xr.mode !== 'immersive-ar') return;
    running.session ??= new ArSession(session, visit, director);
    running.session.before(xrFrame, gl.xr, performance.now());
  }, beforePriority);

  useFrame((_state, dtS, xrFrame: XRFrame | undefined) => {
    const { session } = running;
    const space = gl.xr.getReferenceSpace();
    if (!session || !xrFrame || !space) return;
    depth.update(xrFrame, space, gl);
    visit.view.setRealDepth(appStore.getState().options.arOcclusion ? depth.look : null);
    session.after(depth.status);
    const { room } = session;
    hint.say(room.isPlacing ? placingHint : '', visit.worldFromHead);
    hint.follow(visit.worldFromHead, scaleOf(visit.worldFromRoom), dtS);
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
