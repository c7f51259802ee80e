import type { CDPSession, Page } from 'playwright';

/** What {@link watchFrames} leaves in the page. */
export type FrameWatch = {
  clear(): void;
  read(): { atMs: number[]; workMs: number[] };
  /** Triangles and draw calls of the next display frame that draws. */
  countDraw(): Promise<{ triangles: number; draws: number }>;
};

declare global {
  interface Window {
    frameWatch: FrameWatch;
  }
}

/**
 * Runs in the page before its own code: times what a page does in the callbacks of its display frames, the same way for
 * any page, whatever it is built with. Playwright sends its text, so it may use nothing from outside.
 */
export function watchFrames(): void {
  const capacity = 20_000;
  const at = new Float64Array(capacity);
  const work = new Float64Array(capacity);
  let count = 0;
  let afterFrame: (() => void) | null = null;
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((timeMs) => {
      const begunMs = performance.now();
      try {
        callback(timeMs);
      } finally {
        const ms = performance.now() - begunMs;
        // All callbacks of one display frame are given the same time.
        if (count > 0 && at[count - 1] === timeMs) {
          work[count - 1]! += ms;
        } else if (count < capacity) {
          at[count] = timeMs;
          work[count] = ms;
          count++;
        }
        afterFrame?.();
      }
    });
  window.frameWatch = {
    clear: () => {
      count = 0;
    },
    read: () => ({ atMs: Array.from(at.subarray(0, count)), workMs: Array.from(work.subarray(0, count)) }),
    countDraw: () =>
      new Promise((resolve) => {
        const gl = WebGL2RenderingContext.prototype;
        const { drawElements, drawArrays } = gl;
        let triangles = 0;
        let draws = 0;
        gl.drawElements = function (mode, elements, type, offset) {
          draws++;
          if (mode === 4) triangles += elements / 3;
          drawElements.call(this, mode, elements, type, offset);
        };
        gl.drawArrays = function (mode, first, elements) {
          draws++;
          if (mode === 4) triangles += elements / 3;
          drawArrays.call(this, mode, first, elements);
        };
        afterFrame = () => {
          if (draws === 0) return;
          afterFrame = null;
          Object.assign(gl, { drawElements, drawArrays });
          resolve({ triangles, draws });
        };
      }),
  };
}

/** Seconds of JavaScript and of all tasks of the page's main thread since it was opened. */
export async function mainThreadSeconds(cdp: CDPSession): Promise<{ script: number; task: number }> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { script: of('ScriptDuration'), task: of('TaskDuration') };
}

/** Half a second to one side, half a second back, for about `ms`: what a person does who looks around. */
export async function lookAround(page: Page, ms: number): Promise<void> {
  const until = performance.now() + ms;
  for (let k = 0; performance.now() < until; k++) {
    const key = k % 2 === 0 ? 'ArrowLeft' : 'ArrowRight';
    await page.keyboard.down(key);
    await page.waitForTimeout(Math.max(0, Math.min(500, until - performance.now())));
    await page.keyboard.up(key);
  }
}
