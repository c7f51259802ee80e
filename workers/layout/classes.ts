/** What a pixel of the map view can show; index 0 is the sky. The order is part of the data format: append only. */
export const surfaceClasses = [
  'sky',
  'ground',
  'wall',
  'arch',
  'pier',
  'column',
  'plinth',
  'stair',
  'sphere',
  'water',
  'plant',
] as const;
export type SurfaceClass = (typeof surfaceClasses)[number];

/** Colours of a palette, in the order of the style vector; append only. */
export const paletteColors = [
  'zenith',
  'horizon',
  'ground',
  'paving',
  'wall',
  'trim',
  'column',
  'accent',
  'leaf',
  'water',
] as const;
export type PaletteColor = (typeof paletteColors)[number];
