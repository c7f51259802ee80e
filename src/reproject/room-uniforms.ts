import { Matrix4, Vector3, Vector4, type Texture } from 'three';
import { mostShadows } from './body-shadow';

/** Of shaders/room.glsl and shaders/shadows.glsl: one object for all materials of a view, for the eye that is drawn now. */
export type RoomUniforms = ReturnType<typeof createRoomUniforms>;

export function createRoomUniforms() {
  return {
    roomCode: { value: 0 },
    roomFromView: { value: new Matrix4() },
    roomSize: { value: new Vector4() },
    roomFree: { value: new Vector4(0, 0, 0, 1) },
    roomReach: { value: 0 },
    realDepth: { value: null as Texture | null },
    realLayer: { value: -1 },
    realFromView: { value: new Matrix4() },
    realRange: { value: new Vector3() },
    bodies: { value: Array.from({ length: mostShadows }, () => new Vector4()) },
    bodyCount: { value: 0 },
    towardsSun: { value: new Vector3(0, 1, 0) },
  };
}
