import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { buildStamp } from './scripts/build-stamp.mjs';
import { isolationHeaders } from './scripts/isolation.mjs';
import { worldPackages } from './scripts/vite-models.mjs';
import { noLibraryEmulator } from './scripts/vite-no-emulator.mjs';

/** Large or busy folders that no page reads: nothing to reload for. */
const unwatched = ['data', 'runs', 'dist', '.cache', 'models/training'].map((path) => join(import.meta.dirname, path, '**'));

export default defineConfig({
  // Relative, so that the build works under any path of any host.
  base: './',
  // Not 'spa': a missing file must be a 404, not the page.
  appType: 'mpa',
  plugins: [react(), noLibraryEmulator(), worldPackages(), buildStamp()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // three and React are most of it, and both are needed for the first picture.
    chunkSizeWarningLimit: 1700,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  // Named here so that the first visit in development does not find them late and reload the page.
  optimizeDeps: {
    entries: ['index.html', 'workers/world.worker.ts'],
    include: ['onnxruntime-web/webgpu', 'iwer', '@iwer/sem', 'zod'],
  },
  server: {
    headers: isolationHeaders,
    watch: { ignored: unwatched },
  },
  preview: { headers: isolationHeaders },
});
