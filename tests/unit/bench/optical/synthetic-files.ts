import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'fast-png';
import { SpanLog } from '../../../../src/latency/span-log';
import { toTraceEvents } from '../../../../src/latency/trace-event';
import type { Recording } from '../../../../src/latency/optical/recording';
import { lightAt, type Display } from '../../latency/optical/synthetic';

/** Writes a log as a sampler would: a comment, names, numbers of a 12-bit converter. */
export function writeCsv(file: string, light: Recording, onset: Recording | null): void {
  const lines = ['# photodiode BPW34, 12 bits', `time_us,level${onset ? ',onset' : ''}`];
  for (const [i, atMs] of light.timesMs.entries()) {
    const row = [Math.round(atMs * 1000), Math.round(light.levels[i]! * 1500 + 300)];
    if (onset) row.push(onset.levels[i]!);
    lines.push(row.join(','));
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** Writes the trace that the page would export after these flips: with the page's own exporter. */
export function writeTrace(file: string, flips: readonly { displayMs: number; onsetMs: number }[]): void {
  const log = new SpanLog();
  for (const [k, { displayMs, onsetMs }] of flips.entries()) {
    log.event('optical', displayMs, { source: 'trigger', level: k % 2 === 0 ? 1 : 0, onsetMs, frameMs: displayMs - 20 });
    log.event('missed', displayMs + 5, { frames: 1 });
  }
  writeFileSync(file, JSON.stringify(toTraceEvents(log)));
}

/** Regions of the frames of {@link writeFrames}. */
export const patchRegion = '4,4,6,6';
export const markRegion = '18,5,4,4';

/** A camera: each frame gathers light for a share of its time, ending when it ends. */
export type Camera = { fps: number; exposure: number; firstMs: number };

/** Writes frames in which a patch and an LED stand before a grey wall, sRGB-encoded and noisy, 24 x 14 pixels. */
export function writeFrames(
  folder: string,
  camera: Camera,
  changesMs: readonly number[],
  onsetsMs: readonly number[],
  lengthMs: number,
  display: Display,
  noise: () => number,
): void {
  mkdirSync(folder, { recursive: true });
  const [width, height] = [24, 14];
  const periodMs = 1000 / camera.fps;
  const count = Math.floor(lengthMs / periodMs);
  for (let k = 0; k < count; k++) {
    const endMs = camera.firstMs + k * periodMs;
    const patch = gathered((ms) => lightAt(ms, changesMs, display, lengthMs), endMs, camera);
    const lit = gathered((ms) => (onsetsMs.some((on) => ms >= on && ms < on + 60) ? 1 : 0.02), endMs, camera);
    const data = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const inPatch = x >= 4 && x < 10 && y >= 4 && y < 10;
        const inMark = x >= 18 && x < 22 && y >= 5 && y < 9;
        data[y * width + x] = encoded((inPatch ? 0.6 * patch : inMark ? lit : 0.2) + noise());
      }
    }
    const png = encode({ width, height, channels: 1, depth: 8, data, text: {} }, { zlib: { level: 0 } });
    writeFileSync(path.join(folder, `frame_${String(k + 1).padStart(5, '0')}.png`), png);
  }
}

function gathered(light: (ms: number) => number, endMs: number, { fps, exposure }: Camera): number {
  const parts = 8;
  let sum = 0;
  for (let i = 0; i < parts; i++) sum += light(endMs - ((i + 0.5) / parts) * (exposure / fps) * 1000);
  return sum / parts;
}

function encoded(light: number): number {
  const v = Math.min(1, Math.max(0, light));
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
}
