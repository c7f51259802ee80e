// Keyframe mesh, fragment side. No discard: mobile GPUs would lose early depth tests.
//
// picture      sRGB8_ALPHA8, filtered in linear light
// uvOfPicture  (0, 0) is the top left corner
// output       opaque, in the colour space of the target (page or headset)

uniform sampler2D picture;

in vec2 uvOfPicture;

void main() {
  gl_FragColor = vec4(texture(picture, uvOfPicture).rgb, 1.0);
  #include <colorspace_fragment>
}
