import { mat4, quat, vec3 } from 'gl-matrix';
import { buttonNames, type Action } from '../../../src/action/action';
import { createPose, invertRigid, multiplyPose } from '../../../src/math/pose';
import type { ActionField, VectorPart } from '../../../src/world/manifest';
import type { Filler, SourceContext } from './sources';

const previousFromWorld = createPose();
const previousFromCamera = createPose();
const turn = quat.create();
const axis = vec3.create();

/** Compiles a vector part to a function that writes its numbers. */
export function vectorFiller(part: VectorPart): Filler {
  switch (part.source) {
    case 'action':
      return (context, out, start) => {
        const { action } = context;
        for (let i = 0; i < part.fields.length; i++) {
          out[start + i] = action === null ? 0 : fieldOf(action, part.fields[i]);
        }
      };
    case 'pose-delta':
      return writePoseDelta;
    case 'sun-direction':
      return part.space === 'world' ? writeSunInWorld : writeSunInCamera;
    case 'sun-color':
      return (context, out, start) => {
        const color = atmosphereOf(context).sunColor;
        for (let i = 0; i < 3; i++) out[start + i] = color[i];
      };
    case 'palette':
      return (context, out, start) => {
        const { palette } = atmosphereOf(context);
        for (let i = 0; i < 3 * part.colors; i++) out[start + i] = palette[i];
      };
    case 'constant':
      return (_, out, start) => out.set(part.values, start);
    case 'noise':
      return (context, out, start) => context.random.fill(out, start, part.size);
  }
}

/** m/s, rad/s, seconds, and 0..1 for a button. */
function fieldOf(action: Action, field: ActionField): number {
  switch (field) {
    case 'moveRight':
      return action.intent.move[0];
    case 'moveUp':
      return action.intent.move[1];
    case 'moveBack':
      return action.intent.move[2];
    case 'turn':
      return action.intent.turnRadPerS;
    case 'dt':
      return action.dtMs / 1000;
    default:
      return action.intent.buttons[buttonNames.indexOf(field)];
  }
}

/** Six numbers in the axes of the frame before: where the camera is now (m) and how it has turned (rotation vector). */
function writePoseDelta(context: SourceContext, out: Float32Array, start: number): void {
  invertRigid(previousFromWorld, context.worldFromPrevious);
  multiplyPose(previousFromCamera, previousFromWorld, context.worldFromCamera);
  mat4.getRotation(turn, previousFromCamera);
  // q and -q are the same turn; the one with w >= 0 is the short way round.
  if (turn[3] < 0) quat.scale(turn, turn, -1);
  const angle = quat.getAxisAngle(axis, turn);
  for (let i = 0; i < 3; i++) {
    out[start + i] = previousFromCamera[12 + i];
    out[start + 3 + i] = axis[i] * angle;
  }
}

function writeSunInWorld(context: SourceContext, out: Float32Array, start: number): void {
  const sun = atmosphereOf(context).sunDirection;
  for (let i = 0; i < 3; i++) out[start + i] = sun[i];
}

function writeSunInCamera(context: SourceContext, out: Float32Array, start: number): void {
  const [x, y, z] = atmosphereOf(context).sunDirection;
  const m = context.worldFromCamera;
  for (let i = 0; i < 3; i++) out[start + i] = m[4 * i] * x + m[4 * i + 1] * y + m[4 * i + 2] * z;
}

function atmosphereOf(context: SourceContext) {
  if (context.atmosphere === null) {
    throw new Error('A part reads the light, but none was prepared: a bug in the ONNX backend.');
  }
  return context.atmosphere;
}
