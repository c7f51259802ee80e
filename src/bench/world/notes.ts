import { longWindowFrames, referenceFrames, windowFrames } from './collapse';
import type { WorldPlan } from './plan';
import { identicalDb } from './result';

/** What a reader of the figures must know. */
export function notesOf(plan: WorldPlan, layout: string, imagines: boolean): string[] {
  const notes = [
    'The network runs through the product’s own loader, inputs and map, with onnxruntime-node on one thread in the place of the browser’s runtime. All worlds are held out: no training has seen them.',
    'Truth is the offline teacher at the same pose. Fidelity and control are measured on the map that it draws; loops, long walks and causality on the map that the package has itself.',
    'Memory only: one true frame, then nothing but what can be re-projected of what was shown (the product’s own memory), with holes continued smoothly.',
    'With memory: half of a painted pixel is what was shown before, where its depth agrees with the map. It is not what is shipped.',
    `A PSNR of ${identicalDb} dB stands for pictures without any difference. Of a loop it is that of the mean squared error over all of its pictures.`,
    `Collapsed: held against the raw map of the same poses, the median of ${windowFrames} frames leaves the range of the first ${referenceFrames} by a factor of 2 in sharpness, 2.5 in contrast or 4 in inverse depth, or by 0.15 in brightness or 0.12 in colour; or the median of ${longWindowFrames} frames does by itself.`,
    'The pose solver is tested on exact pairs of the simulator. Its own error on the raw map of the same poses stands beside each step (floor).',
    'Every map is settled before a frame is drawn, so that nothing depends on what else the machine does; in a visit the map grows well ahead of what can be seen.',
  ];
  if (!imagines) notes.push(`This package has a map of the kind “${layout}” and imagines nothing, so semantics are not measured.`);
  if (plan.quick) {
    notes.push(`Quick: counting models saw ${plan.tokenTrainSeeds} worlds, in a full run they see 400, so the gain over them is a little too high here.`);
  }
  return notes;
}
