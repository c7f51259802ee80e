import { skyHeight, skyWidth } from '../../src/world/contracts';

/** From this level of the pyramid on (texels of 22 degrees) what is seen elsewhere counts less and less. */
const fadingFromLevel = 3;
const fading = 0.7;
/** What was never seen is at least this share of the mean at its elevation: never black. */
const darkestShare = 0.5;

type Level = { width: number; height: number; values: Float32Array; weights: Float32Array };

const coarsestHeight = 2;

function makeLevels(): Level[] {
  const levels: Level[] = [];
  for (let height = skyHeight, width = skyWidth; height >= coarsestHeight; height /= 2, width /= 2) {
    levels.push({ width, height, values: new Float32Array(3 * width * height), weights: new Float32Array(width * height) });
  }
  return levels;
}

/**
 * Fills directions that were never seen. What is known differs from the mean at its elevation; that difference is
 * carried into the unknown by a pyramid (push and pull: Gortler et al., The Lumigraph, SIGGRAPH 1996), which wraps
 * around in longitude and runs on across the poles. So horizon and ground keep their places, and nothing has an edge.
 */
class SkyFill {
  private readonly levels = makeLevels();
  /** One row of differences from the coarser level, and one more to blur it. */
  private row = new Float32Array(3 * skyWidth);
  private blurred = new Float32Array(3 * skyWidth);

  /**
   * @param light linear RGB by direction; where `known` is below 1 it is blended into what is probably there
   * @param known 0 never seen … 1 known @param prior linear RGB by row
   */
  fill(light: Float32Array, known: Float32Array, prior: Float32Array): void {
    const { levels } = this;
    const finest = levels[0];
    for (let y = 0, i = 0; y < skyHeight; y++) {
      for (let x = 0; x < skyWidth; x++, i++) {
        finest.weights[i] = known[i];
        for (let c = 0; c < 3; c++) finest.values[3 * i + c] = known[i] > 0 ? light[3 * i + c] - prior[3 * y + c] : 0;
      }
    }
    for (let l = 1; l < levels.length; l++) pull(levels[l - 1], levels[l]);
    const coarsest = levels[levels.length - 1];
    for (let i = 0; i < coarsest.weights.length; i++) {
      for (let c = 0; c < 3; c++) coarsest.values[3 * i + c] *= coarsest.weights[i];
    }
    for (let l = levels.length - 2; l >= 0; l--) this.push(levels[l + 1], levels[l], l + 1 >= fadingFromLevel ? fading : 1);
    for (let y = 0, i = 0; y < skyHeight; y++) {
      for (let x = 0; x < skyWidth; x++, i++) {
        const darkest = darkestShare * (1 - known[i]);
        for (let c = 0; c < 3; c++) {
          const mean = prior[3 * y + c];
          light[3 * i + c] = Math.max(mean + finest.values[3 * i + c], darkest * mean);
        }
      }
    }
  }

  /** What the finer level does not know comes from the coarser one, linearly between its texels. */
  private push(coarse: Level, fine: Level, share: number): void {
    const { width, height, values, weights } = fine;
    for (let y = 0; y < height; y++) {
      this.readRow(coarse, y, width);
      this.blurAtPole(Math.min(y, height - 1 - y), width);
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        const own = weights[i];
        const other = (1 - own) * share;
        for (let c = 0; c < 3; c++) values[3 * i + c] = own * values[3 * i + c] + other * this.row[3 * x + c];
      }
    }
  }

  /** Row `y` of the finer level out of the coarser one: 9, 3, 3 and 1 sixteenths of the four around. */
  private readRow({ width, height, values }: Level, y: number, fineWidth: number): void {
    const { row } = this;
    const own = y >> 1;
    const beside = own + (y & 1 ? 1 : -1);
    const isOverPole = beside < 0 || beside >= height;
    const ownAt = own * width;
    const besideAt = (isOverPole ? own : beside) * width;
    // Over the pole the same row comes again, half a turn on.
    const turn = isOverPole ? width >> 1 : 0;
    for (let x = 0; x < fineWidth; x++) {
      const a = x >> 1;
      const b = (a + (x & 1 ? 1 : width - 1)) % width;
      const p = 3 * (ownAt + a);
      const q = 3 * (ownAt + b);
      const r = 3 * (besideAt + ((a + turn) % width));
      const s = 3 * (besideAt + ((b + turn) % width));
      for (let c = 0; c < 3; c++) {
        row[3 * x + c] = (9 * values[p + c] + 3 * (values[q + c] + values[r + c]) + values[s + c]) / 16;
      }
    }
  }

  /** Near a pole a row is a small circle: all its texels lie close together and must not differ like a star. */
  private blurAtPole(rowsFromPole: number, width: number): void {
    const half = Math.floor(width / (2 * Math.PI * (rowsFromPole + 0.5)) / 2);
    if (half === 0) return;
    const { row, blurred } = this;
    const count = 2 * half + 1;
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let x = -half; x <= half; x++) sum += row[3 * ((x + width) % width) + c];
      for (let x = 0; x < width; x++) {
        blurred[3 * x + c] = sum / count;
        sum += row[3 * ((x + half + 1) % width) + c] - row[3 * ((x - half + width) % width) + c];
      }
    }
    this.row = blurred;
    this.blurred = row;
  }
}

/** Means of four texels by weight; one known texel of four makes their parent known. */
function pull(fine: Level, coarse: Level): void {
  const { width } = coarse;
  for (let i = 0; i < coarse.weights.length; i++) {
    const x = i % width;
    const first = 2 * ((i - x) / width) * fine.width + 2 * x;
    let weight = 0;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = 0; k < 4; k++) {
      const child = first + (k & 1) + (k >> 1) * fine.width;
      const w = fine.weights[child];
      weight += w;
      red += w * fine.values[3 * child];
      green += w * fine.values[3 * child + 1];
      blue += w * fine.values[3 * child + 2];
    }
    coarse.weights[i] = Math.min(1, weight);
    const scale = weight > 0 ? 1 / weight : 0;
    coarse.values[3 * i] = red * scale;
    coarse.values[3 * i + 1] = green * scale;
    coarse.values[3 * i + 2] = blue * scale;
  }
}

/** One pyramid is enough: a fill leaves nothing behind. */
export const skyFill = new SkyFill();
