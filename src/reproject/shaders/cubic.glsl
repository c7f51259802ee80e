// Cubic B-spline in four bilinear lookups (Sigg and Hadwiger, GPU Gems 2, chapter 20), put before the fragment shaders
// that magnify a picture: bilinear filtering would draw staircases along shadows, and diamonds in slow gradients. It
// reaches two texels far and blurs a little, since it does not go through the texels' own values.
//
// picture    filtered bilinearly
// texelSize  1 / width, 1 / height of the picture

vec3 cubic(sampler2D picture, vec2 uv, vec2 texelSize) {
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
