// Sky dome, fragment side.
//
// rows       1 x 32, sRGB8_ALPHA8; row centres are evenly spaced in elevation from straight down to straight up
// direction  towards the sky, world axes (+Y up), not normalised
// output     opaque, in the colour space of the target; dithered, because a slow gradient shows bands in 8 bits

#include <common>
#include <dithering_pars_fragment>

uniform sampler2D rows;

in vec3 direction;

void main() {
  float elevation = atan(direction.y, length(direction.xz));
  gl_FragColor = vec4(texture(rows, vec2(0.5, elevation / PI + 0.5)).rgb, 1.0);
  #include <colorspace_fragment>
  #include <dithering_fragment>
}
