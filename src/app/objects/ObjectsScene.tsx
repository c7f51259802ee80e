import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { BodyMeshes } from '../../physics/body-meshes';
import { maxBodies } from '../../physics/physics-settings';
import { loadPhysics } from '../../physics/physics-world';
import { listenForClicks } from '../../xr/devices/page-click';
import type { Director } from '../director';
import { reasonOf } from '../reason';
import { HeadsetCaptions } from '../sound/HeadsetCaptions';
import { sounds } from '../sound/sounds';
import { appStore, notify } from '../store';
import type { Visit } from '../visit';
import { useObjectLight } from './use-object-light';
import { isSamePlace } from './same-place';
import { nearestSpheres } from './shadow-spheres';
import { things } from './things';

/** Between the menu and the teleport, and after both; see the frame order in `Stage.tsx`. */
const claimPriority = -885;
const actPriority = -870;
/** Bodies that throw a shadow: each is looked at for every pixel of the dream. */
const mostShadows = 12;

/** Real things in the dream: hands and clicks make them, they fall, roll and lie, drawn in the depth of the dream. */
export function ObjectsScene({ visit, director }: { visit: Visit; director: Director }) {
  const { gl, scene, get } = useThree();
  const presenting = useStore(appStore, (state) => state.xr.status === 'presenting');
  const drawn = useMemo(() => new BodyMeshes(maxBodies, (material) => visit.view.patchForRoom(material)), [visit]);
  const light = useObjectLight(gl, scene, visit);
  const shadows = useMemo(() => ({ spheres: new Float32Array(4 * mostShadows), count: 0 }), []);

  useEffect(() => {
    scene.add(drawn);
    return () => {
      drawn.removeFromParent();
      drawn.dispose();
    };
  }, [scene, drawn]);

  useEffect(
    () =>
      things.attach({
        visit,
        options: () => appStore.getState().options,
        isPlacing: () => appStore.getState().ar?.placing ?? false,
        load() {
          // The shader as well: compiling it when the first thing is drawn would hold that frame up.
          gl.compile(drawn, get().camera, scene);
          return loadPhysics();
        },
        failed: (reason) => notify({ id: 'physics', level: 'error', text: reasonOf(reason) }),
        populated(bodies) {
          appStore.setState({ bodies });
          director.configure();
        },
      }),
    [visit, director, drawn, gl, get, scene],
  );

  useEffect(
    () =>
      appStore.subscribe(({ world }, before) => {
        if (world !== before.world && before.world) things.renew(!isSamePlace(world?.layout, before.world.layout));
      }),
    [],
  );

  useEffect(() => {
    // In a session the first throw is a matter of a finger; on the page it shows itself by a press.
    if (presenting) {
      void things.prepare();
      return;
    }
    const canvas = gl.domElement;
    return listenForClicks(
      canvas,
      (click) => {
        if (isListening()) void things.throwAt(click);
      },
      () => {
        if (isListening()) void things.prepare();
      },
    );
  }, [presenting, gl]);

  useFrame(() => things.claim(), claimPriority);

  useFrame((_state, dtS) => {
    sounds.listen(visit.worldFromHead, visit.worldFromRoom);
    things.update(dtS);
    const { world } = things;
    const count = world?.count ?? 0;
    if (!world || (count === 0 && !drawn.visible)) return;
    drawn.begin();
    for (let i = 0; i < count; i++) drawn.put(things.lookOf(world.ids[i]!), world.poses, i);
    drawn.end();
    const m = visit.worldFromHead;
    shadows.count = nearestSpheres(world.poses, count, m[12]!, m[13]!, m[14]!, shadows.spheres, mostShadows);
    visit.view.setShadows(shadows.spheres, shadows.count, light.sun.position);
  }, actPriority);

  return presenting ? <HeadsetCaptions visit={visit} /> : null;
}

/** While the lab's patch listens to clicks, they throw nothing. */
function isListening(): boolean {
  const { optical } = appStore.getState().options;
  return optical !== 'trigger' && optical !== 'model';
}
