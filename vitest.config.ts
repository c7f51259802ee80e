import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from './scripts/find-chromium.mjs';
import { isolationHeaders } from './scripts/isolation.mjs';
import { worldPackages } from './scripts/vite-models.mjs';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/unit/seed.ts'],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [react(), worldPackages()],
        worker: { format: 'es' },
        server: { headers: isolationHeaders },
        // A dependency that is found late reloads the page in the middle of a test.
        optimizeDeps: {
          entries: ['src/main.tsx', 'workers/world.worker.ts', 'tests/browser/**/*.test.{ts,tsx}'],
          include: ['onnxruntime-web/webgpu', 'iwer', '@iwer/sem', 'zod', 'react', 'react-dom/client', 'zustand', 'zustand/vanilla', '@react-three/uikit', '@pmndrs/pointer-events'],
        },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          // A software GPU draws here: slow, and slower still when two pages share it.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: findChromium() ?? undefined, args: [...chromiumFlags] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
