import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Intrinsics, Pose } from '../../math/types';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { offlineQuality, type TeacherQuality } from '../../../workers/backends/simulator/teacher/quality';
import { TeacherRenderer } from '../../../workers/backends/simulator/teacher/teacher-renderer';
import type { Hour } from '../../../workers/layout/hours';
import { atmosphereOf } from '../../../workers/layout/palettes';
import { SceneWindow } from '../../../workers/layout/scene-window';
import type { SemanticMap } from '../../../workers/layout/things';

/** A picture of the teacher: RGBA8 and planar inverse depth, 1/m. */
export type TruePicture = { color: Uint8ClampedArray; inverseDepth: Float32Array };

/** Code that decides what the teacher draws: when it changes, pictures that were kept are of no use. */
const teacherFolders = ['workers/layout', 'workers/backends/simulator', 'src/math'];
const cacheFolder = '.cache/bench-truth';

/** Pictures of the teacher at any pose of one world. They cost half a second each, so they are kept on disk. */
export class TeacherTruth {
  private readonly renderer: TeacherRenderer;
  private readonly common: string;

  /**
   * @param mapKey says which map it is, for the kept pictures: the same key must mean the same things
   * @param folder where they are kept; null: nowhere
   */
  constructor(
    map: SemanticMap,
    seed: number,
    hour: Hour,
    private readonly camera: Intrinsics,
    mapKey: string,
    private readonly folder: string | null = cacheFolder,
    private readonly quality: TeacherQuality = offlineQuality,
  ) {
    this.renderer = new TeacherRenderer(new SceneWindow(map, addOrnateShapes), atmosphereOf(seed, { palette: 'auto', hour }));
    this.common = JSON.stringify([folder === null ? '' : teacherVersion(), mapKey, seed, hour, camera, quality]);
    if (folder !== null) mkdirSync(folder, { recursive: true });
  }

  /** A picture of its own arrays. */
  at(pose: Pose): TruePicture {
    const file = this.folder === null ? null : path.join(this.folder, `${this.keyOf(pose)}.bin`);
    const kept = file && readPicture(file, this.camera);
    if (kept) return kept;
    const n = this.camera.width * this.camera.height;
    const picture = { color: new Uint8ClampedArray(4 * n), inverseDepth: new Float32Array(n) };
    this.renderer.render(pose, this.camera, this.quality, picture.color, picture.inverseDepth);
    if (file) writePicture(file, picture);
    return picture;
  }

  private keyOf(pose: Pose): string {
    return createHash('sha256').update(this.common).update(new Uint8Array(Float32Array.from(pose).buffer)).digest('hex').slice(0, 32);
  }
}

/** A kept picture that is torn or of another size is drawn anew. */
function readPicture(file: string, { width, height }: Intrinsics): TruePicture | null {
  const n = width * height;
  try {
    const bytes = inflateSync(readFileSync(file));
    if (bytes.length !== 8 * n) return null;
    const copy = Uint8Array.from(bytes);
    return { color: new Uint8ClampedArray(copy.buffer, 0, 4 * n), inverseDepth: new Float32Array(copy.buffer, 4 * n, n) };
  } catch {
    return null;
  }
}

function writePicture(file: string, { color, inverseDepth }: TruePicture): void {
  const bytes = new Uint8Array(color.length + 4 * inverseDepth.length);
  bytes.set(color);
  bytes.set(new Uint8Array(inverseDepth.buffer, inverseDepth.byteOffset, 4 * inverseDepth.length), color.length);
  // Under another name first: a run that is stopped leaves no half picture.
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, deflateSync(bytes, { level: 3 }));
  renameSync(part, file);
}

let version: string | null = null;

/** Changes with any line of code that the teacher's pictures depend on. */
function teacherVersion(): string {
  if (version === null) {
    const hash = createHash('sha256');
    for (const folder of teacherFolders) {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
        if (name.endsWith('.ts')) hash.update(name).update(readFileSync(path.join(folder, name)));
      }
    }
    version = hash.digest('hex').slice(0, 16);
  }
  return version;
}
