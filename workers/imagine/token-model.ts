/** Numbers that {@link TokenModel.step} takes for each block: symbol said last, state, cell and thing that come next. */
export const stepInputs = 4;

/** A network that tells blocks, a fixed number of them at once. One user at a time: it remembers what was said. */
export interface TokenModel {
  /** Blocks told at once. */
  readonly batch: number;
  /**
   * Begins new blocks.
   * @param context [batch, contextSlots, slotFeatures], see context.ts
   */
  prefill(context: Float32Array): Promise<void>;
  /**
   * Says one more symbol of each block.
   * @param tokens [batch, stepInputs] @param position of this step, from 0 on
   * @returns [batch, symbolCount] logits, valid until the next step
   */
  step(tokens: Int32Array, position: number): Promise<Float32Array>;
}
