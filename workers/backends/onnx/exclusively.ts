// onnxruntime-web allows one session creation and one run at a time in a realm ("Session already started").
let lastTask: Promise<unknown> = Promise.resolve();

/** Runs one task of ONNX Runtime after the other, in the order asked; a task that fails does not stop the next. */
export function exclusively<T>(task: () => Promise<T> | T): Promise<T> {
  const result = lastTask.then(task);
  lastTask = result.catch(() => undefined);
  return result;
}
