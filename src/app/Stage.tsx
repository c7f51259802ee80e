import { addAfterEffect, Canvas, useFrame, useThree } from '@react-three/fiber';
import { XR, XROrigin } from '@react-three/xr';
import { useEffect, useMemo, useRef } from 'react';
import { Matrix4, type Group, type PerspectiveCamera } from 'three';
import { useStore } from 'zustand';
import { createPose } from '../math/pose';
import { createGamepad } from '../xr/devices/gamepad';
import { createKeyboardMouse } from '../xr/devices/keyboard-mouse';
import { createTouch } from '../xr/devices/touch';
import { createXrControllers } from '../xr/devices/xr-controllers';
import { HandTracker } from '../xr/hands/hand-tracker';
import { enterXr, exitXr, sessionMode, setFramebufferScale, xrStore } from '../xr/session';
import { ControllerRays } from './ControllerRays';
import { HeadsetDebug } from './HeadsetDebug';
import { HeadsetLab } from './HeadsetLab';
import { HeadsetNotices } from './HeadsetNotices';
import { OpticalPatch } from './OpticalPatch';
import { ArScene } from './ar/ArScene';
import type { VisitCommands } from './commands';
import type { Director } from './director';
import { ButtonTap } from './lab/button-tap';
import type { VisitLab } from './lab/visit-lab';
import { Teleport } from './hands/Teleport';
import { HeadsetMenu } from './menu/HeadsetMenu';
import { ObjectsScene } from './objects/ObjectsScene';
import { pageFovYDeg } from './page-camera';
import { PictureTaker } from './picture/picture-taker';
import { sharpnessOf } from './sharpness';
import { appStore, dismiss, notify, type XrState } from './store';
import type { DisplayFrame } from './display-frame';
import type { Visit } from './visit';

/** Before three renders and after @react-three/xr has updated its state at -1000. */
const updatePriority = -900;
/** Beyond the far end of every world; points at infinity are clamped to it by the shader. */
const farM = 500;
const nearM = 0.05;

type StageProps = { visit: Visit; director: Director; visits: VisitCommands; lab: VisitLab };

/** The canvas behind the page: one scene that is drawn to the window or, in a session, to both eyes. */
export function Stage({ visit, director, visits, lab }: StageProps) {
  const quality = useStore(appStore, (state) => state.options.quality);
  const { pixelRatio, framebufferScale } = sharpnessOf(quality, window.devicePixelRatio);
  // Headsets take it at the begin of a session.
  setFramebufferScale(framebufferScale);
  return (
    <Canvas
      style={{ position: 'fixed', inset: 0, zIndex: 0, touchAction: 'none' }}
      camera={{ near: nearM, far: farM }}
      dpr={pixelRatio}
      gl={{ antialias: true, powerPreference: 'high-performance' }}
      flat
    >
      <XR store={xrStore}>
        <Scene visit={visit} director={director} visits={visits} lab={lab} />
      </XR>
    </Canvas>
  );
}

function Scene({ visit, director, visits, lab }: StageProps) {
  const { gl, scene, camera } = useThree();
  const origin = useRef<Group>(null);
  const handTracker = useMemo(() => new HandTracker(visit.hands), [visit]);
  const xrControllers = useMemo(
    () => createXrControllers(handTracker, () => appStore.getState().options.hand),
    [handTracker],
  );
  const labTap = useMemo(() => new ButtonTap(['secondaryLeft', 'secondaryRight']), []);
  const shared = useMemo(() => ({ roomFromHead: createPose(), matrix: new Matrix4(), inSession: false }), []);

  useEffect(() => {
    visit.addTo(scene);
    const fovYRad = (): number => (pageFovYDeg(gl.domElement.clientWidth / gl.domElement.clientHeight) * Math.PI) / 180;
    const devices = [createKeyboardMouse({ fovYRad }), createTouch({ fovYRad }), createGamepad(), xrControllers, labTap];
    for (const device of devices) device.attach(gl.domElement);
    visit.devices.push(...devices);
    return () => {
      for (const device of devices) device.detach();
      visit.devices.length = 0;
      visit.root.removeFromParent();
      visit.vignette.removeFromParent();
    };
  }, [visit, scene, gl, xrControllers, labTap]);

  const taker = useMemo(
    () => new PictureTaker(gl, scene, camera as PerspectiveCamera, visit, () => director.stage.roomFromHead()),
    [gl, scene, camera, visit, director],
  );

  useEffect(() => {
    // In a session three takes both from its own camera, whose defaults would clip hands and near walls.
    const xrCamera = gl.xr.getCamera();
    xrCamera.near = nearM;
    xrCamera.far = farM;
    director.stage = {
      enter: enterXr,
      exit: exitXr,
      roomFromHead: () => (shared.inSession ? shared.roomFromHead : null),
      takePicture: () => taker.take(),
    };
    let outside: XrState = { status: 'available' };
    return xrStore.subscribe((state, before) => {
      if ((state.session === undefined) === (before.session === undefined)) return;
      visit.display.reset();
      if (!state.session) xrControllers.detach();
      else xrControllers.attach(gl.domElement);
      // A device that has AR but no VR goes back to saying so.
      if (state.session) outside = appStore.getState().xr;
      appStore.setState({ xr: state.session ? { status: 'presenting', mode: sessionMode() } : outside });
      director.configure();
    });
  }, [director, visit, shared, gl, xrControllers, taker]);

  useEffect(() => {
    const lost = (event: Event): void => {
      event.preventDefault();
      notify({
        id: 'gpu',
        level: 'error',
        text: 'The browser took the graphics card away from this page. It comes back by itself in a moment; if not, reload.',
      });
    };
    const restored = (): void => dismiss('gpu');
    const canvas = gl.domElement;
    canvas.addEventListener('webglcontextlost', lost);
    canvas.addEventListener('webglcontextrestored', restored);
    return () => {
      canvas.removeEventListener('webglcontextlost', lost);
      canvas.removeEventListener('webglcontextrestored', restored);
    };
  }, [gl]);

  useEffect(() => addAfterEffect(() => visit.rendered(gl.info.render)), [visit, gl]);

  const frame = useMemo<DisplayFrame>(
    () => ({ atMs: 0, refreshMs: 0, dtS: 0, roomFromHead: null, predictedDisplayMs: undefined, nominalHz: null }),
    [],
  );

  useFrame((state, dtS, xrFrame: XRFrame | undefined) => {
    const session = state.gl.xr.getSession();
    const space = state.gl.xr.getReferenceSpace();
    const viewer = xrFrame && session && space ? xrFrame.getViewerPose(space) : undefined;
    if (viewer) shared.roomFromHead.set(viewer.transform.matrix);
    // A runtime may give no pose in its first frames (null, whatever the types say): the page's head stays until it does.
    const inSession = session ? shared.inSession || Boolean(viewer) : false;
    if (inSession !== shared.inSession) {
      shared.inSession = inSession;
      // Into a session and out of it the person keeps the place and the direction.
      visit.changeHead(inSession ? shared.roomFromHead : null);
    }
    // A head whose tracking is lost stays where it was; the page's own head takes over only when the session ends.
    frame.roomFromHead = inSession ? shared.roomFromHead : null;
    frame.atMs = performance.now();
    // The page's own animation frames carry the time of the refresh; work before them would make the rate look uneven.
    frame.refreshMs = session ? frame.atMs : Number(document.timeline.currentTime ?? frame.atMs);
    frame.dtS = dtS;
    frame.predictedDisplayMs = xrFrame?.predictedDisplayTime;
    frame.nominalHz = session?.frameRate ?? null;
    if (!session) handTracker.clear();
    else if (xrFrame && space && inSession) {
      handTracker.sample(session, xrFrame, space, frame, shared.roomFromHead, appStore.getState().options.hand);
    }
    visit.update(frame, state.gl);
    handTracker.place(visit.worldFromRoom);
    placeOrigin(origin.current, shared.matrix.fromArray(visit.worldFromRoom));
    if (!session) placePageCamera(state.camera as PerspectiveCamera, shared.matrix.fromArray(visit.worldFromHead), state.size);
  }, updatePriority);

  return (
    <>
      <XROrigin ref={origin}>
        <ControllerRays visit={visit} />
        <HeadsetMenu visit={visit} director={director} visits={visits} lab={lab} />
      </XROrigin>
      <HeadsetNotices visit={visit} />
      <HeadsetDebug director={director} />
      <OpticalPatch visit={visit} />
      <HeadsetLab visit={visit} director={director} head={lab.head} tap={labTap} />
      <ArScene visit={visit} director={director} />
      <Teleport visit={visit} />
      <ObjectsScene visit={visit} director={director} />
    </>
  );
}

function placeOrigin(group: Group | null, worldFromRoom: Matrix4): void {
  if (!group) return;
  group.matrixAutoUpdate = false;
  group.matrix.copy(worldFromRoom);
  group.matrixWorldNeedsUpdate = true;
}

function placePageCamera(camera: PerspectiveCamera, worldFromHead: Matrix4, size: { width: number; height: number }): void {
  worldFromHead.decompose(camera.position, camera.quaternion, camera.scale);
  const fov = pageFovYDeg(size.width / size.height);
  if (camera.fov !== fov) {
    camera.fov = fov;
    camera.updateProjectionMatrix();
  }
  camera.updateMatrixWorld();
}
