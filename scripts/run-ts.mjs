// Runs a TypeScript program of this repository at full speed: bundles it with Vite's bundler into .cache and starts it.
// (A loader that compiles on the fly wraps every function to keep its name, which makes the ray caster three times slower.)
// usage: node scripts/run-ts.mjs path/to/program.ts [arguments]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const [entry, ...rest] = process.argv.slice(2);
if (!entry || !existsSync(entry)) {
  console.error(`There is no program at ${entry ?? '(nothing given)'}; give the path of a .ts file.`);
  process.exit(2);
}
const name = path.basename(entry, '.ts');
// A folder for each program: two called main.ts may run at the same time.
const outDir = path.resolve('.cache/run-ts', path.relative('.', entry).replace(/\.ts$/, '').replaceAll(/[^\w-]+/g, '-'));
await build({
  configFile: false,
  logLevel: 'warn',
  build: { ssr: path.resolve(entry), outDir, emptyOutDir: true, copyPublicDir: false, rollupOptions: { output: { entryFileNames: `${name}.mjs` } } },
});
const child = spawn(process.execPath, [path.join(outDir, `${name}.mjs`), ...rest], { stdio: 'inherit' });
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
