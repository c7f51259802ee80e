import { parentPort, workerData } from 'node:worker_threads';
import { actionLength } from '../../../src/action/action-codec';
import { openSharedWriter } from '../../../src/action/mailbox';

/** Posts arrays of one repeated number, as fast as it can, until the flag in `stop` is set. */
const { mailbox, stop } = workerData as { mailbox: SharedArrayBuffer; stop: SharedArrayBuffer };
const writer = openSharedWriter(mailbox);
const flag = new Int32Array(stop);
const values = new Float64Array(actionLength);
parentPort!.postMessage('writing');
let count = 0;
while (Atomics.load(flag, 0) === 0) writer.post(values.fill(++count + 0.1));
parentPort!.postMessage(count);
