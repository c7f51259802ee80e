/**
 * Latency by light, from the log of a photodiode or the frames of a fast camera.
 * usage: npm run latency:optical -- --help
 */
import { UsageError } from '../arguments';
import { LogError } from './csv-log';
import { runOptical } from './run';

try {
  console.log(runOptical(process.argv.slice(2), (line) => console.error(line)));
} catch (error) {
  const isForPerson = error instanceof UsageError || error instanceof LogError;
  console.error(isForPerson ? error.message : error);
  process.exitCode = isForPerson ? 2 : 1;
}
