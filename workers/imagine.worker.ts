import { oneThreadRuntime } from './backends/onnx/web-runtime';
import { loadBlockSources } from './host/growth/block-source';
import { imagineHost } from './host/growth/imagine-host';
import type { ToImagine } from './host/growth/imagine-messages';

// A thread of its own for `imagine`, so that the map grows while the world worker paints. One thread of WASM is enough,
// and leaves the other cores to the painter and to the page.
const receive = imagineHost(
  (graphs) => loadBlockSources(oneThreadRuntime, graphs),
  (message) => postMessage(message),
);
onmessage = (event: MessageEvent<ToImagine>) => receive(event.data);
