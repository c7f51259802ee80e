// Optical patch, vertex side: a square at one place in the view of each eye, infinitely far.
//
// position          x, y: -1 ... 1 across the square and its frame
// middle            tangents of the angles from the axis of the eye to the middle of the square: right, up
// halfSize          the same from its middle to the outside of its frame
// projectionMatrix  clip from eye
// place             -1 ... 1 across the square and its frame

uniform vec2 middle;
uniform float halfSize;

out vec2 place;

void main() {
  place = position.xy;
  gl_Position = projectionMatrix * vec4(middle + halfSize * position.xy, -1.0, 1.0);
  // Never clipped by near or far; the depth test is off.
  gl_Position.z = 0.0;
}
