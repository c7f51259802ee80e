// Keyframe mesh, vertex side. CPU twin: src/reproject/warp.ts, compared on random poses in
// tests/browser/reproject.test.ts.
// No texture fetch here: the worker has put the depth into the vertices.
//
// corner            x, y in 1/16 texel from the top left, on a cut up to half a quad off its own corner; inverse depth
//                   in steps; flags: bit 0 lies on a cut, bits 1 to 4, only beside it: the quads this vertex belongs
//                   to (up left, up right, down left, down right); bit 5 no cut within two quads; bit 6 on
//                   the near side of a cut
// texelsPerQuad     1, or more where the mesh is coarser than the picture
// inverseDepthStep  1/m for one step; 0 in the modes 'rotation', 'quad' and 'off', which ignore the depth
// inverseDepthFlat  1/m, added: 0 but in mode 'quad'
// focal, principal  intrinsics of the keyframe camera, texels
// texelSize         1 / width, 1 / height of the picture
// depthBias         how much farther than it is this layer counts in the depth test, as a share: newer layers win ties
// isGuess           1 for guessed backgrounds: behind every real sample, in front of the sky dome
// trimmed           1: outlines of near things are drawn in by one quad, for a frame that is on its way out
// modelViewMatrix   eye from keyframe camera, metres; three multiplies it in double precision: worlds may be large
// projectionMatrix  clip from eye; usual depth range, not reversed
// uvOfPicture       (0, 0) is the top left corner: rows are uploaded from the top
// farFromCuts       1 where no cut is within two quads: colour may be filtered more widely there
// onCut             1 on a cut, 0 a quad away from it
// inverseDistance   1/m along the axis of the eye, for debug views
// viewPosition      with ROOM or BODIES only: the point in eye space, homogeneous: linear over the triangle, so exact in
//                   each pixel; never squeezed or biased

in vec4 corner;

uniform float texelsPerQuad;
uniform float inverseDepthStep;
uniform float inverseDepthFlat;
uniform vec2 focal;
uniform vec2 principal;
uniform vec2 texelSize;
uniform float depthBias;
uniform float isGuess;
uniform float trimmed;

out vec2 uvOfPicture;
out float farFromCuts;
out float onCut;
out float inverseDistance;
#if defined(ROOM) || defined(BODIES)
out vec4 viewPosition;
#endif

// Twins in src/reproject/warp.ts.
const float farClamp = 1.0 - 2e-4;
const float clampPerBias = 1e-3;
const float guessFar = 1.0 - 2e-5;
const float guessRange = 8e-5;
const float guessSqueeze = 8e-4;
// meshUnitsPerTexel of src/world/contracts.ts
const float unitsPerTexel = 16.0;

// On a cut, the colour is taken from the middle of the quads on this side: filtering cannot reach the other side.
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
  int flags = int(corner.w);
  // The colour stays with the corner that the vertex was moved away from: it is that of its own side.
  vec2 own = inset(flags);
  uvOfPicture = (floor(position / texelsPerQuad + 0.5) + own) * texelsPerQuad * texelSize;
  if ((flags & 64) != 0) position += trimmed * 2.0 * own * texelsPerQuad;
  vec2 offCentre = (position - principal) / focal;
  float d = corner.z * inverseDepthStep + inverseDepthFlat;
  // Homogeneous coordinates of ray / d: with d = 0 a point at infinity, moved by rotations only.
  vec4 inView = modelViewMatrix * vec4(offCentre.x, -offCentre.y, -1.0, d);
#if defined(ROOM) || defined(BODIES)
  viewPosition = inView;
#endif
  vec4 clip = projectionMatrix * inView;
  inverseDistance = d / max(clip.w, 1e-6);
  // As if the distance were (1 + depthBias) times as large; where the point is drawn does not change.
  clip.z -= projectionMatrix[3][2] * d * depthBias;
  // Also the sky of a newer layer lies before that of an older one.
  float farthest = clip.w * (farClamp + clampPerBias * depthBias);
  clip.z = min(clip.z, farthest);
  if (isGuess > 0.5) clip.z = clip.w * guessFar - min((clip.w - clip.z) * guessSqueeze, clip.w * guessRange);
  gl_Position = clip;
  farFromCuts = (flags & 32) != 0 ? 1.0 : 0.0;
  onCut = (flags & 1) != 0 ? 1.0 : 0.0;
}
