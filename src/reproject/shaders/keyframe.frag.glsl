// Keyframe mesh, fragment side. No discard: mobile GPUs would lose early depth tests.
//
// picture      sRGB8_ALPHA8, filtered in linear light
// texelSize    1 / width, 1 / height of the picture
// uvOfPicture  (0, 0) is the top left corner
// farFromCuts  1 where no cut is within two texels, 0 nearer
// output       opaque, in the colour space of the target (page or headset)
//
// A frame is shown ten times larger than it is, and bilinear filtering then draws staircases along every shadow. Where
// it is magnified, a cubic B-spline takes over, in four bilinear lookups (Sigg and Hadwiger, GPU Gems 2, chapter 20). It
// reaches two texels far, so near a cut, where the other side's colour lies, it fades back to bilinear.

uniform sampler2D picture;
uniform vec2 texelSize;

in vec2 uvOfPicture;
in float farFromCuts;

// Screen pixels a texel, from where the spline begins and where it is all.
const float magnifiedFrom = 1.5;
const float magnifiedFully = 4.0;

vec3 cubic(vec2 uv) {
  vec2 texel = uv / texelSize - 0.5;
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
  vec2 from = (base - 0.5 + w1 / low) * texelSize;
  vec2 to = (base + 1.5 + w3 / high) * texelSize;
  vec3 top = mix(texture(picture, vec2(to.x, from.y)).rgb, texture(picture, from).rgb, low.x);
  vec3 bottom = mix(texture(picture, to).rgb, texture(picture, vec2(from.x, to.y)).rgb, low.x);
  return mix(bottom, top, low.y);
}

void main() {
  vec2 texelsPerPixel = fwidth(uvOfPicture / texelSize);
  float magnification = 1.0 / max(max(texelsPerPixel.x, texelsPerPixel.y), 1e-6);
  float spline = farFromCuts * smoothstep(magnifiedFrom, magnifiedFully, magnification);
  vec3 color = texture(picture, uvOfPicture).rgb;
  if (spline > 0.0) color = mix(color, cubic(uvOfPicture), spline);
  gl_FragColor = vec4(color, 1.0);
  #include <colorspace_fragment>
}
