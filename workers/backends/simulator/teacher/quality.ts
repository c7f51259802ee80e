/** How much work a picture of the teacher gets. */
export type TeacherQuality = {
  /** Rays along each side of every pixel. */
  side: 1 | 2;
  /** Rays along each side of a pixel in which a silhouette or a shadow ends, and of one with sharp texture only. */
  edgeSide: 2 | 3 | 4;
  textureSide: 2 | 3 | 4;
  /** Rays with which a node of the light cache looks at its surroundings. */
  gatherRays: number;
  /** Encoded contrast, summed over channels, from which a pixel is an edge: to a neighbour, and between its own rays. */
  neighbourContrast: number;
  innerContrast: number;
};

/** Good enough to look at while walking; no penumbra to speak of. */
export const previewQuality: TeacherQuality = {
  side: 1,
  edgeSide: 2,
  textureSide: 2,
  gatherRays: 32,
  neighbourContrast: 0.12,
  innerContrast: 0.1,
};

/** What `paint` learns from. */
export const offlineQuality: TeacherQuality = {
  side: 2,
  edgeSide: 4,
  textureSide: 3,
  gatherRays: 64,
  neighbourContrast: 0.16,
  innerContrast: 0.07,
};
