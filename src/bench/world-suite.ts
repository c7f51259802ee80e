import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadPackage } from '../../workers/backends/onnx/package-loader';
import { fetchFile } from './node-fetch';
import { benchCausality } from './world/causality';
import { benchControl } from './world/control';
import { benchDrift } from './world/drift';
import { benchFidelity } from './world/fidelity';
import { notesOf } from './world/notes';
import { benchPersistence } from './world/persistence';
import { PictureBook } from './world/picture-book';
import { planOther, planWorld, type WorldPlan } from './world/plan';
import type { WorldPictures, WorldResult, WorldRow } from './world/result';
import { benchSemantics } from './world/semantics';
import { benchSpeed, weighPackage } from './world/speed';
import { rowsOf, summarise } from './world/summary';

/** The packages of the shipped world; the first is measured in every way, the others are walked in a little, weighed and timed. */
const shippedPackages = ['models/courtyards/manifest.json', 'models/courtyards-256/manifest.json'];

/** Manifests of the world that opens by default, from the root of the repository. @throws Error when none is here */
export function findWorldPackages(): [string, ...string[]] {
  const [first, ...others] = shippedPackages.filter((file) => existsSync(file));
  if (first !== undefined) return [first, ...others];
  throw new Error(`There is no world package at ${shippedPackages.join(' or ')}. Run this in the root of the repository, with its models.`);
}

export type WorldOptions = {
  /** The package that is measured, and others that paint the same world at another size. */
  manifestFile: string;
  otherManifestFiles?: readonly string[];
  quick: boolean;
  seed: number;
  plan?: WorldPlan;
  onProgress: (text: string) => void;
};

/**
 * Everything that is said of a world package, as numbers: against the teacher's true pictures, and against simpler ways
 * to the same thing.
 */
export async function benchWorld(options: WorldOptions): Promise<WorldResult> {
  const { manifestFile, otherManifestFiles = [], quick, seed, onProgress } = options;
  const begunMs = performance.now();
  const plan = options.plan ?? planWorld(quick, seed);
  const { manifest, imagine } = await load(manifestFile);
  const book = await openBook(manifestFile, plan);
  const allFiles = [manifestFile, ...otherManifestFiles];

  // Times first: later the processor is warm and the heap is full.
  const speed = await benchSpeed(allFiles, plan, seed, onProgress);
  const rows: WorldRow[] = [...speed.rows];
  for (const file of allFiles) rows.push(...(await weighPackage(file)));
  rows.push(...(await benchFidelity(manifestFile, plan, onProgress, (moment) => book.keepMoment(moment))));
  const otherBooks: PictureBook[] = [];
  for (const file of otherManifestFiles) {
    const other = await openBook(file, planOther(plan));
    otherBooks.push(other);
    rows.push(...(await benchFidelity(file, planOther(plan), onProgress, (moment) => other.keepMoment(moment))));
  }
  rows.push(...(await benchPersistence(manifestFile, plan, onProgress, (picture) => book.keepLoop(picture))));
  rows.push(...(await benchDrift(manifestFile, plan, onProgress)));
  const hasDepth = Object.values(manifest.outputs).some(({ meaning }) => meaning !== 'rgb');
  if (hasDepth) rows.push(...(await benchControl(manifestFile, plan, onProgress)));
  rows.push(...(await benchCausality(manifestFile, plan, onProgress)));
  if (imagine) rows.push(...(await benchSemantics(imagine, plan, seed, onProgress)));
  const layout = manifest.layout?.kind ?? 'none';
  return {
    counts: {
      quick,
      seed,
      worldId: manifest.id,
      layout,
      walkSeeds: [...new Set(plan.walks.map((walk) => walk.seed))],
      framesPerWalk: plan.framesPerWalk,
      scoredFrames: rowsOf(rows, 'frame').filter((row) => row.variant === 'paint' && row.world === manifest.id).length,
      driftFrames: plan.driftFrames,
      loopPoses: rowsOf(rows, 'loop').filter((row) => row.way === 'paint').reduce((sum, row) => sum + row.poses, 0),
      controlSteps: rowsOf(rows, 'control').length,
      seconds: (performance.now() - begunMs) / 1000,
    },
    rows,
    summary: summarise(rows, manifest.id),
    notes: [...notesOf(plan, layout, imagine !== null), ...speed.notes],
    pictures: withSheetsOf(book.pictures(), otherBooks),
    sheet: book.sheet(),
  };
}

function load(manifestFile: string): ReturnType<typeof loadPackage> {
  return loadPackage({ manifestUrl: pathToFileURL(path.resolve(manifestFile)).href, fetchFile });
}

async function openBook(manifestFile: string, plan: WorldPlan): Promise<PictureBook> {
  const { id, camera } = (await load(manifestFile)).manifest;
  return new PictureBook(plan, id, camera);
}

function withSheetsOf(pictures: WorldPictures, others: readonly PictureBook[]): WorldPictures {
  return { ...pictures, sheets: [...pictures.sheets, ...others.flatMap((book) => book.pictures().sheets)] };
}
