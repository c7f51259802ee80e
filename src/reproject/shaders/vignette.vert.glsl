// Comfort vignette, vertex side: a ring around the axis of each eye, locked to the head.
//
// position          x: angle round the axis, radians; y: 0 on the inner rim, 1 on the outer rim
// innerSlope        tangent of the half angle of the clear part
// outerSlope        the same for the outer rim, outside every field of view
// projectionMatrix  clip from eye; the ring lies in eye space itself, so both eyes see it infinitely far
// slope             tangent of the angle from the axis

uniform float innerSlope;
uniform float outerSlope;

out vec2 slope;

void main() {
  slope = vec2(cos(position.x), sin(position.x)) * mix(innerSlope, outerSlope, position.y);
  gl_Position = projectionMatrix * vec4(slope, -1.0, 1.0);
  // Never clipped by near or far; the depth test is off.
  gl_Position.z = 0.0;
}
