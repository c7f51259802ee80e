/** The command line of `npm start` and `npm run dev`. */

export const defaultPort = 4173;

export const usage = `Usage: npm start -- [options]      (or: npm run dev -- [options], with hot reload)
  --host      serve https to the whole network, with a QR code for a headset
  --port N    use port N instead of ${defaultPort}
  --help      show this`;

/**
 * @typedef {{ dev: boolean, host: boolean, port: number, help: boolean }} ServeArguments
 * dev: hot reload instead of the production build; host: https on every network interface.
 */

/**
 * @param {readonly string[]} argv arguments after the script's name
 * @returns {ServeArguments}
 * @throws {RangeError} a sentence that names the bad argument
 */
export function parseServeArguments(argv) {
  const result = { dev: false, host: false, port: defaultPort, help: false };
  for (let i = 0; i < argv.length; i++) {
    const [name, inline] = argv[i].split(/=(.*)/s, 2);
    if (name === '--port') result.port = parsePort(inline ?? argv[++i]);
    else if (inline !== undefined) throw unknown(argv[i]);
    else if (name === '--dev') result.dev = true;
    else if (name === '--host') result.host = true;
    else if (name === '--help' || name === '-h') result.help = true;
    else throw unknown(name);
  }
  return result;
}

/** @param {string | undefined} text @returns {number} */
function parsePort(text) {
  const port = Number(text);
  if (text && /^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new RangeError(`--port needs a number from 1 to 65535, not "${text ?? ''}". Try: npm start -- --port 8080`);
}

/** @param {string} argument @returns {RangeError} */
function unknown(argument) {
  return new RangeError(`The argument "${argument}" is not known.\n${usage}`);
}
