// Sky dome, vertex side: one triangle that covers the view, at the far plane.
//
// position          clip x, y of the triangle's corners
// projectionMatrix  clip from eye, perspective, off-centre allowed (headset eyes)
// modelViewMatrix   eye from world; only its rotation is used, so that the sky is infinitely far
// direction         towards the sky, world axes (+Y up), not normalised; affine over the triangle, hence exact
// slopeOfView       with ROOM only: the same in eye space, at z = -1

out vec3 direction;
#ifdef ROOM
out vec2 slopeOfView;
#endif

void main() {
  vec2 slope = (position.xy + vec2(projectionMatrix[2][0], projectionMatrix[2][1]))
    / vec2(projectionMatrix[0][0], projectionMatrix[1][1]);
  direction = vec3(slope, -1.0) * mat3(modelViewMatrix);
#ifdef ROOM
  slopeOfView = slope;
#endif
  gl_Position = vec4(position.xy, 1.0, 1.0);
}
