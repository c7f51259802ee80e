// What the visitor's room does to everything drawn in AR: which part of the dream is shown, and what real things hide.
// Put before fragment shaders; the CPU twin of the masks is src/reproject/room-mask.ts.
//
// roomCode       maskCodes of room-mask.ts; 0: everything is shown
// roomFromView   space of the form (opening, model, world) from eye space; no perspective
// roomSize       window: half width, half height. Model: radius, height, soft edge, lowest. Overlay: lowest, soft edge
// roomFree       plane in eye space: real things on its lower side hide nothing
// roomReach      metres: nor real things farther away than this
// realDepth      raw depth of the room, a layer an eye, 0 where unknown; not filtered
// realLayer      of this eye; -1: no real depth
// realFromView   eye space to (u w', v w', -, w'), w' / w in metres along the axis of the depth camera
// realRange      metres of a raw 1; near plane and its share of the far plane, near 0: raw values are distances
//
// Positions are homogeneous points of eye space, which is in room metres: w = 0 is infinitely far.

uniform int roomCode;
uniform mat4 roomFromView;
uniform vec4 roomSize;
uniform vec4 roomFree;
uniform float roomReach;
uniform highp sampler2DArray realDepth;
uniform int realLayer;
uniform mat4 realFromView;
uniform vec3 realRange;

// Real depth is noisy by a few hundredths; a thing that touches a real surface must not flicker.
const vec2 realTolerance = vec2(0.02, 0.01);
const vec2 realFade = vec2(0.02, 0.02);

// Share of the pixel whose rays go through the opening. The rays are those of the pixel, whatever was hit: their
// derivatives are smooth everywhere. Call it where control flow is uniform.
float throughOpening(vec3 ray) {
  vec2 crossing = roomFromView[3].xy - ray.xy * (roomFromView[3].z / ray.z);
  vec2 pixel = clamp(fwidth(crossing), 1e-6, 0.02);
  vec2 inside = clamp((roomSize.xy - abs(crossing)) / pixel + 0.5, 0.0, 1.0);
  return roomFromView[3].z * ray.z < 0.0 ? inside.x * inside.y : 0.0;
}

float inRadius(vec2 level) {
  float radius = roomCode == 4 ? length(level) : max(abs(level.x), abs(level.y));
  return 1.0 - smoothstep(roomSize.x - roomSize.z, roomSize.x, radius);
}

bool isSky(vec4 position) {
  return position.w < 1e-7;
}

// How much of a dreamed point is shown.
float dreamMask(vec4 position) {
  if (roomCode == 0) return 1.0;
  if (roomCode == 3) return 0.0;
  vec3 ray = mat3(roomFromView) * position.xyz;
  if (roomCode <= 2) {
    float opening = throughOpening(ray);
    float z = ray.z + roomFromView[3].z * position.w;
    if (roomCode == 1) return z < 0.0 ? opening : 0.0;
    return z > 0.0 ? 1.0 - opening : 1.0;
  }
  if (isSky(position)) return 0.0;
  vec3 at = ray / position.w + roomFromView[3].xyz;
  if (roomCode == 6) return smoothstep(roomSize.x, roomSize.x + roomSize.y, at.y);
  float inHeight = (1.0 - smoothstep(roomSize.y - roomSize.z, roomSize.y, at.y))
    * smoothstep(roomSize.w - roomSize.z, roomSize.w, at.y);
  return inRadius(at.xz) * inHeight;
}

// The same for things that are not dreamed: in the room they are always there.
float thingMask(vec3 position) {
  if (roomCode == 0 || roomCode == 6) return 1.0;
  vec3 ray = mat3(roomFromView) * position;
  vec3 at = ray + roomFromView[3].xyz;
  if (roomCode == 1) {
    float opening = throughOpening(ray);
    return at.z < 0.0 ? opening : 1.0;
  }
  if (roomCode == 3) return at.z < 0.0 ? 0.0 : 1.0;
  if (roomCode == 2) return 1.0;
  return max(inRadius(at.xz), smoothstep(0.04, 0.08, at.y));
}

float realMetres(float raw) {
  if (realRange.y <= 0.0) return raw * realRange.x;
  // Of a depth buffer, usual range; the far plane may be infinitely far.
  return realRange.y / max(1.0 - raw * (1.0 - realRange.z), 1e-6);
}

// How much of a point real things leave free: each texel around it decides by itself, and a quadratic spline blends
// their answers, so that outlines run smoothly over three texels and do not jump from texel to texel.
float realVisibility(vec4 position) {
  if (realLayer < 0) return 1.0;
  vec4 seen = realFromView * position;
  if (seen.w <= 0.0) return 1.0;
  vec2 uv = seen.xy / seen.w;
  if (any(lessThan(uv, vec2(0.0))) || any(greaterThan(uv, vec2(1.0)))) return 1.0;
  float distance = seen.w / max(position.w, 1e-6);
  vec3 rayPerMetre = position.xyz / seen.w;
  ivec2 size = textureSize(realDepth, 0).xy;
  vec2 texel = uv * vec2(size);
  vec2 f = fract(texel) - 0.5;
  vec2 weights[3];
  weights[0] = 0.5 * (0.5 - f) * (0.5 - f);
  weights[1] = 0.75 - f * f;
  weights[2] = 0.5 * (0.5 + f) * (0.5 + f);
  float hidden = 0.0;
  for (int y = 0; y < 3; y++) {
    for (int x = 0; x < 3; x++) {
      ivec2 at = clamp(ivec2(texel) + ivec2(x - 1, y - 1), ivec2(0), size - 1);
      float raw = texelFetch(realDepth, ivec3(at, realLayer), 0).r;
      if (raw <= 0.0) continue;
      float real = realMetres(raw);
      float from = realTolerance.x + realTolerance.y * real;
      float hides = smoothstep(from, from + realFade.x + realFade.y * real, distance - real);
      hides *= smoothstep(0.0, 0.03, dot(roomFree.xyz, rayPerMetre * real) + roomFree.w);
      hides *= 1.0 - smoothstep(roomReach, roomReach + 0.15, real);
      hidden += weights[x].x * weights[y].y * hides;
    }
  }
  return 1.0 - hidden;
}
