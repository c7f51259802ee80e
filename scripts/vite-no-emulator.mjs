/**
 * Vite plugin: leaves the emulator that comes inside @pmndrs/xr (with its rooms, 6 MB) out of the production build. It
 * is never asked for, because the store is made with `emulate: false`; ours is in src/xr/emulator.ts.
 * @returns {import('vite').Plugin}
 */
export function noLibraryEmulator() {
  const stub = '\0reverie:no-emulator';
  return {
    name: 'reverie:no-library-emulator',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      const fromLibrary = importer?.replaceAll('\\', '/').includes('/@pmndrs/xr/');
      return fromLibrary && source.endsWith('/emulate.js') ? stub : null;
    },
    load(id) {
      if (id !== stub) return null;
      return `export function emulate() { throw new Error('The emulator of @pmndrs/xr is not part of this build.'); }`;
    },
  };
}
