// Keyframe mesh, fragment side, after cubic.glsl and stale.glsl; with BODIES (they throw shadows) after shadows.glsl, with
// ROOM (AR) after room.glsl. No discard without ROOM: mobile GPUs would lose early depth tests.
//
// picture      sRGB8_ALPHA8, filtered in linear light
// texelSize    1 / width, 1 / height of the picture
// opacity      of the whole layer, while it fades in or out; blending is off when it is 1
// softEdges    1: alpha falls towards cuts, for alpha to coverage
// staleness    0 fresh … 1: no new frame for a while; takes the colour away
// layerCode    1 newest, 2 … older, 253 and 254 guessed backgrounds
// ageS         seconds since the picture's action
// debugView    index into debugViews of src/reproject/debug-views.ts
// uvOfPicture  (0, 0) is the top left corner
// farFromCuts  1 where no cut is within two quads, 0 nearer
// viewPosition eye space, homogeneous
// output       in the colour space of the target (page or headset). With ROOM premultiplied, its alpha the share of the
//              room that it covers: the nearest surface decides, and where that is sky, in a form without sky, it is 0.
//              Opacity is then up to the blending, between what is there and this.
//
// A frame is shown ten times larger than it is. Where it is magnified, the cubic spline takes over; near a cut, where the
// other side's colour lies within its reach, it fades back to bilinear.

uniform sampler2D picture;
uniform vec2 texelSize;
uniform float opacity;
uniform float softEdges;
uniform float staleness;
uniform float layerCode;
uniform float ageS;
uniform int debugView;

in vec2 uvOfPicture;
in float farFromCuts;
in float onCut;
in float inverseDistance;
#if defined(ROOM) || defined(BODIES)
in vec4 viewPosition;
#endif

// Screen pixels a texel, from where the spline begins and where it is all.
const float magnifiedFrom = 1.5;
const float magnifiedFully = 4.0;

bool isNewest() {
  return layerCode < 1.5;
}

bool isGuessed() {
  return layerCode > 252.5;
}

// The newest stays itself, older frames are told apart by hue, guesses are red.
vec3 tintOfLayer() {
  if (isNewest()) return vec3(1.0);
  if (isGuessed()) return vec3(1.0, 0.15, 0.1);
  return 0.55 + 0.45 * cos(6.2832 * (layerCode * 0.27 + vec3(0.0, 0.33, 0.67)));
}

vec3 debugColor(vec3 color) {
  float light = dot(color, lumaWeights);
  if (debugView == 1) {
    if (isNewest()) return color * 0.7;
    return (isGuessed() ? vec3(0.9, 0.1, 0.08) : vec3(0.95, 0.8, 0.1)) * (0.5 + 0.5 * light);
  }
  if (debugView == 2) return mix(vec3(light), tintOfLayer(), isNewest() ? 0.0 : 0.6);
  if (debugView == 3) return mix(color * 0.6, vec3(1.0, 0.2, 0.7), smoothstep(0.35, 0.75, onCut));
  if (debugView == 4) return vec3(1.0 - exp(-2.0 * inverseDistance));
  return mix(vec3(0.1, 0.8, 0.2), vec3(0.9, 0.1, 0.1), clamp(ageS / 2.0, 0.0, 1.0)) * (0.35 + 0.65 * light);
}

// u and v in 12 bits each, and the layer.
vec4 source() {
  vec2 uv = floor(clamp(uvOfPicture, 0.0, 1.0) * 4095.0 + 0.5);
  float low = mod(uv.x, 16.0) * 16.0 + floor(uv.y / 256.0);
  return vec4(floor(uv.x / 16.0), low, mod(uv.y, 256.0), layerCode) / 255.0;
}

#ifdef BODIES
// Share of the light that bodies leave; call it where control flow is uniform.
float shade() {
  vec3 position = viewPosition.xyz / max(viewPosition.w, 1e-6);
  vec3 normal = normalize(cross(dFdx(position), dFdy(position)));
  if (dot(normal, position) > 0.0) normal = -normal;
  // Depth noise tilts each triangle its own way; what lies nearly level is taken for a floor.
  vec3 up = normalize(viewMatrix[1].xyz);
  normal = normalize(mix(normal, up, smoothstep(0.6, 0.9, dot(normal, up))));
  return lightLeft(position, normal);
}
#endif

void main() {
#ifdef ROOM
  float share = dreamMask(viewPosition);
#endif
  vec2 texelsPerPixel = fwidth(uvOfPicture / texelSize);
#ifdef BODIES
  float light = bodyCount > 0 ? shade() : 1.0;
#endif
#ifdef ROOM
  // Sky that is not shown still hides guesses behind it.
  if (share <= 0.0 && (roomCode <= 3 || !isSky(viewPosition))) discard;
#endif
  if (debugView == 6) {
    gl_FragColor = source();
    return;
  }
  float magnification = 1.0 / max(max(texelsPerPixel.x, texelsPerPixel.y), 1e-6);
  float spline = farFromCuts * smoothstep(magnifiedFrom, magnifiedFully, magnification);
  vec3 color = texture(picture, uvOfPicture).rgb;
  if (spline > 0.0) color = mix(color, cubic(picture, uvOfPicture, texelSize), spline);
#ifdef BODIES
  color *= light;
#endif
  if (debugView != 0) color = debugColor(color);
  color = staled(color, staleness);
  float edge = softEdges * smoothstep(0.6, 1.0, onCut);
  gl_FragColor = vec4(color, opacity * (1.0 - 0.75 * edge));
  #include <colorspace_fragment>
#ifdef ROOM
  share *= realVisibility(viewPosition);
  gl_FragColor = share * vec4(gl_FragColor.rgb, 1.0);
#endif
}
