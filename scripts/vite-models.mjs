/** Serves and ships the world packages of `models/`: /models/<id>/... and /models/catalogue.json. */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** Beside the packages lies the code that trains them; it is not served. */
const notPackages = new Set(['training']);
const contentTypes = new Map([
  ['.json', 'application/json'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.webp', 'image/webp'],
]);

/** @typedef {{ id: string, name: string, description: string, manifest: string }} CatalogueEntry */

/**
 * @param {string} modelsFolder
 * @returns {string[]} ids: the folders that hold a manifest.json, in alphabetical order
 */
export function listPackages(modelsFolder) {
  if (!existsSync(modelsFolder)) return [];
  return readdirSync(modelsFolder)
    .filter((id) => !notPackages.has(id) && existsSync(join(modelsFolder, id, 'manifest.json')))
    .sort();
}

/**
 * What the page reads to know which worlds there are; `manifest` is relative to the page.
 * @param {string} modelsFolder
 * @returns {CatalogueEntry[]}
 */
export function readCatalogue(modelsFolder) {
  return listPackages(modelsFolder).map((id) => {
    const where = `models/${id}/manifest.json`;
    let manifest;
    try {
      manifest = JSON.parse(readFileSync(join(modelsFolder, id, 'manifest.json'), 'utf8'));
    } catch (error) {
      throw new Error(`${where} is not JSON: ${error instanceof Error ? error.message : error}. Mend or remove it.`);
    }
    if (manifest.id !== undefined && manifest.id !== id) {
      throw new Error(`${where} has the id "${manifest.id}" but lies in the folder "${id}"; make them the same.`);
    }
    for (const field of ['name', 'description']) {
      if (typeof manifest[field] !== 'string') throw new Error(`${where} has no "${field}"; the world picker shows it.`);
    }
    return { id, name: manifest.name, description: manifest.description, manifest: where };
  });
}

/**
 * @param {string} modelsFolder
 * @returns {string[]} every file to ship, as `<id>/<path>` with forward slashes
 */
export function listPackageFiles(modelsFolder) {
  return listPackages(modelsFolder).flatMap((id) =>
    readdirSync(join(modelsFolder, id), { recursive: true, encoding: 'utf8' })
      .map((path) => path.split(sep).join('/'))
      .filter((path) => path.split('/').every((part) => !part.startsWith('.') && part !== '__pycache__'))
      .filter((path) => statSync(join(modelsFolder, id, path)).isFile())
      .map((path) => `${id}/${path}`),
  );
}

/**
 * Answers for one folder of packages. A missing file is a 404, never the page: an HTML answer to a request for an ONNX
 * file would reach the user as a riddle about bytes.
 * @param {string} modelsFolder
 * @param {import('vite').CommonServerOptions['headers']} headers cross-origin isolation
 * @returns {import('vite').Connect.NextHandleFunction} to be mounted at /models
 */
function serveModels(modelsFolder, headers) {
  return (request, response, next) => {
    const [encodedPath, query = ''] = (request.url ?? '/').slice(1).split('?', 2);
    const path = decodeURIComponent(encodedPath);
    // Modules that import from here in development (tests, the trainer's TypeScript) are Vite's to transform.
    if (path.startsWith('training/') || /(^|&)(import|raw|url)\b/.test(query)) return next();
    for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) response.setHeader(name, value);
    response.setHeader('Cache-Control', 'no-cache');
    if (path === 'catalogue.json') {
      response.setHeader('Content-Type', 'application/json');
      try {
        response.end(JSON.stringify(readCatalogue(modelsFolder)));
      } catch (error) {
        response.statusCode = 500;
        response.end(JSON.stringify({ error: String(error) }));
      }
      return;
    }
    // The list is the gate: what is not in it (dot files, ../) does not exist.
    if (!listPackageFiles(modelsFolder).includes(path)) {
      response.statusCode = 404;
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      response.end(`There is no file models/${path}.\n`);
      return;
    }
    const full = join(modelsFolder, path);
    const { size, mtimeMs } = statSync(full);
    const etag = `W/"${size.toString(16)}-${Math.round(mtimeMs).toString(16)}"`;
    response.setHeader('ETag', etag);
    response.setHeader('Content-Type', contentTypes.get(extname(path)) ?? 'application/octet-stream');
    if (request.headers['if-none-match'] === etag) {
      response.statusCode = 304;
      response.end();
      return;
    }
    response.setHeader('Content-Length', size);
    if (request.method === 'HEAD') response.end();
    else createReadStream(full).on('error', () => response.destroy()).pipe(response);
  };
}

/**
 * Vite plugin: the packages in dev, preview and build.
 * @returns {import('vite').Plugin}
 */
export function worldPackages() {
  /** @type {import('vite').ResolvedConfig} */
  let config;
  return {
    name: 'reverie:world-packages',
    configResolved(resolved) {
      config = resolved;
    },
    configureServer(server) {
      server.middlewares.use('/models', serveModels(join(config.root, 'models'), config.server.headers));
    },
    configurePreviewServer(server) {
      const folder = join(config.root, config.build.outDir, 'models');
      server.middlewares.use('/models', serveModels(folder, config.preview.headers));
    },
    generateBundle() {
      const folder = join(config.root, 'models');
      for (const path of listPackageFiles(folder)) {
        this.emitFile({ type: 'asset', fileName: `models/${path}`, source: readFileSync(join(folder, path)) });
      }
      const catalogue = `${JSON.stringify(readCatalogue(folder), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'models/catalogue.json', source: catalogue });
    },
  };
}
