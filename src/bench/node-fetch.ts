import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** `fetch` for files of this repository, so that a benchmark loads world packages through the product's own loader. */
export const fetchFile: typeof fetch = async (input) => {
  const url = input instanceof Request ? input.url : String(input);
  try {
    return new Response(await readFile(fileURLToPath(url)));
  } catch {
    return new Response(null, { status: 404 });
  }
};
