// Keyframe mesh, vertex side. CPU twin: src/reproject/warp.ts, compared on random poses in
// tests/browser/reproject.test.ts.
// No texture fetch here: the worker has put the depth into the vertices.
//
// corner            x, y in 1/16 texel from the top left, on a cut up to half a texel off its own corner; inverse depth
//                   in steps; flags: bit 0 lies on a cut, bits 1 to 4, only beside it: the texels this vertex belongs
//                   to (up left, up right, down left, down right); bit 5 no cut within two texels
// inverseDepthStep  1/m for one step; 0 in the modes 'rotation' and 'off', which push the picture to infinity
// focal, principal  intrinsics of the keyframe camera, texels
// texelSize         1 / width, 1 / height of the picture
// modelViewMatrix   eye from keyframe camera, metres; three multiplies it in double precision: worlds may be large
// projectionMatrix  clip from eye; usual depth range, not reversed
// uvOfPicture       (0, 0) is the top left corner: rows are uploaded from the top
// farFromCuts       1 where no cut is within two texels: colour may be filtered more widely there

in vec4 corner;

uniform float inverseDepthStep;
uniform vec2 focal;
uniform vec2 principal;
uniform vec2 texelSize;

out vec2 uvOfPicture;
out float farFromCuts;

const float farClamp = 1.0 - 1e-6;
// meshUnitsPerTexel of src/world/contracts.ts
const float unitsPerTexel = 16.0;

// On a cut, the colour is taken from the middle of the texels on this side: filtering cannot reach the other side.
vec2 inset(int flags) {
  vec2 towardsOwn = vec2(0.0);
  if ((flags & 2) != 0) towardsOwn += vec2(-0.5, -0.5);
  if ((flags & 4) != 0) towardsOwn += vec2(0.5, -0.5);
  if ((flags & 8) != 0) towardsOwn += vec2(-0.5, 0.5);
  if ((flags & 16) != 0) towardsOwn += vec2(0.5, 0.5);
  return clamp(towardsOwn, -0.5, 0.5);
}

void main() {
  vec2 position = corner.xy / unitsPerTexel;
  vec2 offCentre = (position - principal) / focal;
  // Homogeneous coordinates of ray / d: with d = 0 a point at infinity, moved by rotations only.
  vec4 pointInKeyframe = vec4(offCentre.x, -offCentre.y, -1.0, corner.z * inverseDepthStep);
  vec4 clip = projectionMatrix * (modelViewMatrix * pointInKeyframe);
  clip.z = min(clip.z, clip.w * farClamp);
  gl_Position = clip;
  // The colour stays with the corner that the vertex was moved away from: it is that of its own side.
  int flags = int(corner.w);
  farFromCuts = (flags & 32) != 0 ? 1.0 : 0.0;
  uvOfPicture = (floor(position + 0.5) + inset(flags)) * texelSize;
}
