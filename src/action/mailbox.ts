import { actionLength } from './action-codec';

/** The page's side: puts the flat form of an action (see `action-codec.ts`) where the worker finds it. Never waits. */
export interface ActionWriter {
  post(values: Float64Array): void;
}

/** The worker's side: the newest action wins, older ones that nobody read are forgotten. Never a queue. */
export interface ActionReader {
  /** Copies the newest action into `out`. False, and `out` unchanged, when nothing new came since the last read. */
  readNewest(out: Float64Array): boolean;
}

/**
 * Three slots change hands: the writer owns one, the reader owns one, and one lies in between. Each side swaps its slot
 * with the middle one in a single atomic exchange, so neither ever waits, retries or sees half an action, and the
 * payload needs no atomics. (A seqlock would have to send every payload word through Atomics, because plain reads are
 * not kept in order on ARM, which is what headsets have: measured 10 us a post against 1 us here.)
 */
const slots = 3;
/** Index of the middle slot, plus {@link freshBit} when the reader has not seen it. */
const middleWord = 0;
/** 1 once somebody owns the reading end. */
const claimedWord = 1;
const freshBit = 4;
const slotMask = 3;
const headerBytes = 8;
const mailboxBytes = headerBytes + slots * actionLength * Float64Array.BYTES_PER_ELEMENT;

/**
 * A new mailbox in shared memory, empty: its writer stays here, `buffer` goes to {@link openSharedMailbox}. Needs
 * `crossOriginIsolated`; without it take {@link MessageMailbox}. A new worker needs a new mailbox.
 */
export function createSharedMailbox(): { buffer: SharedArrayBuffer; writer: ActionWriter } {
  const buffer = new SharedArrayBuffer(mailboxBytes);
  Atomics.store(new Int32Array(buffer), middleWord, 1);
  return { buffer, writer: openSharedWriter(buffer) };
}

/** The writing end, for a page that has only the buffer. There must be one writer only. */
export function openSharedWriter(buffer: SharedArrayBuffer): ActionWriter {
  const { header, slotValues } = mailboxViews(buffer);
  let mine = 0;
  return {
    post(values) {
      const slot = slotValues[mine];
      for (let i = 0; i < actionLength; i++) slot[i] = values[i];
      mine = Atomics.exchange(header, middleWord, mine | freshBit) & slotMask;
    },
  };
}

/**
 * The reading end of a mailbox from {@link createSharedMailbox}.
 * @throws RangeError when the buffer is not such a mailbox, Error when it has a reader already.
 */
export function openSharedMailbox(buffer: SharedArrayBuffer): ActionReader {
  const { header, slotValues } = mailboxViews(buffer);
  if (Atomics.compareExchange(header, claimedWord, 0, 1) !== 0) {
    throw new Error('This mailbox for actions has a reader already. Make a new mailbox for a new worker.');
  }
  let mine = 2;
  return {
    readNewest(out) {
      if ((Atomics.load(header, middleWord) & freshBit) === 0) return false;
      mine = Atomics.exchange(header, middleWord, mine) & slotMask;
      out.set(slotValues[mine]);
      return true;
    },
  };
}

function mailboxViews(buffer: SharedArrayBuffer): { header: Int32Array; slotValues: Float64Array[] } {
  if (buffer.byteLength !== mailboxBytes) {
    throw new RangeError(
      `A mailbox for actions has ${mailboxBytes} bytes, this buffer has ${buffer.byteLength}. ` +
        'Page and worker come from different builds: reload the page.',
    );
  }
  const slotBytes = actionLength * Float64Array.BYTES_PER_ELEMENT;
  const slotValues: Float64Array[] = [];
  for (let i = 0; i < slots; i++) slotValues.push(new Float64Array(buffer, headerBytes + i * slotBytes, actionLength));
  return { header: new Int32Array(buffer, 0, headerBytes / Int32Array.BYTES_PER_ELEMENT), slotValues };
}

/**
 * The worker's side where memory cannot be shared (a page without cross-origin isolation): each
 * `{ type: 'action', values }` message is handed to {@link accept}, the newest is kept.
 */
export class MessageMailbox implements ActionReader {
  readonly #newest = new Float64Array(actionLength);
  #fresh = false;

  accept(values: Float64Array): void {
    this.#newest.set(values.length > actionLength ? values.subarray(0, actionLength) : values);
    this.#fresh = true;
  }

  readNewest(out: Float64Array): boolean {
    if (!this.#fresh) return false;
    this.#fresh = false;
    out.set(this.#newest);
    return true;
  }
}

/** The page's side of {@link MessageMailbox}; `port` is the raw port to the worker. Posting copies the values. */
export function createMessageWriter(port: {
  postMessage(message: { type: 'action'; values: Float64Array }): void;
}): ActionWriter {
  return { post: (values) => port.postMessage({ type: 'action', values }) };
}
