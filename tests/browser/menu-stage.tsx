import { Canvas, useThree } from '@react-three/fiber';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { Color, Matrix4, Vector3, type Camera, type Group, type Scene, type WebGLRenderer } from 'three';
import { vi } from 'vitest';
import type { Commands, VisitCommands } from '../../src/app/commands';
import type { MenuHost } from '../../src/app/menu/menu-host';
import { readMenuItems, type MenuItem } from '../../src/app/menu/menu-items';
import { MenuRoom } from '../../src/app/menu/MenuRoom';
import { menuStore, type MenuPage } from '../../src/app/menu/menu-store';
import { labStore } from '../../src/app/lab/lab-store';
import { defaultOptions } from '../../src/app/options';
import { renderPicture, type RenderedPicture } from '../../src/app/picture/render-picture';
import { appStore, type Stats } from '../../src/app/store';
import { poseFromYawPitch } from '../../src/math/pose';
import type { Pose } from '../../src/math/types';
import { createHands, type HandKind, type HandState } from '../../src/xr/hand-state';
import { fakeLab } from './fake-lab';

const stats: Stats = {
  display: { hz: 71.9, missedPct: 0.4, frameMsP50: 3.1, frameMsP99: 14.2 },
  model: { id: 'courtyards', provider: 'wasm', hz: 11.8, stepMsP50: 83.1, stepMsP95: 101.7, frames: 10482 },
  frame: { ageMs: 91, id: 10483, actionId: 20811, staleness: 0, depthCorrection: { scale: 1, offset: 0 } },
  draw: { triangles: 750_000, draws: 12, uploadBytes: 2_400_000 },
  pose: { worldFromHead: [] },
  governor: null,
  errors: [],
};

/** Commands that do what the director does to the options, and nothing else. */
export function fakeHost() {
  const commands = {
    open: vi.fn<Commands['open']>(async () => {}),
    enter: vi.fn<Commands['enter']>(async () => {}),
    exit: vi.fn<Commands['exit']>(async () => {}),
    set: vi.fn<Commands['set']>((options) => appStore.setState((state) => ({ options: { ...state.options, ...options } }))),
    newSeed: vi.fn<Commands['newSeed']>(),
    recentre: vi.fn<Commands['recentre']>(),
    takePicture: vi.fn<Commands['takePicture']>(async () => {}),
    restart: vi.fn<Commands['restart']>(),
  };
  const visits = {
    visits: vi.fn<VisitCommands['visits']>(async () => []),
    saveVisit: vi.fn<VisitCommands['saveVisit']>(async () => 'visit-1'),
    openVisit: vi.fn<VisitCommands['openVisit']>(async () => {}),
    deleteVisit: vi.fn<VisitCommands['deleteVisit']>(async () => {}),
    undoDelete: vi.fn<VisitCommands['undoDelete']>(async () => 'visit-1'),
    exportVisit: vi.fn<VisitCommands['exportVisit']>(async () => new Blob(['file'])),
    importVisit: vi.fn<VisitCommands['importVisit']>(async () => 'visit-2'),
  };
  const { head } = fakeLab();
  return { commands, visits, head, stats: () => stats } satisfies MenuHost;
}

type Handles = { gl: WebGLRenderer; scene: Scene; camera: Camera };

function Handle({ give }: { give: (handles: Handles) => void }) {
  const { gl, scene, camera } = useThree();
  useEffect(() => give({ gl, scene, camera }), [gl, scene, camera, give]);
  return null;
}

/** The menu in a scene of its own, with hands that a test moves. `worldFromRoom` is where the tracked room stands. */
export async function stageMenu(mode: 'immersive-vr' | 'immersive-ar' = 'immersive-vr', worldFromRoom = new Matrix4()) {
  appStore.setState(appStore.getInitialState(), true);
  appStore.setState({
    options: { ...defaultOptions },
    worlds: [
      { id: 'courtyards', name: 'Courtyards, dreamed', description: '', kind: 'neural' },
      { id: 'courtyards-256', name: 'Courtyards, dreamed finer', description: '', kind: 'neural' },
      { id: 'courtyard-simulator', name: 'Courtyards, ray cast', description: '', kind: 'simulator' },
    ],
    world: {
      id: 'courtyards',
      name: 'Courtyards, dreamed',
      description: '',
      camera: { width: 128, height: 128, fx: 54, fy: 54, cx: 64, cy: 64 },
      hasDepth: true,
      rateHz: 30,
      provider: 'wasm',
      layout: null,
    },
    xr: { status: 'presenting', mode },
    ar: mode === 'immersive-ar' ? { form: 'window', depth: 'gpu', anchored: true, planes: true, placing: false } : null,
  });
  menuStore.setState(menuStore.getInitialState(), true);
  labStore.setState(labStore.getInitialState(), true);
  const element = document.createElement('div');
  element.style.cssText = 'position:fixed;inset:0';
  document.body.append(element);
  const root = createRoot(element);
  const hands = createHands();
  const pressed = new Set<number>();
  const visit = { hands, isPressed: (button: number) => pressed.has(button) };
  const host = fakeHost();
  const roomFromHead: Pose = poseFromYawPitch([0.4, 1.6, -0.3], 0.5, 0);
  const handles = await new Promise<Handles>((resolve) => {
    root.render(
      <Canvas flat camera={{ near: 0.05, far: 50 }} gl={{ antialias: true }}>
        <Handle give={resolve} />
        <group matrixAutoUpdate={false} matrix={worldFromRoom}>
          <MenuRoom visit={visit} host={host} roomFromHead={() => roomFromHead} />
        </group>
      </Canvas>,
    );
  });
  const { gl, scene, camera } = handles;
  scene.background = new Color('#8a7a68');
  const frames = (count: number) =>
    new Promise<void>((resolve) => {
      const next = (): void => void (count-- > 0 ? requestAnimationFrame(next) : resolve());
      next();
    });
  const eye = new Vector3();

  const stage = {
    gl, scene, camera, hands, host, visit, pressed, roomFromHead, frames,
    pageLabel: (page: MenuPage): string =>
      ({ worlds: 'Worlds', room: 'Your room', things: 'Things', comfort: 'Comfort', picture: 'Picture', keep: 'Keep', numbers: 'Numbers' })[page],
    item(label: string): MenuItem {
      const found = readMenuItems().find((item) => item.label === label);
      if (!found) throw new Error(`"${label}" is not shown; shown are ${readMenuItems().map((item) => item.label).join(', ')}.`);
      return found;
    },
    /** Points one hand from beside the hip at a place in the room. */
    aim(hand: HandState, kind: HandKind, [x, y, z]: readonly number[]): void {
      hand.kind = kind;
      eye.set(roomFromHead[12]! + (hand.side === 'left' ? -0.2 : 0.2), kind === 'pinch' ? roomFromHead[13]! : 1.1, roomFromHead[14]!);
      const look = new Matrix4().lookAt(eye, new Vector3(x, y, z), new Vector3(0, 1, 0)).setPosition(eye);
      hand.roomFromAim.set(look.elements);
    },
    /** One display frame of a press that begins, and one in which it ends. */
    async press(hand: HandState, wasLost = false): Promise<void> {
      await frames(1);
      Object.assign(hand, { isPressed: true, pressBegan: true, press: 1 });
      await frames(1);
      hand.pressBegan = false;
      await frames(1);
      Object.assign(hand, { isPressed: false, pressEnded: true, press: 0, wasLost });
      await frames(1);
      Object.assign(hand, { pressEnded: false, claim: null, wasLost: false });
      if (hand.kind === 'pinch') hand.kind = null;
      await frames(1);
    },
    async choose(label: string, hand: HandState = hands.right, kind: HandKind = 'controller'): Promise<void> {
      stage.aim(hand, kind, stage.item(label).roomPosition);
      await stage.press(hand);
    },
    /** What the head sees, 90 degrees wide. */
    async picture(size = 1000): Promise<RenderedPicture> {
      const { PerspectiveCamera } = await import('three');
      const head = new PerspectiveCamera(90, 1, 0.05, 50);
      head.matrixAutoUpdate = false;
      head.matrixWorldAutoUpdate = false;
      head.matrixWorld.copy(worldFromRoom).multiply(new Matrix4().fromArray(roomFromHead));
      head.matrixWorldInverse.copy(head.matrixWorld).invert();
      // The menu is an interface, which pictures leave out.
      const menu = scene.getObjectByName('menu') as Group;
      menu.userData['isInterface'] = false;
      try {
        return await renderPicture(gl, scene, head, size, size);
      } finally {
        menu.userData['isInterface'] = true;
      }
    },
    async open(page?: MenuPage): Promise<void> {
      menuStore.setState({ isOpen: true, ...(page && { page }) });
      await vi.waitFor(() => {
        if (readMenuItems().length === 0) throw new Error('The menu is not laid out yet.');
      }, 20_000);
      await frames(3);
    },
    end(): void {
      root.unmount();
      element.remove();
    },
  };
  return stage;
}
