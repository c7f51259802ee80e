import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nativeRuntime } from '../../../src/bench/world/node-runtime';
import { loadBlockSources } from '../../../workers/host/growth/block-source';
import type { BlockSources } from '../../../workers/host/growth/grow-loop';
import { decodeBlock } from '../../../workers/imagine/tokens';
import { blockCells, BlockMap } from '../../../workers/layout/block-map';
import { DistrictMap } from '../../../workers/layout/districts/district-map';
import { cellSize } from '../../../workers/layout/grid';
import type { SemanticMap } from '../../../workers/layout/things';
import type { MapSource } from './plan';

/** A world whose map is known around a place once that was asked for. */
export type DataWorld = { map: SemanticMap; decideAround(xM: number, zM: number): Promise<void> };
export type WorldMaker = (source: MapSource, seed: number) => Promise<DataWorld>;

/** Blocks in every direction: all that a ray can reach, and what a clip walks. */
const reachBlocks = 7;

/**
 * Worlds of both kinds. The graphs of `imagine` are opened when the first imagined world is asked for.
 * @param packageFolder a world package with imagine-prefill.onnx and imagine-step.onnx
 */
export function dataWorlds(packageFolder: string): WorldMaker {
  let sources: Promise<BlockSources> | null = null;
  return async (source, seed) => {
    if (source === 'districts') return { map: new DistrictMap(seed), decideAround: async () => undefined };
    sources ??= openImagination(packageFolder);
    const imaginer = (await sources).of(seed);
    const map = new BlockMap(seed);
    return {
      map,
      decideAround: (xM, zM) =>
        imaginer.grow(blocksAround(xM, zM), (blocks) => {
          for (const { i, j, tokens } of blocks) map.put(i, j, decodeBlock(tokens));
        }),
    };
  };
}

function openImagination(folder: string): Promise<BlockSources> {
  const read = (name: string): Uint8Array<ArrayBuffer> => {
    const file = path.join(folder, name);
    try {
      return new Uint8Array(readFileSync(file));
    } catch {
      throw new Error(`Imagined maps need ${file}, which cannot be read. Train and export imagine first, or leave --imagined out.`);
    }
  };
  return loadBlockSources(nativeRuntime, { prefill: read('imagine-prefill.onnx'), step: read('imagine-step.onnx') });
}

function blocksAround(xM: number, zM: number): { i: number; j: number }[] {
  const middle = (at: number): number => Math.floor(at / (cellSize * blockCells));
  const side = 2 * reachBlocks + 1;
  return Array.from({ length: side * side }, (_, k) => ({
    i: middle(xM) - reachBlocks + (k % side),
    j: middle(zM) - reachBlocks + Math.floor(k / side),
  }));
}
