import { expect, test } from 'vitest';
import { parseServeArguments } from '../../../scripts/arguments.mjs';

test('without arguments the production build is served here only, on port 4173', () => {
  expect(parseServeArguments([])).toEqual({ dev: false, host: false, port: 4173, help: false });
});

test('a port may stand after a space or an equals sign', () => {
  expect(parseServeArguments(['--dev', '--host', '--port', '8080'])).toMatchObject({ dev: true, host: true, port: 8080 });
  expect(parseServeArguments(['--port=1']).port).toBe(1);
});

test.each([['--port'], ['--port', '0'], ['--port', '65536'], ['--port=1e3'], ['--port', '--host']])(
  'a bad port is refused: %s %s',
  (...argv) => {
    expect(() => parseServeArguments(argv.filter((argument) => argument))).toThrow(/--port needs a number from 1 to 65535/);
  },
);

test.each(['--prot', '--host=1.2.3.4', 'dist'])('an unknown argument is named: %s', (argument) => {
  expect(() => parseServeArguments([argument])).toThrow(`"${argument}"`);
});
