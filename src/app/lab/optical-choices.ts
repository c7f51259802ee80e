import type { OpticalChoice } from '../options';
import type { Choice } from '../ui/fields';

/** What the patch for a photodiode or a fast camera answers to. */
export const opticalChoicesShown: readonly Choice<OpticalChoice>[] = [
  { value: 'off', label: 'Off', explains: 'No patch.' },
  { value: 'head', label: 'Head', explains: 'Flips when the head turns past a threshold.' },
  { value: 'trigger', label: 'Trigger', explains: 'Flips in the display frame that knows of the press.' },
  { value: 'model', label: 'Model', explains: 'Flips with the first picture that the model painted with the press.' },
];
