import { bandPx } from './masks';
import { eyeDistanceM, type Plan } from './plan';

/** What a reader of the figures must know. */
export function notesOf(plan: Plan): string[] {
  return [
    'Pixels come from the product’s own shaders, drawn by whatever GPU the browser has; nothing here says anything about speed.',
    'Every method gets the same frames and the same sky, which is generous to the peers: no other viewer has that sky.',
    `Worlds ${plan.sceneSeeds.join(', ')}: no training has seen them. Depth and colour of the model frames are exact, from the simulator.`,
    `A baseline moves the head; each eye is another ${(eyeDistanceM * 500).toFixed(1)} mm to its side, so even 0 cm is no still picture.`,
    'PSNR of a cell is that of the mean squared error over all of its pictures; the mean of the pictures’ own PSNR stands beside it (psnrAllMeanDb). Pictures equal to the truth count as “identical” and not in that mean.',
    'Co-visible: the surface point of a pixel lies inside the newest frame and has the same depth there (2 %, or one texel’s slope). Occluded: inside, but hidden. Outside: not in the picture.',
    `Silhouette: within ${bandPx} px of a jump in the true depth.`,
    'Limit: the truth wherever any frame so far has seen the point, elsewhere the sky as the product draws it. No method without memory of its own imagination can do better; a good guess behind an edge can.',
    'Rubber: a pixel whose quad has a corner more than 5 % off the true surface of the quad’s texel and spans more than 5 % of depth. Guessed backgrounds are not counted; their area is guessedPct.',
    'Along the trace a frame is painted for the pose that the page predicts (latency + 16 ms ahead, at most 100 ms), arrives after its latency, and never overtakes another.',
    'A pop is the angle between the true places of what a pixel shows before and after another frame comes in, both drawn for one pose; the fade in between is not credited. Texture coordinates of 12 bits add up to 0.8 px. Beside cuts the product looks colour up to half a texel further in, on purpose, and popPxP99 holds those pixels; popInsidePxP99 leaves texels near cuts out, for every method.',
    'Lag: median over pixels of r.m / m.m, where r is the true place of a shown point minus where it is shown and m its velocity; points slower than 20 px/s are left out.',
    'FLIP is not given: no kept library for JavaScript computes it (looked for in the npm registry’s pages and documentation).',
  ];
}
