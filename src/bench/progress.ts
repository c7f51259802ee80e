/** Where progress goes: standard error, or a test. */
export type ProgressStream = { isTTY?: boolean; columns?: number; write(text: string): unknown };

export type Progress = {
  /** What is being done now; called as often as one likes. */
  update(text: string): void;
  /** Leaves the last line as it is, and the cursor below it. */
  done(): void;
};

/** Lines of a log come at most this often, ms: a log is read later, by scrolling. */
const logEveryMs = 5000;

/** One line that is written over and over on a terminal; plain lines, a few seconds apart, anywhere else. */
export function createProgress(stream: ProgressStream, nowMs: () => number = () => performance.now()): Progress {
  let written = '';
  if (stream.isTTY) {
    return {
      update(text) {
        // A line that wraps could not be written over.
        written = Array.from(oneLine(text)).slice(0, Math.max(1, (stream.columns ?? 80) - 1)).join('');
        stream.write(`\r\u001B[2K${written}`);
      },
      done() {
        if (written !== '') stream.write('\n');
        written = '';
      },
    };
  }
  let held: string | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  const put = (text: string): void => {
    stream.write(`${text}\n`);
    written = text;
    held = null;
    lastMs = nowMs();
  };
  return {
    update(text) {
      const line = oneLine(text);
      if (line === written) held = null;
      else if (nowMs() - lastMs >= logEveryMs) put(line);
      else held = line;
    },
    done() {
      if (held !== null) put(held);
    },
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
