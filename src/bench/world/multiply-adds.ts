import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as ort from 'onnxruntime-node';

type Shapes = readonly Record<string, number[]>[];
type ProfileEvent = { args?: { op_name?: string; input_type_shape?: Shapes; output_type_shape?: Shapes } };

/**
 * Multiply-adds of the convolutions and matrix products of one run, from the shapes that ONNX Runtime's own profile
 * tells. @returns null when there is no profile here
 */
export async function countMultiplyAdds(graph: Uint8Array, feeds: Record<string, ort.Tensor>): Promise<number | null> {
  const folder = mkdtempSync(path.join(tmpdir(), 'reverie-profile-'));
  try {
    // Not 'all': that lays channels out in blocks, and counts would be of blocks.
    const session = await ort.InferenceSession.create(graph, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'basic',
      intraOpNumThreads: 1,
      enableProfiling: true,
      profileFilePrefix: path.join(folder, 'run'),
    });
    await session.run(feeds);
    session.endProfiling();
    await session.release();
    const [file] = readdirSync(folder);
    return file ? sumProfile(JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as ProfileEvent[]) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param events of a profile that ONNX Runtime wrote */
export function sumProfile(events: readonly ProfileEvent[]): number {
  let sum = 0;
  for (const { args } of events) {
    if (!args?.op_name || !args.input_type_shape || !args.output_type_shape) continue;
    const inputs = args.input_type_shape.map((shape) => Object.values(shape)[0] ?? []);
    const output = product(Object.values(args.output_type_shape[0] ?? {})[0] ?? []);
    if (args.op_name.endsWith('Conv')) sum += output * product(inputs[1].slice(1));
    // The side that is summed over: the last one of the left factor.
    else if (/MatMul$|Gemm$/.test(args.op_name)) sum += output * inputs[0].at(-1)!;
  }
  return sum;
}

const product = (sides: readonly number[]): number => sides.reduce((all, side) => all * side, 1);
