import { hash3, hashToUnit } from '../../../src/math/hash';
import { contextSize } from '../../../workers/imagine/context';
import { symbolCount } from '../../../workers/imagine/symbols';
import { stepInputs, type TokenModel } from '../../../workers/imagine/token-model';

/**
 * A model without a network: its logits are a hash of all that the block was told and of all that was said, so that any
 * difference in either gives another block. It refuses to be used twice at once.
 */
export class HashModel implements TokenModel {
  readonly batch = 8;
  batches = 0;
  private readonly memory = new Int32Array(8);
  private isBusy = false;

  async prefill(context: Float32Array): Promise<void> {
    await this.alone();
    this.batches++;
    for (let row = 0; row < this.batch; row++) {
      let h = 0;
      for (let k = 0; k < contextSize; k++) {
        const value = context[row * contextSize + k];
        if (value !== 0) h = hash3(h, k, value, 1) | 0;
      }
      this.memory[row] = h;
    }
  }

  async step(tokens: Int32Array, position: number): Promise<Float32Array> {
    await this.alone();
    const logits = new Float32Array(this.batch * symbolCount);
    for (let row = 0; row < this.batch; row++) {
      for (let k = 0; k < stepInputs; k++) {
        this.memory[row] = hash3(this.memory[row], tokens[row * stepInputs + k], position, k) | 0;
      }
      // The memory is hashed well already; a multiplication tells symbols apart and is much faster.
      const h = this.memory[row];
      for (let s = 0; s < symbolCount; s++) {
        logits[row * symbolCount + s] = 4 * hashToUnit(Math.imul(h ^ (s * 0x9e3779b1), 0x85ebca6b));
      }
      // Ends come often enough that blocks stay short.
      logits[row * symbolCount] += 4;
    }
    return logits;
  }

  private async alone(): Promise<void> {
    if (this.isBusy) throw new Error('The model is in use.');
    this.isBusy = true;
    await Promise.resolve();
    this.isBusy = false;
  }
}
