import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Recording } from '../../latency/optical/recording';
import { decodePng, type Picture } from '../png';
import type { Region } from './arguments';
import { LogError } from './csv-log';

/** sRGB byte to linear light: a frame that saw the flip half way is half as bright as light, not as bytes. */
const lightOfByte = Float64Array.from({ length: 256 }, (_, byte) => {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/**
 * Brightness of regions of a video, one recording each. The times are those of the frames: k / fps.
 * @param onFrame called for each frame that was read
 * @throws LogError that names the folder or the file
 */
export function readFrames(folder: string, fps: number, regions: readonly Region[], onFrame: (done: number, all: number) => void = () => {}): Recording[] {
  const files = framesIn(folder);
  const timesMs = Float64Array.from(files, (_, k) => (k * 1000) / fps);
  const recordings = regions.map(() => new Float64Array(files.length));
  for (const [k, file] of files.entries()) {
    const picture = readPng(path.join(folder, file));
    for (const [r, region] of regions.entries()) recordings[r]![k] = lightOf(picture, region, path.join(folder, file));
    onFrame(k + 1, files.length);
  }
  return recordings.map((levels) => ({ timesMs, levels }));
}

/** PNG files in the order of the number that ends their names. */
function framesIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.toLowerCase().endsWith('.png'));
  } catch {
    throw new LogError(`There is no folder "${folder}" with frames.`);
  }
  if (names.length === 0) throw new LogError(`The folder "${folder}" has no PNG files.`);
  const numbered = names.map((name) => ({ name, number: Number(/(\d+)\.png$/i.exec(name)?.[1] ?? Number.NaN) }));
  for (const { name, number } of numbered) {
    if (Number.isNaN(number)) throw new LogError(`${path.join(folder, name)} has no number before ".png": it has no place among the frames.`);
  }
  numbered.sort((a, b) => a.number - b.number);
  for (const [k, { name, number }] of numbered.entries()) {
    const before = numbered[k - 1];
    if (before && number !== before.number + 1) {
      const what = number === before.number ? 'have the same number' : 'do not follow each other; every frame is needed, or the times are wrong';
      throw new LogError(`${before.name} and ${name} in "${folder}" ${what}.`);
    }
  }
  return numbered.map(({ name }) => name);
}

function readPng(file: string): Picture {
  try {
    return decodePng(readFileSync(file));
  } catch (error) {
    throw new LogError(`${file} cannot be read as a PNG: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Mean linear light of a region, 0 … 1, with the weights of Rec. 709. */
function lightOf({ width, height, rgba }: Picture, region: Region, file: string): number {
  if (region.x + region.width > width || region.y + region.height > height) {
    const { x, y, width: w, height: h } = region;
    throw new LogError(`The region ${x},${y},${w},${h} does not lie within ${file}, which is ${width} x ${height}.`);
  }
  let sum = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    for (let x = region.x; x < region.x + region.width; x++) {
      const at = 4 * (y * width + x);
      sum += 0.2126 * lightOfByte[rgba[at]!]! + 0.7152 * lightOfByte[rgba[at + 1]!]! + 0.0722 * lightOfByte[rgba[at + 2]!]!;
    }
  }
  return sum / (region.width * region.height);
}
