/** Sessions that Reverie can start. */
export const xrModes = ['immersive-vr', 'immersive-ar'] as const;
export type XrMode = (typeof xrModes)[number];
