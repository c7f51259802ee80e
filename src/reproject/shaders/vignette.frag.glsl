// Comfort vignette, fragment side.
//
// slope       tangent of the angle from the axis of the eye
// innerSlope  where the darkening begins; fullSlope: where it is complete
// opacity     0 ... 1, of the dark part
// output      black, premultiplied alpha

uniform float innerSlope;
uniform float fullSlope;
uniform float opacity;

in vec2 slope;

void main() {
  gl_FragColor = vec4(0.0, 0.0, 0.0, opacity * smoothstep(innerSlope, fullSlope, length(slope)));
}
