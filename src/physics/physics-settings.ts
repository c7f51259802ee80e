/** Length of one physics step, seconds. */
export const stepS = 1 / 120;
/** A display frame makes up for no more steps than this; a page that slept does not catch up. */
export const maxStepsPerFrame = 8;
/** Most bodies; one more takes the oldest away. */
export const maxBodies = 128;
export const gravityMps2 = 9.81;

/** Numbers of one body in `poses`: position (m), quaternion x y z w, radius or half side (m). */
export const poseStride = 8;
/** Numbers of one impact: position (m), normal from the surface to the body, speed along it (m/s), id of the body. */
export const impactStride = 8;

/** What bounces how well: what is left of the speed along the normal. Surfaces take the body's own. */
export const restitutionOf = { ball: 0.6, cube: 0.25 } as const;
export const frictionOf = { ball: 0.6, cube: 0.5 } as const;
export const surfaceFriction = 0.8;
/** kg/m³, about that of a hard rubber ball or a wooden cube. */
export const usualDensity = 600;
/** Slows spin only (1/s), so that a ball does not roll for ever; the fall itself is never damped. */
export const spinDamping = 0.5;

/** Collision groups: members in the high half, what they meet in the low half. */
export const bodyGroup = (0x0001 << 16) | 0xffff;
export const surfaceGroup = (0x0002 << 16) | 0x0001;
/** For rays that ask for surfaces only. */
export const surfaceQuery = (0xffff << 16) | 0x0002;
export const groundGroup = (0x0004 << 16) | 0x0001;
