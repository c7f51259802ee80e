/** `npm start` and `npm run dev`: builds if needed, serves, and says where. */
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort, lanAddresses } from './addresses.mjs';
import { parseServeArguments, usage } from './arguments.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {import('./arguments.mjs').ServeArguments} options
 * @param {readonly string[]} lan addresses of this computer on the network
 */
async function startServer({ dev, host, port }, lan) {
  const { createServer, preview } = await import('vite');
  const { loadCertificate } = await import('./certificate.mjs');
  const names = ['localhost', '127.0.0.1', '::1', hostname(), ...lan];
  const common = {
    // Not 'localhost': on some systems that is only ::1. Browsers find 127.0.0.1 under the name localhost everywhere.
    host: host ? true : '127.0.0.1',
    port,
    strictPort: true,
    open: false,
    https: host ? await loadCertificate(join(root, '.cache', 'certificate'), names) : undefined,
  };
  const config = { root, configFile: join(root, 'vite.config.ts'), logLevel: /** @type {const} */ ('warn') };
  if (!dev) return preview({ ...config, preview: common });
  return (await createServer({ ...config, logLevel: 'info', clearScreen: false, server: common })).listen();
}

/**
 * @param {import('./arguments.mjs').ServeArguments} options
 * @param {readonly string[]} lan
 */
async function announce({ dev, host, port }, lan) {
  const scheme = host ? 'https' : 'http';
  console.log(`\nReverie is running${dev ? ', with hot reload' : ''}. Ctrl+C stops it.\n`);
  console.log(`  On this computer   ${scheme}://localhost:${port}`);
  if (!host) {
    const command = dev ? 'npm run dev -- --host' : 'npm start -- --host';
    console.log(`  On a headset       stop this and run: ${command}\n`);
    return;
  }
  for (const address of lan) console.log(`  On your network    https://${address}:${port}`);
  console.log('\nThe certificate was made by this computer, so a browser warns once: choose "Advanced", then "Proceed".');
  if (lan.length === 0) {
    console.log('This computer has no network address. Join the network that the headset is on, then start again.');
  } else {
    console.log(`Scan this with the headset or a phone (https://${lan[0]}:${port}):\n`);
    const { default: qr } = await import('qrcode-terminal');
    qr.generate(`https://${lan[0]}:${port}/`, { small: true }, (code) => console.log(code));
  }
}

async function main() {
  const options = parseServeArguments(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return;
  }
  if (!options.dev) {
    const { buildIfStale } = await import('./build-stamp.mjs');
    console.log('Building ...');
    const begunMs = performance.now();
    const outcome = await buildIfStale(root);
    const seconds = ((performance.now() - begunMs) / 1000).toFixed(1);
    console.log(outcome === 'built' ? `Built in ${seconds} s.` : 'The build is up to date.');
  }
  const wanted = options.port;
  options.port = await findFreePort(wanted);
  if (options.port !== wanted) console.log(`Port ${wanted} is taken by another program; using ${options.port}.`);
  const lan = options.host ? lanAddresses(networkInterfaces()) : [];
  const server = await startServer(options, lan);
  await announce(options, lan);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      // A browser's open connections would hold the close back for ever.
      setTimeout(() => process.exit(0), 1000).unref();
      void server.close().finally(() => process.exit(0));
    });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof RangeError ? error.message : error);
  process.exit(1);
}
