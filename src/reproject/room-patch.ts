import type { Camera, Material, Scene, WebGLRenderer } from 'three';
import type { RoomUniforms } from './room-uniforms';
import roomShader from './shaders/room.glsl?raw';

/** What a patched material asks before each draw. */
type RoomOfThings = {
  readonly uniforms: RoomUniforms;
  readonly prepare: (renderer: WebGLRenderer, scene: Scene, camera: Camera) => void;
};

/**
 * What a material belongs to: `dream` for explicit things in the dreamed world, which the masks of AR cut; `room` for what
 * stands in the visitor's room and is only hidden by real things (a frame, a menu, hands).
 */
export type PatchedPart = 'dream' | 'room';

/** Every vertex shader of three has it after the position in eye space, `mvPosition`, with instances and bones in it. */
const afterPosition = '#include <clipping_planes_vertex>';

/**
 * Puts the masks of AR and the real room's depth into one of three's own materials, from its next compilation on. The
 * material's own `onBeforeCompile` and `onBeforeRender` stay in effect. Outside AR nothing changes.
 * @throws Error when the material's shader is not of three's usual form
 */
export function patchThing(material: Material, room: RoomOfThings, part: PatchedPart): void {
  const { onBeforeCompile, onBeforeRender } = material;
  const keyBefore = material.customProgramCacheKey();
  material.onBeforeCompile = (shader, renderer) => {
    onBeforeCompile.call(material, shader, renderer);
    if (!shader.vertexShader.includes(afterPosition)) {
      throw new Error(`The material ${material.name || material.type} cannot be put into a room: its vertex shader has no "${afterPosition}".`);
    }
    Object.assign(shader.uniforms, room.uniforms);
    shader.vertexShader = `varying vec3 roomPosition;\n${shader.vertexShader}`.replace(
      afterPosition,
      `${afterPosition}\n  roomPosition = mvPosition.xyz;`,
    );
    shader.fragmentShader = withRoom(shader.fragmentShader, part);
  };
  material.onBeforeRender = (...draw: Parameters<Material['onBeforeRender']>) => {
    room.prepare(draw[0], draw[1], draw[2]);
    onBeforeRender.apply(material, draw);
  };
  material.customProgramCacheKey = () => `${keyBefore} in a room, of the ${part}`;
  material.needsUpdate = true;
}

/** The mask first, while control flow is uniform; the colour last, when it is in the target's colour space. */
function withRoom(fragmentShader: string, part: PatchedPart): string {
  const begin = fragmentShader.indexOf('{', fragmentShader.indexOf('void main()'));
  const end = fragmentShader.lastIndexOf('}');
  return `varying vec3 roomPosition;
${roomShader}
${fragmentShader.slice(0, begin + 1)}
  float roomShare = ${part === 'dream' ? 'thingMask(roomPosition)' : '1.0'};
  if (roomShare <= 0.0) discard;
${fragmentShader.slice(begin + 1, end)}
  if (roomCode != 0) {
    roomShare *= realVisibility(vec4(roomPosition, 1.0));
    // What is not blended goes to the headset as it is: premultiplied.
    #if defined(OPAQUE) || defined(PREMULTIPLIED_ALPHA)
      gl_FragColor.rgb *= roomShare;
    #endif
    gl_FragColor.a *= roomShare;
  }
}
`;
}
