// Sky dome, fragment side. Its twin on the CPU is src/world/sky-directions.ts.
//
// map        skyWidth x skyHeight, sRGB8_ALPHA8, filtered in linear light; repeats in longitude, no mipmaps: the jump of
//            the longitude from 360 degrees to 0 has no derivative that matters
// debugView  index into debugViews of src/reproject/debug-views.ts
// staleness  0 fresh … 1: no new frame for a while; takes the colour away
// direction  towards the sky, world axes (+Y up), not normalised
// output     opaque, in the colour space of the target; dithered, because a slow gradient shows bands in 8 bits
//
// A texel of the map is fifty pixels wide on the screen, and bilinear filtering would show each as a diamond: a cubic
// B-spline in four bilinear lookups (Sigg and Hadwiger, GPU Gems 2, chapter 20) does not.

#include <common>
#include <dithering_pars_fragment>

uniform sampler2D map;
uniform int debugView;
uniform float staleness;

in vec3 direction;

vec2 uvOfDirection(vec3 towards) {
  float level = length(towards.xz);
  // Straight up and down have no longitude; atan(0, 0) may be anything.
  float longitude = level > 0.0 ? atan(towards.x, towards.z) : 0.0;
  return vec2(longitude / PI2, atan(towards.y, level) / PI + 0.5);
}

vec3 cubic(vec2 uv) {
  vec2 size = vec2(textureSize(map, 0));
  vec2 texel = uv * size - 0.5;
  vec2 base = floor(texel);
  vec2 t = texel - base;
  vec2 t2 = t * t;
  vec2 t3 = t2 * t;
  vec2 w0 = (1.0 - t) * (1.0 - t) * (1.0 - t) / 6.0;
  vec2 w1 = (4.0 - 6.0 * t2 + 3.0 * t3) / 6.0;
  vec2 w3 = t3 / 6.0;
  vec2 low = w0 + w1;
  vec2 high = 1.0 - low;
  // Between two neighbours a bilinear lookup gives their weighted mean.
  vec2 from = (base - 0.5 + w1 / low) / size;
  vec2 to = (base + 1.5 + w3 / high) / size;
  vec3 below = mix(texture(map, vec2(to.x, from.y)).rgb, texture(map, from).rgb, low.x);
  vec3 above = mix(texture(map, to).rgb, texture(map, vec2(from.x, to.y)).rgb, low.x);
  return mix(above, below, low.y);
}

vec3 debugColor() {
  if (debugView <= 2) return vec3(0.15, 0.35, 0.9);
  return debugView == 5 ? vec3(0.05) : vec3(0.0);
}

void main() {
  if (debugView == 6) {
    gl_FragColor = vec4(0.0, 0.0, 0.0, 1.0);
    return;
  }
  vec3 color = debugView == 0 ? cubic(uvOfDirection(direction)) : debugColor();
  color = mix(color, vec3(0.6 * dot(color, vec3(0.2126, 0.7152, 0.0722))), staleness);
  gl_FragColor = vec4(color, 1.0);
  #include <colorspace_fragment>
  #include <dithering_fragment>
}
