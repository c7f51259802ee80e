// Sky dome, fragment side, after cubic.glsl and stale.glsl. Its twin on the CPU is src/world/sky-directions.ts.
//
// map        skyWidth x skyHeight, sRGB8_ALPHA8, filtered in linear light; repeats in longitude, no mipmaps: the jump of
//            the longitude from 360 degrees to 0 has no derivative that matters
// debugView  index into debugViews of src/reproject/debug-views.ts
// staleness  0 fresh … 1: no new frame for a while; takes the colour away
// direction  towards the sky, world axes (+Y up), not normalised
// output     opaque, in the colour space of the target; dithered, because a slow gradient shows bands in 8 bits. With
//            ROOM (AR), after room.glsl: masked and premultiplied
// slopeOfView  with ROOM only: direction in eye space, at z = -1
//
// A texel of the map is fifty pixels wide on the screen: the spline is always on.

#include <common>
#include <dithering_pars_fragment>

uniform sampler2D map;
uniform int debugView;
uniform float staleness;

in vec3 direction;
#ifdef ROOM
in vec2 slopeOfView;
#endif

vec2 uvOfDirection(vec3 towards) {
  float level = length(towards.xz);
  // Straight up and down have no longitude; atan(0, 0) may be anything.
  float longitude = level > 0.0 ? atan(towards.x, towards.z) : 0.0;
  return vec2(longitude / PI2, atan(towards.y, level) / PI + 0.5);
}

vec3 debugColor() {
  if (debugView <= 2) return vec3(0.15, 0.35, 0.9);
  return debugView == 5 ? vec3(0.05) : vec3(0.0);
}

void main() {
#ifdef ROOM
  vec4 position = vec4(slopeOfView, -1.0, 0.0);
  float share = dreamMask(position);
  if (share <= 0.0) discard;
  share *= realVisibility(position);
#endif
  if (debugView == 6) {
    gl_FragColor = vec4(0.0, 0.0, 0.0, 1.0);
    return;
  }
  vec3 color = debugView == 0 ? cubic(map, uvOfDirection(direction), 1.0 / vec2(textureSize(map, 0))) : debugColor();
  gl_FragColor = vec4(staled(color, staleness), 1.0);
  #include <colorspace_fragment>
  #include <dithering_fragment>
#ifdef ROOM
  gl_FragColor *= share;
#endif
}
