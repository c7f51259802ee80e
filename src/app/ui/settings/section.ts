import type { Options } from '../../options';

/** What a section of the settings gets: the options as they are, and how to change them. */
export type SectionProps = {
  options: Options;
  /** @returns null when it was taken, else the sentence that says why not */
  apply: (change: Partial<Options>) => string | null;
};
