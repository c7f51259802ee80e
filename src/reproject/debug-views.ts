/**
 * What is shown instead of the picture, to see how it is made. The order is the number that the shaders know.
 * `holes`: what the newest frame did not see: yellow from older frames, red guessed, blue sky.
 * `layer`: a tint for each layer. `cuts`: where the meshes are cut. `depth`: near bright, far dark.
 * `age`: green fresh, red seconds old.
 * `source`: for measuring, not for looking: which texel of which layer a pixel shows, see `keyframe.frag.glsl`.
 */
export const debugViews = ['none', 'holes', 'layer', 'cuts', 'depth', 'age', 'source'] as const;
export type DebugView = (typeof debugViews)[number];
