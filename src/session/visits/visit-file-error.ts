/** A visit file that cannot be read; the message is one sentence or two: what is wrong, and what to do. */
export class VisitFileError extends Error {
  override name = 'VisitFileError';
}

/** The advice for a file whose bytes are not those that were written. */
export const tornAdvice = 'Export the visit again, or use another copy of the file.';
