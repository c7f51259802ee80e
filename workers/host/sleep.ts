/** Timers of zero length are clamped to 4 ms by browsers when nested; a message to oneself is not. */
const channel = new MessageChannel();
/** Node has these two: a port that is listened to keeps a program from ending. */
const port: MessagePort & { ref?(): void; unref?(): void } = channel.port1;
const woken: (() => void)[] = [];
port.onmessage = () => {
  woken.shift()?.();
  if (woken.length === 0) port.unref?.();
};
port.unref?.();

/** Lets messages and timers in, then goes on; 0 is as soon as possible. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0) {
      if (woken.length === 0) port.ref?.();
      woken.push(resolve);
      channel.port2.postMessage(0);
    } else {
      setTimeout(resolve, ms);
    }
  });
}
