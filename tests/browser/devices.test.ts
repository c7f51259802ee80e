import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { buttonNames } from '../../src/action/action';
import { detectXr } from '../../src/xr/capabilities';
import { createControls, readDevices, type Controls, type InputDevice } from '../../src/xr/controls';
import { createKeyboardMouse } from '../../src/xr/devices/keyboard-mouse';
import { createTouch } from '../../src/xr/devices/touch';
import { createXrControllers } from '../../src/xr/devices/xr-controllers';
import { HandTracker } from '../../src/xr/hands/hand-tracker';
import { installEmulator } from '../../src/xr/emulator';
import { applyFrameRate } from '../../src/xr/frame-rate';
import { createLocomotion } from '../../src/xr/locomotion';
import { createPose } from '../../src/math/pose';
import { pageRigFromHead } from '../../src/xr/rig';

let target: HTMLElement;
let device: InputDevice;
const controls = createControls();

function read(): Controls {
  readDevices([device], controls, 1 / 60);
  return controls;
}

function trigger(): number {
  return controls.buttons[buttonNames.indexOf('triggerRight')];
}

function pointer(type: string, x: number, y: number, init: PointerEventInit = {}): void {
  const event = { bubbles: true, pointerType: 'touch', pointerId: 7, clientX: x, clientY: y, isPrimary: true, ...init };
  target.dispatchEvent(new PointerEvent(type, event));
}

function key(
  type: 'keydown' | 'keyup',
  code: string,
  init: KeyboardEventInit = {},
  on: EventTarget = document.body,
): KeyboardEvent {
  const event = new KeyboardEvent(type, { code, bubbles: true, cancelable: true, ...init });
  on.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  target = document.createElement('div');
  target.style.cssText = 'position:fixed;left:0;top:0;width:400px;height:300px;background:#345;touch-action:pan-y';
  document.body.append(target);
});

afterEach(() => {
  device.detach();
  document.body.replaceChildren();
});

describe('keyboard and mouse', () => {
  beforeEach(() => {
    device = createKeyboardMouse();
    device.attach(target);
  });

  test('WASD, held on a real keyboard, walk and let go', async () => {
    await userEvent.keyboard('{w>}{d>}');
    expect(read()).toMatchObject({ moveBack: -1, moveRight: 1, speedFactor: 1 });
    expect(controls.lastEventMs).toBeGreaterThan(0);
    await userEvent.keyboard('{/d}{Shift>}');
    expect(read()).toMatchObject({ moveBack: -1, moveRight: 0, speedFactor: 2 });
    await userEvent.keyboard('{/w}{/Shift}');
    expect(read()).toMatchObject({ moveBack: 0, moveRight: 0, speedFactor: 1 });
  });

  test('W held for three seconds walks more than two metres', async () => {
    const locomotion = createLocomotion();
    await userEvent.keyboard('{w>}');
    const settings = { walkSpeedMps: 1.6, turn: 'snap', collides: true } as const;
    for (let i = 0; i < 180; i++) {
      const rigFromHead = pageRigFromHead(locomotion.rig, createPose());
      locomotion.update(read(), rigFromHead, 1 / 60, settings, null);
    }
    await userEvent.keyboard('{/w}');
    expect(-locomotion.rig.z).toBeGreaterThan(2);
  });

  test('the arrows walk and turn, Q and E turn, and the page does not scroll', () => {
    expect(key('keydown', 'ArrowUp').defaultPrevented).toBe(true);
    key('keydown', 'ArrowLeft');
    expect(read()).toMatchObject({ moveBack: -1, turn: 1 });
    key('keyup', 'ArrowLeft');
    key('keydown', 'KeyE');
    expect(read().turn).toBe(-1);
    expect(key('keydown', 'KeyW').defaultPrevented).toBe(false);
  });

  test('two keys against each other stand still', () => {
    key('keydown', 'KeyW');
    key('keydown', 'ArrowDown');
    expect(read().moveBack).toBe(0);
  });

  test('typing in a field does not walk, and a key held while focus moves there is still let go', async () => {
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await userEvent.keyboard('wasd{ArrowUp>}');
    expect(read()).toMatchObject({ moveBack: 0, moveRight: 0, turn: 0 });
    await userEvent.keyboard('{/ArrowUp}');
    expect(field.value).toBe('wasd');
    key('keydown', 'KeyW');
    expect(read().moveBack).toBe(-1);
    key('keyup', 'KeyW', {}, field);
    expect(read().moveBack).toBe(0);
  });

  test.each([
    ['a select', '<select><option>a</option></select>', 0],
    ['a text area', '<textarea></textarea>', 0],
    ['a slider', '<input type="range">', 0],
    ['a dialog', '<dialog open><button>x</button></dialog>', 0],
    ['editable text', '<p contenteditable="true">x</p>', 0],
    ['a scrolled panel', '<div style="height:20px;overflow:auto"><button>x</button><p style="height:200px"></p></div>', 0],
    ['a button', '<button>x</button>', -1],
    ['a check box', '<input type="checkbox">', -1],
  ])('%s with the focus gets its arrow keys or leaves them to walking', (_name, html, moveBack) => {
    target.insertAdjacentHTML('afterend', html);
    const element = target.nextElementSibling!;
    const event = key('keydown', 'ArrowUp', {}, element.querySelector('button') ?? element);
    expect(read().moveBack).toBe(moveBack);
    expect(event.defaultPrevented).toBe(moveBack !== 0);
  });

  test('shortcuts of the browser are not walking', () => {
    key('keydown', 'KeyW', { ctrlKey: true });
    key('keydown', 'KeyA', { metaKey: true });
    expect(read()).toMatchObject({ moveBack: 0, moveRight: 0 });
  });

  test('nothing stays pressed when the window loses the focus', () => {
    key('keydown', 'KeyW');
    pointer('pointerdown', 10, 10, { pointerType: 'mouse' });
    read();
    window.dispatchEvent(new Event('blur'));
    expect(read().moveBack).toBe(0);
    expect(trigger()).toBe(0);
  });

  test('dragging looks in full, whatever the number of events, and only while the button is down', () => {
    const mouse = { pointerType: 'mouse' };
    pointer('pointermove', 60, 60, mouse);
    expect(Math.abs(read().lookYawRad)).toBe(0);
    pointer('pointerdown', 100, 100, mouse);
    pointer('pointermove', 150, 90, mouse);
    pointer('pointermove', 200, 80, mouse);
    read();
    expect(controls.lookYawRad).toBeCloseTo(-0.3);
    expect(controls.lookPitchRad).toBeCloseTo(0.06);
    expect(trigger()).toBe(1);
    pointer('pointerup', 200, 80, mouse);
    pointer('pointermove', 300, 80, mouse);
    read();
    expect(Math.abs(controls.lookYawRad)).toBe(0);
    expect(trigger()).toBe(0);
  });

  test('a click between two frames still pulls the trigger for one', async () => {
    await userEvent.click(target);
    read();
    expect(trigger()).toBe(1);
    read();
    expect(trigger()).toBe(0);
  });

  test('the other mouse buttons do nothing', () => {
    pointer('pointerdown', 100, 100, { pointerType: 'mouse', button: 2 });
    pointer('pointermove', 150, 100, { pointerType: 'mouse', button: -1, buttons: 2 });
    read();
    expect(trigger()).toBe(0);
    expect(Math.abs(controls.lookYawRad)).toBe(0);
  });

  test('the mouse points from the head through its place in the picture', () => {
    pointer('pointermove', 200, 0, { pointerType: 'mouse' });
    read();
    expect(controls.pointerCount).toBe(1);
    const [{ space, spaceFromPointer: m }] = controls.pointers;
    expect(space).toBe('head');
    const elevation = Math.atan2(-m[9], m[10]);
    expect((elevation * 180) / Math.PI).toBeCloseTo(35, 3);
    pointer('pointermove', 400, 150, { pointerType: 'mouse' });
    read();
    const tangent = (Math.tan((35 * Math.PI) / 180) * 400) / 300;
    expect(-m[8] / m[10]).toBeCloseTo(tangent, 4);
    pointer('pointerleave', 500, 150, { pointerType: 'mouse' });
    expect(read().pointerCount).toBe(0);
  });

  test('a double click captures the mouse, and then it looks without a button', async () => {
    await userEvent.dblClick(target);
    await expect.poll(() => document.pointerLockElement).toBe(target);
    read();
    pointer('pointermove', 200, 150, { pointerType: 'mouse', movementX: 40, movementY: 0 });
    expect(read().lookYawRad).toBeCloseTo(-0.12);
    device.detach();
    await expect.poll(() => document.pointerLockElement).toBe(null);
  });

  test('after detaching nothing is heard', () => {
    key('keydown', 'KeyW');
    device.detach();
    key('keydown', 'KeyS');
    expect(read()).toMatchObject({ moveBack: 0, pointerCount: 0, lastEventMs: 0 });
  });
});

describe('touch', () => {
  beforeEach(() => {
    device = createTouch();
    device.attach(target);
  });

  test('a finger on the left half is a stick that walks as far as it is pulled', () => {
    pointer('pointerdown', 80, 200);
    expect(read()).toMatchObject({ moveBack: 0, moveRight: 0 });
    pointer('pointermove', 80, 110);
    expect(read().moveBack).toBe(-1);
    expect(read().moveBack).toBe(-1);
    pointer('pointermove', 110, 200);
    expect(read().moveRight).toBeCloseTo((0.5 - 0.12) / 0.88);
    pointer('pointerup', 110, 200);
    expect(read()).toMatchObject({ moveBack: 0, moveRight: 0 });
    expect(trigger()).toBe(0);
  });

  test('two fingers walk and look at the same time', () => {
    pointer('pointerdown', 80, 200, { pointerId: 1 });
    pointer('pointerdown', 300, 100, { pointerId: 2, isPrimary: false });
    pointer('pointermove', 80, 100, { pointerId: 1 });
    pointer('pointermove', 320, 90, { pointerId: 2, isPrimary: false });
    read();
    expect(controls.moveBack).toBe(-1);
    expect(controls.lookYawRad).toBeCloseTo(-0.1);
    expect(controls.lookPitchRad).toBeCloseTo(0.05);
    pointer('pointerup', 320, 90, { pointerId: 2, isPrimary: false });
    expect(read()).toMatchObject({ moveBack: -1 });
    expect(Math.abs(controls.lookYawRad)).toBe(0);
  });

  test('a tap pulls the trigger once, through the place that was tapped', () => {
    pointer('pointerdown', 200, 0);
    read();
    expect(trigger()).toBe(0);
    pointer('pointerup', 203, 0);
    read();
    expect(trigger()).toBe(1);
    expect(controls.pointers[0]).toMatchObject({ space: 'head', pressed: 1 });
    read();
    expect(trigger()).toBe(0);
    expect(controls.pointerCount).toBe(0);
  });

  test('a drag and a long press are no taps, nor is a finger that the browser takes away', async () => {
    pointer('pointerdown', 300, 100);
    pointer('pointermove', 330, 100);
    pointer('pointermove', 300, 100);
    pointer('pointerup', 300, 100);
    read();
    expect(trigger()).toBe(0);
    pointer('pointerdown', 300, 100);
    pointer('pointercancel', 300, 100);
    read();
    expect(trigger()).toBe(0);
    pointer('pointerdown', 300, 100);
    await new Promise((resolve) => setTimeout(resolve, 300));
    pointer('pointerup', 300, 100);
    read();
    expect(trigger()).toBe(0);
  });

  test('the mouse is left to the mouse', () => {
    pointer('pointerdown', 300, 100, { pointerType: 'mouse' });
    pointer('pointermove', 350, 100, { pointerType: 'mouse' });
    expect(Math.abs(read().lookYawRad)).toBe(0);
  });

  test('keeps the browser from scrolling while attached, and only then', () => {
    expect(target.style.touchAction).toBe('none');
    device.detach();
    expect(target.style.touchAction).toBe('pan-y');
  });
});

describe('the emulated headset', () => {
  test('brings a stereo session whose controllers walk, snap-turn, press and point', async () => {
    const emulator = (await installEmulator())!;
    expect(await installEmulator()).toBe(null);
    expect((await detectXr()).vr).toBe(true);
    emulator.controlMode = 'programmatic';
    emulator.controllers.left!.updateAxes('thumbstick', 0, -1);
    emulator.controllers.right!.updateAxes('thumbstick', 1, 0);
    emulator.controllers.right!.updateButtonValue('trigger', 1);
    emulator.controllers.left!.position.set(-0.25, 1.1, -0.4);

    const session = await navigator.xr!.requestSession('immersive-vr', { requiredFeatures: ['local-floor'] });
    const gl = document.createElement('canvas').getContext('webgl2', { xrCompatible: true })!;
    await session.updateRenderState({ baseLayer: new XRWebGLLayer(session, gl) });
    expect(await applyFrameRate(session)).toBe(72);
    const floor = await session.requestReferenceSpace('local-floor');
    const tracker = new HandTracker();
    const head = createPose();
    device = createXrControllers(tracker);
    const eyeXs: number[] = [];
    const snaps: number[] = [];
    for (let i = 0; i < 4; i++) {
      await new Promise<void>((resolve) => {
        session.requestAnimationFrame((_time, frame) => {
          const times = { atMs: performance.now(), dtS: 1 / 72, predictedDisplayMs: frame.predictedDisplayTime };
          tracker.sample(session, frame, floor, times, head, 'right');
          snaps.push(read().snapTurn);
          const views = frame.getViewerPose(floor)?.views ?? [];
          eyeXs.splice(0, 2, ...views.map((view) => view.transform.position.x));
          resolve();
        });
      });
    }
    await session.end();
    emulator.uninstallRuntime();

    expect(eyeXs[1] - eyeXs[0]).toBeCloseTo(0.063, 4);
    expect(snaps.filter((snap) => snap !== 0)).toEqual([-1]);
    expect(controls).toMatchObject({ moveBack: -1, moveRight: 0, stickTurn: -1, pointerCount: 2 });
    expect(trigger()).toBe(1);
    const left = controls.pointers.find(({ spaceFromPointer: m }) => m[12] < 0)!;
    expect(left.space).toBe('room');
    expect(Math.hypot(left.spaceFromPointer[12] + 0.25, left.spaceFromPointer[13] - 1.1)).toBeLessThan(0.1);
  });
});
