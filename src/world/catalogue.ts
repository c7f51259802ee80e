import { z } from 'zod';
import type { RememberedPlace } from './visit-memory';

/** Id of the ray-cast world that is always there, whatever else fails. */
export const simulatorId = 'courtyard-simulator';

/** A world that can be opened by its id. `manifest` is an absolute URL; null for the built-in simulator. */
export type World = {
  id: string;
  name: string;
  description: string;
  kind: 'neural' | 'simulator';
  manifest: string | null;
};

/** What to start in the worker. */
export type OpenTarget =
  | { kind: 'simulator' }
  | { kind: 'onnx'; manifestUrl: string }
  /** A saved visit's own pictures, until its world has loaded. */
  | { kind: 'remembered'; place: RememberedPlace };

export type Catalogue = {
  worlds: readonly World[];
  /** One sentence when the neural entries could not be read; null when all is well. */
  problem: string | null;
  /** Finds a world by id, or takes the URL of a manifest. @throws Error with a sentence that lists the known ids. */
  open(idOrUrl: string): OpenTarget;
};

const simulator: World = {
  id: simulatorId,
  name: 'Courtyards, ray cast',
  description: 'The courtyards as the simulator draws them: exact colour and depth, no network.',
  kind: 'simulator',
  manifest: null,
};

const file = z.array(
  z.strictObject({
    id: z.string().min(1),
    name: z.string().min(1),
    description: z.string(),
    manifest: z.string().min(1),
  }),
);

/**
 * Reads `models/catalogue.json` below `baseUrl`. Never rejects: without the file only the simulator is offered, and
 * `problem` says why.
 * @param baseUrl absolute URL of the page's folder, which holds `models/`; manifest addresses are relative to it
 */
export async function loadCatalogue(fetchFile: typeof fetch, baseUrl: string): Promise<Catalogue> {
  const url = new URL('models/catalogue.json', baseUrl).href;
  try {
    return catalogueOf([...(await readEntries(fetchFile, url, baseUrl)), simulator], null, baseUrl);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const advice = 'Only the simulator world is offered; reload the page to try again.';
    return catalogueOf([simulator], `The list of neural worlds ${url} ${reason}. ${advice}`, baseUrl);
  }
}

async function readEntries(fetchFile: typeof fetch, url: string, baseUrl: string): Promise<World[]> {
  const response = await fetchFile(url).catch((error: unknown) => {
    throw new Error(`could not be reached (${error instanceof Error ? error.message : String(error)})`);
  });
  if (!response.ok) throw new Error(`could not be read (HTTP ${response.status})`);
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(text.trimStart().startsWith('<') ? 'is a web page, not JSON' : 'is not valid JSON');
  }
  const checked = file.safeParse(json);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new Error(`is not right at ${issue.path.join('.') || 'its top level'}: ${issue.message}`);
  }
  const ids = checked.data.map((entry) => entry.id);
  const twice = ids.find((id, index) => id === simulatorId || ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`uses the id "${twice}" twice`);
  return checked.data.map((entry) => ({ ...entry, kind: 'neural', manifest: new URL(entry.manifest, baseUrl).href }));
}

function catalogueOf(worlds: World[], problem: string | null, baseUrl: string): Catalogue {
  return {
    worlds,
    problem,
    open(idOrUrl) {
      const world = worlds.find((candidate) => candidate.id === idOrUrl);
      if (world) return world.manifest === null ? { kind: 'simulator' } : { kind: 'onnx', manifestUrl: world.manifest };
      if (/^https?:\/\//.test(idOrUrl) || /^\.{0,2}\//.test(idOrUrl) || idOrUrl.endsWith('.json')) {
        const url = addressOf(idOrUrl, baseUrl);
        if (url) return { kind: 'onnx', manifestUrl: url.href };
      }
      const known = worlds.map((candidate) => candidate.id).join(', ');
      const hint = problem === null ? '' : ` ${problem}`;
      throw new Error(
        `There is no world "${idOrUrl}". Choose one of ${known}, ` +
          `or give the http(s) address of a manifest.json.${hint}`,
      );
    },
  };
}

/** The http(s) address that a text means below a base, or null. */
function addressOf(text: string, baseUrl: string): URL | null {
  try {
    const url = new URL(text, baseUrl);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
