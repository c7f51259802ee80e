import { Container } from '@react-three/uikit';
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { Group, Vector3, type PerspectiveCamera } from 'three';
import { createPose, poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { createStanding, follow } from '../lab/lazy-follow';
import { markAsInterface } from '../picture/render-picture';
import { sounds } from '../sound/sounds';
import type { Visit } from '../visit';
import { HitDot, HitRay } from './hit-dot';
import { BoardContext, type Board } from './kit';
import { MenuHostContext, type MenuHost } from './menu-host';
import { MenuPanel } from './MenuPanel';
import { menuOrder, pixelSizeM, placeMenu, puckBerth, puckLeanRad } from './menu-place';
import { MenuPointer } from './menu-pointers';
import { closeMenu, menuStore } from './menu-store';
import { NoController } from './no-controller';
import { OpenGestures } from './open-gestures';
import { Puck } from './Puck';

/** After the hands are sampled (-900) and before anybody else who wants their presses. */
const pointerPriority = -890;

const from = new Vector3();

/** The styles that everything in a panel inherits. */
const drawn = { pixelSize: pixelSizeM, depthTest: false, depthWrite: false, renderOrder: menuOrder, pointerEvents: 'auto', fontWeight: 'medium' } as const;

export type MenuRoomProps = { visit: Pick<Visit, 'hands' | 'isPressed'>; host: MenuHost; roomFromHead: () => Pose | null };

/** Menu and puck in the tracked room while a session runs, and the rays that reach them. Everything here is room metres. */
export function MenuRoom({ visit, host, roomFromHead }: MenuRoomProps) {
  const { gl, camera } = useThree();
  const room = useMemo(() => {
    const root = markAsInterface(new Group());
    root.name = 'menu';
    const menu = new Group();
    const puck = new Group();
    for (const group of [menu, puck]) {
      group.matrixAutoUpdate = false;
      group.visible = false;
      // What is hidden is hit by no ray.
      group.intersectChildren = false;
    }
    // The rays look only here.
    const targets = new Group();
    const pointers = [0, 1].map(() => new MenuPointer(() => camera as PerspectiveCamera));
    const dots = [new HitDot(), new HitDot()];
    const rays = [new HitRay(), new HitRay()];
    root.add(...pointers.map(({ space }) => space), ...dots, ...rays);
    return { root, menu, puck, targets, pointers, dots, rays, pose: createPose(), standing: createStanding() };
  }, [camera]);
  const boards = useMemo(
    (): { menu: Board; puck: Board } => ({
      menu: { group: room.menu, isShown: () => room.menu.visible },
      puck: { group: room.puck, isShown: () => room.puck.visible },
    }),
    [room],
  );
  const gestures = useMemo(() => new OpenGestures(), []);
  const noController = useMemo(() => new NoController(), []);

  useEffect(() => {
    const open = (): void => {
      const head = roomFromHead();
      if (head) room.menu.matrix.fromArray(placeMenu(head, room.pose));
      show(room.menu, true);
    };
    const stop = menuStore.subscribe(({ isOpen }, before) => {
      if (isOpen === before.isOpen) return;
      sounds.play(isOpen ? 'menu-open' : 'menu-close');
      if (isOpen) open();
      else show(room.menu, false);
    });
    if (menuStore.getState().isOpen) open();
    return () => {
      stop();
      closeMenu();
      for (const pointer of room.pointers) pointer.leave();
    };
  }, [room, roomFromHead]);

  useEffect(() => {
    return () => {
      // uikit sets both and leaves them so; without a menu the renderer is as it was.
      gl.localClippingEnabled = false;
      gl.setTransparentSort(null as unknown as Parameters<typeof gl.setTransparentSort>[0]);
      for (const part of [...room.dots, ...room.rays]) part.dispose();
    };
  }, [gl, room]);

  useFrame((_, dtS) => {
    const head = roomFromHead();
    const nowMs = performance.now();
    if (head) gestures.update(visit, nowMs);
    const isPuckWanted = head !== null && noController.update(visit.hands, dtS);
    if (isPuckWanted !== room.puck.visible) {
      room.standing.isPlaced = false;
      show(room.puck, isPuckWanted);
    }
    if (isPuckWanted) {
      const { standing } = room;
      follow(standing, head, dtS, puckBerth);
      const at = [standing.x, standing.y, standing.z];
      room.puck.matrix.fromArray(poseFromYawPitch(at, standing.yaw, puckLeanRad, 0, room.pose));
    }
    const isShown = room.menu.visible || room.puck.visible;
    if (isShown) room.root.updateWorldMatrix(true, true);
    for (let i = 0; i < 2; i++) {
      const pointer = room.pointers[i]!;
      if (isShown) pointer.update(visit.hands.all[i]!, room.targets, nowMs);
      else pointer.leave();
      room.dots[i]!.show(pointer.hit, pointer.isWithin(room.puck) ? room.puck : room.menu, pointer.isDown);
      // Of a gaze only the dot is seen: its ray begins at the eyes.
      const hasRay = pointer.hit !== null && visit.hands.all[i]!.kind !== 'pinch';
      room.rays[i]!.show(pointer.space, hasRay ? room.dots[i]!.position.distanceTo(from.setFromMatrixPosition(pointer.space.matrix)) : null);
    }
  }, pointerPriority);

  return (
    <primitive object={room.root}>
      <primitive object={room.targets}>
        <primitive object={room.menu}>
          <BoardContext value={boards.menu}>
            <MenuHostContext value={host}>
              <Container {...drawn}>
                <MenuPanel />
              </Container>
            </MenuHostContext>
          </BoardContext>
        </primitive>
        <primitive object={room.puck}>
          <BoardContext value={boards.puck}>
            <Container {...drawn}>
              <Puck commands={host.commands} />
            </Container>
          </BoardContext>
        </primitive>
      </primitive>
    </primitive>
  );
}

function show(group: Group, isShown: boolean): void {
  group.visible = isShown;
  group.intersectChildren = isShown;
}
