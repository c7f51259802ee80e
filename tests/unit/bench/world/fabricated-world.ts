import { encode } from 'fast-png';
import { returnWays, variants, type PictureScores, type WorldResult, type WorldRow } from '../../../../src/bench/world/result';
import { summarise } from '../../../../src/bench/world/summary';

const psnrOf = { paint: 27, withMemory: 26.5, withoutNoise: 26, rawMap: 22, memoryOnly: 18 } as const;

/** A result with every kind of row, in which everything is as it should be. */
export function fabricatedWorld(change: (rows: WorldRow[]) => WorldRow[] = (rows) => rows): WorldResult {
  const rows: WorldRow[] = [];
  for (const hour of ['day', 'dusk']) {
    for (const variant of variants) {
      const score = (frame: number): PictureScores => ({
        psnrDb: psnrOf[variant] + 0.01 * frame,
        ssim: 0.9,
        sharpnessRatio: 0.9,
        depthErrorMedianPct: 0.1,
        depthErrorMeanPct: 0.2,
      });
      for (const frame of [0, 5, 10]) rows.push({ kind: 'frame', world: 'courtyards', variant, seed: 1_000_001, hour, frame, ...score(frame) });
      const walk = { scoredFrames: 3, psnrAtEndDb: psnrOf[variant], flicker: 1.1, trueFlicker: 1, depthAgreementPct: variant === 'paint' ? 99 : null };
      rows.push({ kind: 'walk', world: 'courtyards', variant, seed: 1_000_001, hour, ...score(0), ...walk });
    }
  }
  for (const way of returnWays) {
    rows.push({ kind: 'loop', seed: 1_000_002, hour: 'day', way, poses: 80, psnrDb: 60, ssim: 0.99, identicalPct: 50, sharpnessRatio: 0.9 });
  }
  for (let frame = 0; frame < 120; frame++) {
    const drift = { sharpness: 0.02, brightness: 0.5, contrast: 0.2, redness: 0.1, blueness: -0.1, inverseDepth: 0.2 };
    rows.push({ kind: 'drift', seed: 1_000_003, hour: 'auto', frame, ...drift, map: drift, depthAgreementPct: 99 });
  }
  for (const rotationErrDeg of [0.1, 0.2, 9]) {
    const errors = { rotationErrDeg, translationErrPct: 10 * rotationErrDeg, floorRotationErrDeg: 0.01, floorTranslationErrPct: 0.1 };
    rows.push({ kind: 'control', seed: 1_000_001, stepM: 0.2, turnDeg: 3, ...errors });
  }
  rows.push({ kind: 'counterfactual', seed: 1, actions: 'left and right', isRight: true });
  rows.push({ kind: 'causality', seed: 1, check: 'the same actions again in the same model', frames: 8, isEqual: true });
  rows.push({ kind: 'causality', seed: 1, check: 'another future, other frames after it', frames: 8, isEqual: false });
  const bits = { imagine: 0.5, context: 0.7, unigram: 2.2 } as const;
  for (const model of ['imagine', 'context', 'unigram'] as const) {
    rows.push({ kind: 'tokens', model, blocks: 100, tokens: 5000, bitsPerToken: bits[model] });
  }
  rows.push({ kind: 'arrangements', source: 'imagined', blocks: 100, faultyAtFirstPct: 3, faultyPct: 0.2 });
  for (const [what, msP50] of [['paint of courtyards', 40], ['reference beside courtyards', 16]] as const) {
    rows.push({ kind: 'speed', what, provider: 'cpu', msP50 });
  }
  const weight = { id: 'courtyards', multiplyAdds: 4e8 };
  rows.push({ kind: 'package', ...weight, graph: 'paint', bytes: 3e6, bytesFp16: 3e6, parameters: 1.4e6 });
  rows.push({ kind: 'package', ...weight, graph: 'imagine, step', bytes: 1e6, bytesFp16: 1e6, parameters: 4e5, multiplyAdds: null });
  const changed = change(rows);
  const png = `data:image/png;base64,${Buffer.from(encode({ width: 2, height: 2, data: new Uint8Array(12), channels: 3 })).toString('base64')}`;
  return {
    counts: {
      quick: true,
      seed: 6,
      worldId: 'courtyards',
      layout: 'imagined',
      walkSeeds: [1_000_001],
      framesPerWalk: 11,
      scoredFrames: 6,
      driftFrames: 120,
      loopPoses: 80,
      controlSteps: 3,
      seconds: 100,
    },
    rows: changed,
    summary: summarise(changed, 'courtyards'),
    notes: ['A note with <angles> & more.'],
    pictures: { sheets: [{ title: 'A sheet', png }], worst: { title: 'The worst', png }, loops: [{ title: 'A loop', png }] },
    sheet: null,
  };
}
