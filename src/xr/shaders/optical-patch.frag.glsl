// Optical patch, fragment side: black or white, in a grey frame that shows where to put the photodiode.
//
// level   0 black, 1 white
// inside  share of the half size that is the square; the rest is its frame
// output  encoded for the display as it is: no light, no tone mapping

uniform float level;
uniform float inside;

in vec2 place;

void main() {
  bool isFrame = max(abs(place.x), abs(place.y)) > inside;
  gl_FragColor = vec4(vec3(isFrame ? 0.5 : level), 1.0);
}
