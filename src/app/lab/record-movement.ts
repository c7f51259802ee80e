import { reasonOf } from '../reason';
import { notify } from '../store';
import type { HeadMotion } from './lab-host';
import { labStore } from './lab-store';
import { saveFile } from './save-file';

/** Hands a kept trace to the browser's downloads. @throws Error with a sentence when there is none */
export function saveTrace(head: HeadMotion, id: string): void {
  saveFile(head.file(id), 'application/octet-stream', `head-${id}`, '.headtrace');
}

/** Begins to record how the head moves, or ends it, saves the file and puts the trace into the lab's list. Never throws. */
export function toggleRecording(head: HeadMotion): void {
  if (labStore.getState().suite !== null) {
    notify({ id: 'record', level: 'info', text: 'A suite runs in the latency lab; record when it has ended.' });
    return;
  }
  if (labStore.getState().head !== 'recording') {
    // A head that is moved by a trace would be recorded instead of the visitor's.
    head.stop();
    head.record();
    labStore.setState({ head: 'recording' });
    return;
  }
  labStore.setState({ head: 'free' });
  try {
    const id = head.keep();
    if (id === null) return;
    saveTrace(head, id);
    labStore.setState({ traces: head.traces(), traceId: id });
    notify({ id: 'record', level: 'info', text: 'The movement was saved as a file; the latency lab can play it.' });
  } catch (error) {
    notify({ id: 'record', level: 'warning', text: reasonOf(error) });
  }
}
