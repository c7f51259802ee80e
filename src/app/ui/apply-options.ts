import type { Commands } from '../commands';
import type { Options } from '../options';
import { validateOptions } from '../validate-options';

/** Sets what a person typed or chose. @returns null when it was taken, else the sentence that says why not */
export function applyOptions(commands: Pick<Commands, 'set'>, change: Partial<Options>): string | null {
  try {
    commands.set(validateOptions(change));
    return null;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
