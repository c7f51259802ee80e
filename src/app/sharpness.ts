import type { Quality } from './options';

/** How many pixels a quality draws. */
export type Sharpness = {
  /** Canvas pixels for each CSS pixel of the page. */
  pixelRatio: number;
  /** Pixels of the headset's eye pictures against what it recommends, each way; taken at the begin of a session. */
  framebufferScale: number;
};

/** More than this only costs: the picture itself has fewer texels. */
const mostPixelRatio = 2;

/** Pixels to draw for a quality. @param devicePixelRatio what the screen could show */
export function sharpnessOf(quality: Quality, devicePixelRatio: number): Sharpness {
  switch (quality) {
    case 'low':
      return { pixelRatio: Math.min(0.75, devicePixelRatio), framebufferScale: 0.7 };
    case 'medium':
      return { pixelRatio: Math.min(1, devicePixelRatio), framebufferScale: 1 };
    case 'high':
      return { pixelRatio: devicePixelRatio, framebufferScale: 1.3 };
    case 'auto':
      return { pixelRatio: Math.min(mostPixelRatio, devicePixelRatio), framebufferScale: 1 };
    default: {
      const never: never = quality;
      throw new Error(`Unknown quality ${String(never)}.`);
    }
  }
}
