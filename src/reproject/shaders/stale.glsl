// How a picture looks that has stood for too long, put before the fragment shaders of everything dreamed: grey and dim,
// so that nobody takes it for the living world.
//
// staleness  0 fresh … 1: no new frame for a while

const vec3 lumaWeights = vec3(0.2126, 0.7152, 0.0722);

vec3 staled(vec3 color, float staleness) {
  return mix(color, vec3(0.6 * dot(color, lumaWeights)), staleness);
}
